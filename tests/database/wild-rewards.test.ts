import { eq } from 'drizzle-orm';
import { beforeEach, expect, test } from 'vitest';
import { SqlBattleArchive } from '../../database/battle-archive.ts';
import { BattleHandlers } from '../../database/battle-handlers.ts';
import { battleRewards } from '../../database/battle-rewards.ts';
import { SqlJourneys } from '../../database/journeys-repository.ts';
import { grants, items } from '../../database/schema-journeys.ts';
import { characters, users } from '../../database/schema.ts';
import { wildRewards } from '../../database/wild-rewards.ts';
import type { ArchivedBattle } from '../../domains/combat/battle-archive.ts';
import type { Change } from '../../domains/inventory/journey.ts';
import { battleWon } from '../support/archived-battles.ts';
import { FixedClock } from '../support/clock.ts';
import { describeOnEachDatabase } from '../support/database-engines.ts';
import { RecordingLog } from '../support/recording-log.ts';
import { meeting } from '../support/walker.ts';
import { wildBattle } from '../support/wild-battles.ts';

describeOnEachDatabase('rewards of battles against monsters', (database) => {
  const clock = new FixedClock();
  let journeys: SqlJourneys;
  let log: RecordingLog;
  let archives: readonly SqlBattleArchive[];
  beforeEach(async () => {
    const { db, others } = database();
    log = new RecordingLog();
    const handlers = new BattleHandlers({ handlers: [battleRewards, wildRewards], clock, log });
    archives = [db, ...others].map((one) => new SqlBattleArchive(one, handlers));
    journeys = new SqlJourneys({ db, clock });
    await db.insert(users).values([1, 2].map((id) => ({ id: 1000 + id })));
    const row = { slot: 1, location_id: 'start_village', archetype: 'warrior' as const };
    await db.insert(characters).values([1, 2].map((id) => ({ ...row, id, user_id: 1000 + id })));
  });

  const store = async (battle: ArchivedBattle, by = 0) =>
    archives[by % archives.length]?.store(battle);
  const journeyOf = async (charId = 1) => (await journeys.read(charId))?.journey;
  const change = (one: Change) => journeys.step(1, () => ({ kind: 'change', change: one }));

  test('a win pays once, however often and by however many processes it is stored', async () => {
    await change({
      travel: { location: 'birch_wood', dry: 4, encounter: meeting({ id: wildBattle(1).id }) },
    });
    await Promise.all(Array.from({ length: 6 }, (_, by) => store(wildBattle(1), by)));
    await database().db.transaction((tx) => wildRewards.run(tx, wildBattle(1)));
    const earned = await journeys.read(1);
    const grant = await journeys.findGrant(`battle:${wildBattle(1).id}:0`);
    expect(grant).toMatchObject({ xp: 3, wild: { monster: 'wolf', result: 'won' }, items: [{}] });
    expect(earned?.journey).toMatchObject({
      version: 2,
      xp: 3,
      gold: grant?.gold,
      travel: { location: 'birch_wood', dry: 0, encounter: null },
    });
    expect(earned?.items).toHaveLength(1);
    expect(earned?.stacks).toEqual(grant?.materials);
    expect(log.lines).toEqual([]);
  });

  test('materials of several wins add up', async () => {
    const sum: Record<string, number> = {};
    for (let n = 1; n <= 8; n += 1) {
      await store(wildBattle(n));
      const grant = await journeys.findGrant(`battle:${wildBattle(n).id}:0`);
      for (const [kind, amount] of Object.entries(grant?.materials ?? {}))
        sum[kind] = (sum[kind] ?? 0) + amount;
    }
    expect(sum['cloth']).toBeGreaterThan(1);
    expect((await journeys.read(1))?.stacks).toEqual(sum);
    const made = await database().db.select().from(items);
    expect(made).toHaveLength((await journeys.read(1))?.items.length ?? -1);
  });

  test('a defeat leads to the nearest safe place and is granted nothing', async () => {
    await change({ travel: { location: 'dark_forest', energy: 10, energyAtMs: clock.now() } });
    const lost = { ...wildBattle(1, { result: 'lost' }), endedAtMs: clock.now() };
    await store(lost);
    expect(await journeyOf()).toMatchObject({
      version: 2,
      xp: 0,
      gold: 0,
      travel: { location: 'watchtower', prev: 'dark_forest', energy: 7, restedAtMs: clock.now() },
    });
  });

  test('a character that has never walked is paid as well', async () => {
    await store(wildBattle(1));
    expect(await journeyOf()).toMatchObject({ version: 1, xp: 3 });
  });

  test('a battle of the arena and one of a deleted character pay nothing here', async () => {
    await database()
      .db.update(characters)
      .set({ deleted_at: new Date() })
      .where(eq(characters.id, 2));
    await store(wildBattle(1, { charId: 3 }));
    await database().db.transaction((tx) => wildRewards.run(tx, battleWon(2)));
    expect(await database().db.select().from(grants)).toEqual([]);
    expect(log.lines).toEqual([]);
  });

  test('a win in the wild does not count as a battle of the day in the arena', async () => {
    for (let n = 1; n <= 6; n += 1) await store(wildBattle(n));
    const { xp = 0 } = (await journeyOf()) ?? {};
    expect(xp).toBe(18);
    await store(battleWon(1));
    expect(await journeyOf()).toMatchObject({ xp: xp + 10 });
  });
});
