import { characterSheet } from '../../domains/account/character-sheet.ts';
import { noGear } from '../../domains/account/account-context.ts';
import type { Character } from '../../domains/account/character.ts';
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
} from '../../domains/inventory/journey-store.ts';

export class MemoryJourneys implements JourneyStore {
  readonly #earnings = new Map<number, Earnings>();
  readonly #grants = new Map<string, PlacedGrant>();
  readonly #find: (charId: number) => Promise<Character | null>;
  #items = 0;

  constructor(find: (charId: number) => Promise<Character | null>) {
    this.#find = find;
  }

  async read(charId: number): Promise<Earnings | null> {
    const known = this.#earnings.get(charId);
    if (known !== undefined) return known;
    const character = await this.#find(charId);
    if (character === null) return null;
    const { archetype, ownAttributes: attributes, skills } = characterSheet(character);
    return {
      ...{ charId, userId: character.user_id, archetype, attributes, skills },
      ...{ loadout: null, gear: noGear, journey: newJourney, items: [], uses: {}, purchases: [] },
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
    return { kind: 'changed', earnings: after };
  }

  findGrant(id: string): Promise<GrantContents | null> {
    const grant = this.#grants.get(id);
    if (grant === undefined) return Promise.resolve(null);
    const { items, note = null, ...rest } = grant;
    return Promise.resolve({ ...rest, items: items.length, note, newLevel: null });
  }

  #written(before: Earnings, change: Change): Earnings {
    for (const grant of change.grants ?? []) {
      if (this.#grants.has(grant.id)) throw new Error(`grant ${grant.id} exists`);
      this.#grants.set(grant.id, grant);
    }
    const granted = (change.grants ?? []).flatMap(({ placed }) =>
      placed.map(({ template, rarity, affixes, place }) => ({
        ...{ template, rarity, affixes: [...affixes], place },
        ...{ id: (this.#items += 1), slot: null, locked: false },
      })),
    );
    const items = [...itemsAfter(before.items, change), ...granted];
    const after = { ...earningsAfter(before, change), items };
    return changesSession(change)
      ? { ...after, gear: gearOf(items, after.journey.version) }
      : after;
  }
}
