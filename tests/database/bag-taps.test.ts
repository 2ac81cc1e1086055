import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { repositoriesOn } from '../../bot/open-repositories.ts';
import { SqlJourneys } from '../../database/journeys-repository.ts';
import { grants, items, walletTransactions } from '../../database/schema-journeys.ts';
import { characters, users } from '../../database/schema.ts';
import type { BagAction } from '../../domains/inventory/bag-action.ts';
import { type Earnings, placedGrant } from '../../domains/inventory/journey.ts';
import { offersOf } from '../../domains/inventory/shop.ts';
import { finishedSession } from '../support/finished-session.ts';
import { describeOnEachDatabase } from '../support/database-engines.ts';
import { itemOf } from '../support/items.ts';
import { openMultiBotArena } from '../support/multi-bot-arena.ts';
import { repetitions } from '../support/repetitions.ts';
import { silentLog } from '../support/silent-log.ts';

const CHAR = 1;
const USER = 10_001;
const TAPS = repetitions({ short: 20, full: 200 });
const LONG = 60_000;
const kinds = ['1 might_weapon fine bear', '2 might_weapon common', '3 lore_head rare owl'];

describeOnEachDatabase('equal taps on two processes', (database) => {
  let arena: Awaited<ReturnType<typeof openMultiBotArena>>;
  let journeys: SqlJourneys;
  let today: string;

  beforeEach(async () => {
    const { db, others } = database();
    arena = await openMultiBotArena({
      bots: 2,
      characters: 1,
      repositoriesOf: (bot) => repositoriesOn(bot === 0 ? db : others[0], silentLog, arenaClock),
    });
    const { name, gender, archetype = null } = finishedSession(CHAR, USER).bio;
    today = new Date(arena.clock.now()).toISOString().slice(0, 10);
    await db.insert(users).values([{ id: USER }]);
    await db.insert(characters).values([
      {
        id: CHAR,
        user_id: USER,
        slot: 1,
        location_id: 'inn',
        name,
        gender,
        archetype,
        name_key: name,
      },
    ]);
    journeys = new SqlJourneys({ db, clock: arena.clock });
    await journeys.step(CHAR, ({ items: own }) => {
      const grant = { id: 'start:1', xp: 0, gold: 100, items: kinds.map(itemOf), uses: {} };
      return { kind: 'change', change: { grants: [placedGrant(grant, own)] } };
    });
    await arena.first.players.setActiveCharacter(USER, CHAR);
    for (const { router } of arena.services) await router.act(USER, { action: 'bag' });
  });
  afterEach(() => arena.close());

  const arenaClock = { now: () => arena.clock.now() };

  const earned = async (): Promise<Earnings> => {
    const earnings = await journeys.read(CHAR);
    if (earnings === null) throw new Error('no character');
    return earnings;
  };

  /** How many of the taps were refused, and why. */
  async function tapAtOnce(action: BagAction): Promise<Record<string, number>> {
    const replies = await Promise.all(
      Array.from({ length: TAPS }, async (_, n) => arena.services[n % 2]?.router.act(USER, action)),
    );
    const counts: Record<string, number> = {};
    for (const reply of replies) {
      const kind = reply?.kind === 'refused' ? reply.notice.key : (reply?.kind ?? 'none');
      counts[kind] = (counts[kind] ?? 0) + 1;
    }
    return counts;
  }

  /** Everything counted from the rows: it is what the character has, and nothing is doubled. */
  async function checkRows(): Promise<void> {
    const { db } = database();
    const [sums] = await db
      .select({ gold: sql<number>`sum(gold)::int`, scrap: sql<number>`sum(scrap)::int` })
      .from(walletTransactions);
    const { journey, items: live, gear } = await earned();
    expect(journey).toMatchObject(sums ?? {});
    const rows = await db.select().from(items);
    const given = await db.select().from(grants);
    const lines = given.flatMap(({ contents }) => (contents as { items: unknown[] }).items);
    expect(rows).toHaveLength(lines.length);
    expect(live).toHaveLength(rows.filter((row) => row.gone_at === null).length);
    const account = await arena.first.accounts.getFullAccount(CHAR);
    expect(account?.gear).toEqual(gear);
  }

  test(
    'wear an item once',
    async () => {
      const [item] = (await earned()).items;
      const action = { action: 'bag.wear', value: { id: item?.id ?? 0, version: 1 } } as const;
      expect(await tapAtOnce(action)).toEqual({ shown: 1, 'bag.notice.stale': TAPS - 1 });
      const { journey, gear } = await earned();
      expect(journey.version).toBe(2);
      expect(gear).toEqual({ version: 2, bonus: { strength: 1, endurance: 1 } });
      await checkRows();
    },
    LONG,
  );

  test(
    'sell an item once',
    async () => {
      const { items: own } = await earned();
      const action = { action: 'bag.sell', value: { id: own[2]?.id ?? 0, version: 1 } } as const;
      expect(await tapAtOnce(action)).toEqual({ shown: 1, 'bag.notice.stale': TAPS - 1 });
      expect((await earned()).journey).toMatchObject({ version: 2, gold: 125 });
      await checkRows();
    },
    LONG,
  );

  test(
    'buy an offer once',
    async () => {
      const value = { day: today, offer: 4, version: 1 };
      expect(await tapAtOnce({ action: 'shop.buy', value })).toEqual({
        shown: 1,
        'bag.notice.stale': TAPS - 1,
      });
      const { journey, items: own, purchases } = await earned();
      const price = offersOf(await earned(), today)[4]?.price ?? 0;
      expect(journey).toMatchObject({ version: 2, gold: 100 - price });
      expect(own).toHaveLength(kinds.length + 1);
      expect(purchases).toEqual([`${today}:4`]);
      await checkRows();
    },
    LONG,
  );

  test(
    'of all that the bag offers at once change it once for each version',
    async () => {
      const { items: own } = await earned();
      const [first, second, third] = own.map(({ id }) => ({ id, version: 1 }));
      if (first === undefined || second === undefined || third === undefined)
        throw new Error('three items are needed');
      const actions: readonly BagAction[] = [
        { action: 'bag.wear', value: first },
        { action: 'bag.sell', value: first },
        { action: 'bag.salvage', value: second },
        { action: 'bag.to_chest', value: third },
        { action: 'shop.buy', value: { day: today, offer: 0, version: 1 } },
        { action: 'bag.best_confirmed', value: 1 },
        { action: 'bag.plain_confirmed', value: 1 },
      ];
      const counts = await Promise.all(actions.map((action) => tapAtOnce(action)));
      expect(counts.reduce((sum, { shown = 0 }) => sum + shown, 0)).toBe(1);
      expect((await earned()).journey.version).toBe(2);
      await checkRows();
    },
    LONG,
  );
});
