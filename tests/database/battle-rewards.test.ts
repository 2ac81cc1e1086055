import { beforeEach, expect, test } from 'vitest';
import { SqlBattleArchive } from '../../database/battle-archive.ts';
import { BattleHandlers } from '../../database/battle-handlers.ts';
import { battleRewards } from '../../database/battle-rewards.ts';
import { SqlJourneys } from '../../database/journeys-repository.ts';
import { grants } from '../../database/schema-journeys.ts';
import { characters, users } from '../../database/schema.ts';
import type { ArchivedBattle } from '../../domains/combat/battle-archive.ts';
import { battleWon } from '../support/archived-battles.ts';
import { FixedClock } from '../support/clock.ts';
import { describeOnEachDatabase } from '../support/database-engines.ts';
import { RecordingLog } from '../support/recording-log.ts';

const HOUR_MS = 3_600_000;

/** Number `n`, which the winner fought so many hours after the first. */
function battle(n: number, hours: number, pair: readonly [number, number] = [1, 2]) {
  const won = battleWon(n, pair);
  return { ...won, endedAtMs: Date.parse('2026-03-01T00:30:00Z') + hours * HOUR_MS };
}

describeOnEachDatabase('battle rewards', (database) => {
  const clock = new FixedClock();
  let archive: SqlBattleArchive;
  let journeys: SqlJourneys;
  let log: RecordingLog;
  beforeEach(async () => {
    const { db } = database();
    log = new RecordingLog();
    archive = new SqlBattleArchive(
      db,
      new BattleHandlers({ handlers: [battleRewards], clock, log }),
    );
    journeys = new SqlJourneys({ db, clock });
    await db.insert(users).values([1, 2, 3, 4, 5, 6, 7].map((id) => ({ id: 1000 + id })));
    await db.insert(characters).values(
      [1, 2, 3, 4, 5, 6, 7].map((id) => ({
        id,
        user_id: 1000 + id,
        slot: 1,
        location_id: 'inn',
        archetype: 'warrior' as const,
      })),
    );
  });

  const store = async (...battles: readonly ArchivedBattle[]) => {
    for (const one of battles) await archive.store(one);
  };
  const journeyOf = async (charId: number) => (await journeys.read(charId))?.journey;

  test('a battle pays the winner twice what it pays the loser, and tells what it paid', async () => {
    await store(battle(1, 0));
    expect(await journeyOf(1)).toMatchObject({ version: 1, xp: 10, gold: 6 });
    expect(await journeyOf(2)).toMatchObject({ version: 1, xp: 5, gold: 3 });
    const grant = await journeys.findGrant(`battle:${battle(1, 0).id}:0`);
    expect(grant).toMatchObject({ xp: 10, gold: 6, items: [] });
    expect(log.lines).toEqual([]);
  });

  test('a battle that is stored again, or handled again, pays once', async () => {
    await store(battle(1, 0), battle(1, 0));
    await database().db.transaction((tx) => battleRewards.run(tx, battle(1, 0)));
    expect(await journeyOf(1)).toMatchObject({ version: 1, gold: 6 });
  });

  test('the same two are paid whole, half, a quarter and nothing within a day', async () => {
    await store(...[0, 1, 2, 3].map((hours) => battle(hours, hours)));
    expect(await journeyOf(1)).toMatchObject({ xp: 10 + 5 + 3, gold: 6 + 3 + 2 });
    await store(battle(9, 28));
    expect(await journeyOf(1)).toMatchObject({ xp: 28 });
  });

  test('the sixth paid battle of a UTC day pays nothing, the first of the next day does', async () => {
    const others = [2, 3, 4, 5, 6, 7];
    await store(...others.map((other, n) => battle(n, n, [1, other])));
    expect(await journeyOf(1)).toMatchObject({ version: 6, xp: 50, gold: 30 });
    await store(battle(9, 24, [1, 7]));
    expect(await journeyOf(1)).toMatchObject({ xp: 55 });
  });

  test('a battle against the own Shadow pays half', async () => {
    const { sides, ...rest } = battle(1, 0);
    const shadow = { ...sides[1], charId: null, userId: null };
    await store({ ...rest, sides: [sides[0], shadow] });
    expect(await journeyOf(1)).toMatchObject({ xp: 5, gold: 3 });
  });

  test.each(['surrender', 'idle'] as const)('who loses by %s is paid nothing', async (reason) => {
    const fought = battle(1, 0);
    const inputs = [...fought.inputs, { kind: 'forfeit' as const, side: 1 as const, reason }];
    await store({ ...fought, inputs });
    expect(await journeyOf(2)).toMatchObject({ xp: 0, gold: 0 });
    expect(await journeyOf(1)).toMatchObject({ xp: 10 });
  });

  test('a battle that an operator ended pays no side, and the grants say why', async () => {
    const fought = battle(1, 0);
    const ended = { kind: 'forfeit' as const, side: null, reason: 'operator' as const };
    await store({ ...fought, inputs: [...fought.inputs, ended] });
    for (const charId of [1, 2]) expect(await journeyOf(charId)).toMatchObject({ xp: 0, gold: 0 });
    const fromMs = Date.parse('2026-03-01T00:00:00Z');
    const granted = await journeys.grantsBetween(1, { fromMs, toMs: fromMs + 24 * HOUR_MS });
    expect(granted.map(({ note }) => note)).toEqual(['operator']);
  });

  test('techniques that a side used are counted for its character', async () => {
    const fought = battle(1, 0);
    await store(fought);
    const used = fought.inputs.flatMap((input) =>
      input.kind === 'exchange' ? (input.moves[0].technique ?? []) : [],
    );
    const uses = (await journeys.read(1))?.uses ?? {};
    expect(used.length).toBeGreaterThan(0);
    expect(Object.values(uses).reduce((sum, one) => sum + one, 0)).toBe(used.length);
    for (const [technique, times] of Object.entries(uses))
      expect(used.filter((one) => one === technique)).toHaveLength(times);
  });

  test('the grants of a time span tell how their battles ended, and which were given up', async () => {
    const { sides, ...lost } = battle(2, 1, [3, 1]);
    const shadow = { ...sides[0], charId: null, userId: null };
    const gaveUp = { kind: 'forfeit' as const, side: 1 as const, reason: 'idle' as const };
    const inputs = [...lost.inputs, gaveUp];
    const idle: ArchivedBattle = { ...lost, sides: [shadow, sides[1]], inputs };
    await store(battle(1, 0), idle, battle(3, 24));
    const fromMs = Date.parse('2026-03-01T00:00:00Z');
    const granted = await journeys.grantsBetween(1, { fromMs, toMs: fromMs + 24 * HOUR_MS });
    expect(granted.map(({ id, note, battle: fought }) => [id, note, fought])).toEqual([
      [`battle:${battle(1, 0).id}:0`, null, { result: 'won', isShadow: false }],
      [`battle:${idle.id}:1`, 'gave_up', { result: 'lost', isShadow: true }],
    ]);
  });

  test('a grant of an earlier version of the record is no battle', async () => {
    const contents = { xp: 3, gold: 1, scrap: 0, items: [], uses: {}, note: null, newLevel: null };
    const created_at = new Date('2026-03-01T10:00:00Z');
    const row = { id: 'battle:old:0', character_id: 1, contents, created_at };
    await database().db.insert(grants).values([row]);
    const span = { fromMs: created_at.getTime(), toMs: created_at.getTime() + 1 };
    const plain = { id: 'battle:old:0', uses: {}, note: null, battle: null };
    expect(await journeys.grantsBetween(1, span)).toEqual([plain]);
  });
});
