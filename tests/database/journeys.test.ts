import { eq, sql } from 'drizzle-orm';
import { beforeEach, expect, test } from 'vitest';
import { items, walletTransactions } from '../../database/schema-journeys.ts';
import { SqlJourneys } from '../../database/journeys-repository.ts';
import { characters, users } from '../../database/schema.ts';
import {
  type Item,
  type ItemKind,
  type Slot,
  slotFor,
  slots,
} from '../../domains/inventory/item.ts';
import {
  type Change,
  type Earnings,
  type Grant,
  newJourney,
  placedGrant,
} from '../../domains/inventory/journey.ts';
import type { Decision } from '../../domains/inventory/journey-store.ts';
import { FixedClock } from '../support/clock.ts';
import { describeOnEachDatabase } from '../support/database-engines.ts';
import { repetitions } from '../support/repetitions.ts';

const STEPS = repetitions({ short: 20, full: 200 });

const axe: ItemKind = { template: 'might_weapon', rarity: 'fine', affixes: ['bear'] };
const sword: ItemKind = { template: 'grace_weapon', rarity: 'common', affixes: [] };

function granting(grant: Partial<Grant>): (earnings: Earnings) => Decision {
  const whole = { id: 'start:1', xp: 0, gold: 0, items: [], uses: {}, ...grant };
  return ({ items: own }) => ({
    kind: 'change',
    change: { grants: [placedGrant(whole, own)] },
  });
}

const wearing =
  (id: number, slot: 'weapon' | null) =>
  ({ items: own }: Earnings): Decision => {
    const taken = own.filter((item) => item.slot === 'weapon' && item.id !== id);
    const worn = own.filter((item) => item.id === id);
    const off = taken.map((item) => ({ ...item, place: 'bag' as const, slot: null }));
    const on = worn.map((item) => ({
      ...item,
      place: slot === null ? ('bag' as const) : ('worn' as const),
      slot,
    }));
    return { kind: 'change', change: { items: [...off, ...on] } };
  };

const might = (slot: Slot): ItemKind => ({
  template: `might_${slot}`,
  rarity: 'common',
  affixes: [],
});
const worn = (item: Item): Item => ({ ...item, place: 'worn', slot: slotFor(item) });
const stored = (item: Item): Item => ({ ...item, place: 'bag', slot: null });

const changing = (change: Change) => (): Decision => ({ kind: 'change', change });

