import { characterSheet } from '../../domains/account/character-sheet.ts';
import { noGear } from '../../domains/account/account-context.ts';
import { systemClock } from '../../bot/system.ts';
import type { Character } from '../../domains/account/character.ts';
import type { Clock } from '../../domains/core/clock.ts';
import {
  type Change,
  type Earnings,
  type PlacedGrant,
  changesSession,
  earningsAfter,
  gearOf,
  itemsAfter,
  newJourney,
} from '../../domains/inventory/journey.ts';
import type {
  Decision,
  GrantContents,
  JourneyStore,
  StepReply,
  StoredGrant,
  TimeSpan,
} from '../../domains/inventory/journey-store.ts';

interface Given {
  readonly grant: PlacedGrant;
  readonly owner: number;
  readonly atMs: number;
}

/** What a step writes to the character's row. */
type EarnedInRow = Pick<Earnings, 'attributes' | 'skills' | 'gear' | 'loadout'>;

export class MemoryJourneys implements JourneyStore {
  readonly #earnings = new Map<number, Earnings>();
  readonly #given = new Map<string, Given>();
  readonly #find: (charId: number) => Promise<Character | null>;
  readonly #clock: Clock;
  readonly #save: (charId: number, earned: EarnedInRow) => Promise<unknown>;
  #items = 0;

  constructor(
    find: (charId: number) => Promise<Character | null>,
    clock: Clock = systemClock,
    save: (charId: number, earned: EarnedInRow) => Promise<unknown> = () => Promise.resolve(),
  ) {
    this.#find = find;
    this.#clock = clock;
    this.#save = save;
  }

  async read(charId: number): Promise<Earnings | null> {
    const known = this.#earnings.get(charId);
    if (known !== undefined) return known;
    const character = await this.#find(charId);
    if (character === null) return null;
    const { archetype, ownAttributes: attributes, skills } = characterSheet(character);
    return {
      charId,
      userId: character.user_id,
      archetype,
      attributes,
      skills,
      loadout: null,
      gear: noGear,
      journey: newJourney,
      items: [],
      stacks: {},
      uses: {},
      purchases: [],
    };
  }

  async step<Refusal>(
    charId: number,
    decide: (earnings: Earnings) => Decision<Refusal>,
  ): Promise<StepReply<Refusal>> {
    const earnings = await this.read(charId);
    if (earnings === null) return { kind: 'missing' };
    const decision = decide(earnings);
    if (decision.kind === 'refused') return { ...decision, earnings };
    const after = this.#written(earnings, decision.change);
    this.#earnings.set(charId, after);
    const { attributes, skills, gear, loadout } = after;
    if (changesSession(decision.change))
      await this.#save(charId, { attributes, skills, gear, loadout });
    return { kind: 'changed', earnings: after };
  }

  findGrant(id: string): Promise<GrantContents | null> {
    const given = this.#given.get(id);
    if (given === undefined) return Promise.resolve(null);
    const { note = null, materials = {}, wild = null, ...rest } = given.grant;
    return Promise.resolve({ ...rest, materials, wild, note, newLevel: null });
  }

  grantsBetween(charId: number, { fromMs, toMs }: TimeSpan): Promise<readonly StoredGrant[]> {
    const given = [...this.#given].filter(
      ([, { owner, atMs }]) => owner === charId && atMs >= fromMs && atMs < toMs,
    );
    return Promise.resolve(
      given.map(([id, { grant }]) => {
        const { uses, note = null, battle = null } = grant;
        return { id, uses, note, battle };
      }),
    );
  }

  #written(before: Earnings, change: Change): Earnings {
    for (const grant of change.grants ?? []) {
      if (this.#given.has(grant.id)) throw new Error(`grant ${grant.id} exists`);
      this.#given.set(grant.id, { grant, owner: before.charId, atMs: this.#clock.now() });
    }
    const granted = (change.grants ?? []).flatMap(({ placed }) =>
      placed.map(({ template, rarity, affixes, place }) => ({
        template,
        rarity,
        affixes: [...affixes],
        place,
        id: (this.#items += 1),
        slot: null,
        locked: false,
      })),
    );
    const items = [...itemsAfter(before.items, change), ...granted];
    const after = { ...earningsAfter(before, change), items };
    return changesSession(change)
      ? { ...after, gear: gearOf(items, after.journey.version) }
      : after;
  }
}
