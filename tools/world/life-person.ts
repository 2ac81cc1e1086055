import {
  type Archetype,
  type AttributeName,
  type Stats,
  attributeNames,
} from '../../domains/account/account-context.ts';
import { characterSheet } from '../../domains/account/character-sheet.ts';
import {
  betterItems,
  plainItems,
  salvagePlain,
  sell,
  wearBest,
  wornIn,
} from '../../domains/inventory/bag-rules.ts';
import { compareItem } from '../../domains/inventory/best-worn.ts';
import type { Rarity } from '../../domains/inventory/item.ts';
import type { Decision } from '../../domains/inventory/journey-store.ts';
import {
  type Change,
  type Earnings,
  type Grant,
  placedGrant,
  transactionsOf,
} from '../../domains/inventory/journey.ts';
import { buy, offersOf } from '../../domains/inventory/shop.ts';
import { boardOf, claimTask } from '../../domains/skills/board.ts';
import { spendPoint } from '../../domains/skills/points.ts';
import type { Clock } from '../../domains/core/clock.ts';
import { dayStartMs } from '../../domains/core/day.ts';
import { TASKS_A_DAY } from '../../resources/numbers/board.ts';
import { worthNumbers } from '../../resources/numbers/worth.ts';
import { characterRow } from '../../tests/support/character-row.ts';
import { MemoryJourneys } from '../../tests/support/memory-journeys.ts';

export const sources = ['duels', 'board', 'wild', 'materials', 'healer', 'sold', 'shop'] as const;
/** Where gold, experience and items come from, and where gold goes. */
export type Source = (typeof sources)[number];

export interface EarningEntry {
  readonly day: number;
  readonly source: Source;
  readonly gold: number;
  readonly scrap: number;
  readonly xp: number;
  readonly items: readonly Rarity[];
}

/** A character of the simulation. Every change of it is a step by the rules of the game. */
export class LifePerson {
  readonly charId: number;
  readonly archetype: Archetype;
  readonly duelsAVisit: number;
  readonly entries: EarningEntry[] = [];
  /** As of the last step; its session would have them. */
  vitals: Stats;
  readonly #journeys: MemoryJourneys;

  constructor(of: Pick<LifePerson, 'charId' | 'archetype' | 'duelsAVisit'>, clock: Clock) {
    this.charId = of.charId;
    this.archetype = of.archetype;
    this.duelsAVisit = of.duelsAVisit;
    this.vitals = characterSheet({ archetype: of.archetype }).stats;
    const row = characterRow({ character_id: of.charId, archetype: of.archetype });
    this.#journeys = new MemoryJourneys(() => Promise.resolve(row), clock);
  }

  async earnings(): Promise<Earnings> {
    const earnings = await this.#journeys.read(this.charId);
    if (earnings === null) throw new Error(`character ${this.charId} exists`);
    return earnings;
  }

  async gearScore(): Promise<number> {
    return characterSheet(await this.earnings()).gs;
  }

  async give(day: number, source: Source, grant: Grant): Promise<void> {
    await this.step(day, source, ({ items }) => {
      return { kind: 'change', change: { grants: [placedGrant(grant, items)] } };
    });
  }

  /** What a player does with what they have: the board, points, the shop, the best gear, and the rest for gold. */
  async tidyUp(day: number, date: string): Promise<void> {
    await this.#claimTasks(day);
    await this.#spendPoints(day);
    await this.#shop(day, date);
    const { items } = await this.earnings();
    if (betterItems({ items, archetype: this.archetype }).length > 0)
      await this.step(day, 'sold', wearBest);
    await this.#clearBag(day);
  }

  async step(
    day: number,
    source: Source,
    decide: (earnings: Earnings) => Decision<unknown>,
  ): Promise<void> {
    await this.#journeys.step(this.charId, (earnings) => {
      const decision = decide(earnings);
      if (decision.kind === 'change')
        this.entries.push(lineOf(decision.change, earnings, { day, source }));
      return decision;
    });
  }

  async #claimTasks(day: number): Promise<void> {
    const span = { fromMs: dayStartMs(day), toMs: dayStartMs(day + 1) };
    for (let place = 1; place <= TASKS_A_DAY; place += 1) {
      const earnings = await this.earnings();
      const board = boardOf(earnings, day, await this.#journeys.grantsBetween(this.charId, span));
      const { version } = earnings.journey;
      await this.step(day, 'board', claimTask(board, { place, day, version }));
    }
  }

  /** Into what is worth most to the archetype. */
  async #spendPoints(day: number): Promise<void> {
    const { points } = (await this.earnings()).journey;
    const attribute = bestAttribute(this.archetype);
    for (let left = points; left > 0; left -= 1) {
      const { version } = (await this.earnings()).journey;
      await this.step(day, 'sold', spendPoint({ attribute, version }));
    }
  }

  /** The offers that are better than what is worn, the cheapest first, as long as there is gold. */
  async #shop(day: number, date: string): Promise<void> {
    const offers = offersOf(this, date).map((offer, place) => ({ ...offer, place }));
    for (const { item, place, price } of offers.toSorted((one, other) => one.price - other.price)) {
      const { items, journey } = await this.earnings();
      const isBetter = compareItem(item, wornIn(items, item), this.archetype) === 'better';
      if (!isBetter || price > journey.gold) continue;
      await this.step(day, 'shop', (earnings) => buy(earnings, { day: date, offer: place }, date));
      await this.step(day, 'shop', wearBest);
    }
  }

  /** Plain items for scrap, and the others that are not worn for gold. */
  async #clearBag(day: number): Promise<void> {
    const { items } = await this.earnings();
    if (plainItems(items).length > 0) await this.step(day, 'sold', salvagePlain);
    for (const { id, place, rarity } of items)
      if (place !== 'worn' && rarity !== 'common')
        await this.step(day, 'sold', (earnings) => sell(earnings, id));
  }
}

function lineOf(
  change: Change,
  { journey }: Earnings,
  on: Pick<EarningEntry, 'day' | 'source'>,
): EarningEntry {
  const paid = transactionsOf(change, journey);
  const grants = change.grants ?? [];
  return {
    ...on,
    gold: sumOf(paid.map(({ gold }) => gold)),
    scrap: sumOf(paid.map(({ scrap }) => scrap)),
    xp: sumOf(grants.map(({ xp }) => xp)),
    items: grants.flatMap((grant) => grant.items.map(({ rarity }) => rarity)),
  };
}

function bestAttribute(archetype: Archetype): AttributeName {
  const worth = worthNumbers[archetype];
  const [best = 'luck'] = attributeNames.toSorted((one, other) => worth[other] - worth[one]);
  return best;
}

export function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, one) => sum + one, 0);
}