describeOnEachDatabase('journeys', (database) => {
  const clock = new FixedClock();
  let journeys: SqlJourneys;
  let others: readonly SqlJourneys[];
  beforeEach(async () => {
    const { db, others: more } = database();
    journeys = new SqlJourneys({ db, clock });
    others = more.map((other) => new SqlJourneys({ db: other, clock }));
    await db.insert(users).values([{ id: 1001 }]);
    const row = { user_id: 1001, slot: 1, location_id: 'inn' };
    await db.insert(characters).values([{ id: 1, ...row, archetype: 'warrior' as const }]);
  });

  const earned = async (): Promise<Earnings> => {
    const earnings = await journeys.read(1);
    if (earnings === null) throw new Error('no character');
    return earnings;
  };

  test('a character without a row has earned nothing', async () => {
    expect(await earned()).toMatchObject({ journey: newJourney, items: [], uses: {} });
    expect(await journeys.read(2)).toBeNull();
    expect(await journeys.step(2, changing({}))).toEqual({ kind: 'missing' });
  });

  test('a step answers what a later read answers', async () => {
    const uses = { feint: 2 };
    const grant = { xp: 95, gold: 30, items: [axe, sword], uses };
    const reply = await journeys.step(1, granting(grant));
    expect(reply).toEqual({ kind: 'changed', earnings: await earned() });
    expect(await earned()).toMatchObject({
      journey: { version: 1, level: 3, xp: 95, points: 2, gold: 30, scrap: 0 },
      items: [
        { ...axe, place: 'bag', slot: null, locked: false },
        { ...sword, place: 'bag', slot: null, locked: false },
      ],
      uses,
    });
    expect(await journeys.findGrant('start:1')).toMatchObject({
      xp: 95,
      gold: 30,
      items: [axe, sword],
    });
  });

  test('a worn item raises the gear, and the one that it replaces goes to the bag', async () => {
    await journeys.step(1, granting({ items: [axe, sword] }));
    const [first, second] = (await earned()).items.map(({ id }) => id);
    await journeys.step(1, wearing(first ?? 0, 'weapon'));
    expect((await earned()).gear).toEqual({ version: 2, bonus: { strength: 1, endurance: 1 } });
    const reply = await journeys.step(1, wearing(second ?? 0, 'weapon'));
    expect(reply).toEqual({ kind: 'changed', earnings: await earned() });
    expect((await earned()).gear).toEqual({ version: 3, bonus: { agility: 1 } });
    expect((await earned()).items.map(({ place }) => place)).toEqual(['bag', 'worn']);
  });

  test('the items of all slots are changed in one step, whichever are newer', async () => {
    const two = slots.flatMap((slot) => [might(slot), might(slot)]);
    await journeys.step(1, granting({ items: two }));
    const { items: own } = await earned();
    const older = own.filter((_, at) => at % 2 === 0);
    const newer = own.filter((_, at) => at % 2 === 1);
    await journeys.step(1, changing({ items: older.map(worn) }));
    for (const [on, off] of [
      [newer, older],
      [older, newer],
      [newer, older],
    ] as const) {
      await journeys.step(1, changing({ items: [...on.map(worn), ...off.map(stored)] }));
      const after = (await earned()).items.filter(({ place }) => place === 'worn');
      expect(after).toEqual(on.map(worn));
    }
  });

  test("an item that is given up keeps its row, and is nobody's any more", async () => {
    await journeys.step(1, granting({ items: [axe] }));
    const [id = 0] = (await earned()).items.map((item) => item.id);
    const wallet = [{ reason: 'sell', ref: String(id), gold: 10, scrap: 0 }];
    await journeys.step(1, changing({ gone: [{ id, how: 'sold' }], wallet }));
    expect(await earned()).toMatchObject({ items: [], journey: { gold: 10 } });
    const [row] = await database().db.select().from(items).where(eq(items.id, id));
    expect(row).toMatchObject({ gone_how: 'sold', gone_at: new Date(clock.now()) });
  });

  test('a refused step changes nothing and answers why', async () => {
    await journeys.step(1, granting({ gold: 5 }));
    const reply = await journeys.step(1, () => ({ kind: 'refused', reason: 'poor' }));
    expect(reply).toEqual({ kind: 'refused', reason: 'poor', earnings: await earned() });
    expect((await earned()).journey.version).toBe(1);
  });

  test.each([
    ['a grant that exists', granting({ gold: 7 })],
    [
      'a cause that has paid',
      changing({ wallet: [{ reason: 'grant', ref: 'start:1', gold: 7, scrap: 0 }] }),
    ],
    [
      'a wallet below zero',
      changing({ wallet: [{ reason: 'buy', ref: 'a', gold: -6, scrap: 0 }] }),
    ],
  ])('%s fails the whole step', async (_, decide) => {
    await journeys.step(1, granting({ gold: 5 }));
    const before = await earned();
    await expect(journeys.step(1, decide)).rejects.toThrow();
    expect(await earned()).toEqual(before);
  });

  test('two items in one slot fail the whole step', async () => {
    await journeys.step(1, granting({ items: [axe, sword] }));
    const both = (await earned()).items.map((item) => ({
      ...item,
      place: 'worn' as const,
      slot: 'weapon' as const,
    }));
    await expect(journeys.step(1, changing({ items: both }))).rejects.toThrow();
    expect((await earned()).gear.bonus).toEqual({});
  });

  test('the latest purchases are read, those of the last day all, and a step answers the same', async () => {
    await journeys.step(1, granting({ gold: 500 }));
    const refs = ['2026-01-09', '2026-01-10'].flatMap((day) =>
      [0, 1, 2, 3, 4, 5].map((n) => `${day}:${n}`),
    );
    for (const ref of refs) {
      const wallet = [{ reason: 'buy', ref, gold: -16, scrap: 0 }];
      const reply = await journeys.step(1, changing({ wallet }));
      if (reply.kind !== 'changed') throw new Error('the step is refused');
      expect(reply.earnings.purchases[0]).toBe(ref);
    }
    await journeys.step(1, changing({ wallet: [{ reason: 'sell', ref: '9', gold: 4, scrap: 0 }] }));
    expect((await earned()).purchases).toEqual(refs.slice(6).toReversed());
  });

  test(`of ${STEPS} equal steps at once on several connections one takes effect`, async () => {
    await journeys.step(1, granting({ gold: 100 }));
    const buy = ({ journey }: Earnings): Decision<'stale'> =>
      journey.version === 1
        ? {
            kind: 'change',
            change: { wallet: [{ reason: 'buy', ref: '1', gold: -16, scrap: 0 }] },
          }
        : { kind: 'refused', reason: 'stale' };
    const all = [journeys, ...others];
    const taps = Array.from({ length: STEPS }, (_, n) =>
      (all[n % all.length] ?? journeys).step(1, buy),
    );
    const kinds = (await Promise.all(taps)).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'changed')).toHaveLength(1);
    expect(kinds.filter((kind) => kind === 'refused')).toHaveLength(STEPS - 1);
    expect((await earned()).journey).toMatchObject({ version: 2, gold: 84 });
  });

  test('gold and scrap are the sums of the transactions, also at the limit', async () => {
    await journeys.step(1, granting({ gold: 99_990 }));
    await journeys.step(1, granting({ id: 'battle:a:0', gold: 20 }));
    await journeys.step(
      1,
      changing({ wallet: [{ reason: 'buy', ref: '1', gold: -40, scrap: 3 }] }),
    );
    const [sums] = await database()
      .db.select({
        gold: sql<number>`sum(gold)::int`,
        scrap: sql<number>`sum(scrap)::int`,
      })
      .from(walletTransactions);
    expect(sums).toEqual({ gold: 99_959, scrap: 3 });
    expect((await earned()).journey).toMatchObject(sums ?? {});
  });
});
