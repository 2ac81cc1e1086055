import { and, eq, sql } from 'drizzle-orm';
import { beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { SqlBattleArchive } from '../../database/battle-archive.ts';
import { BattleHandlers } from '../../database/battle-handlers.ts';
import { battleProfile } from '../../database/battle-profile.ts';
import { battleRating } from '../../database/battle-rating.ts';
import { characterRecord } from '../../database/character-records.ts';
import { SqlProfiles } from '../../database/profiles.ts';
import { achievements, characterCounts } from '../../database/schema-profile.ts';
import { characters, users } from '../../database/schema.ts';
import type { ArchivedBattle } from '../../domains/combat/battle-archive.ts';
import { battleWon } from '../support/archived-battles.ts';
import { FixedClock } from '../support/clock.ts';
import { describeOnEachDatabase } from '../support/database-engines.ts';
import { RecordingLog } from '../support/recording-log.ts';

const HOUR_MS = 3_600_000;
const START_MS = Date.parse('2026-03-01T00:30:00Z');

/** Number `n`, which the first of the pair won so many hours after the first battle. */
function battle(n: number, hours: number, pair: readonly [number, number] = [1, 2]) {
  return { ...battleWon(n, pair), endedAtMs: START_MS + hours * HOUR_MS };
}

describeOnEachDatabase('profiles', (database) => {
  const clock = new FixedClock();
  let archive: SqlBattleArchive;
  let log: RecordingLog;
  beforeEach(async () => {
    log = new RecordingLog();
    const handlers = [characterRecord, battleRating, battleProfile];
    archive = new SqlBattleArchive(database().db, new BattleHandlers({ handlers, clock, log }));
    const ids = [1, 2, 3, 4];
    await database()
      .db.insert(users)
      .values(ids.map((id) => ({ id: 1000 + id })));
    await database()
      .db.insert(characters)
      .values(ids.map((id) => ({ id, user_id: 1000 + id, slot: 1, location_id: 'inn' })));
  });

  const store = async (...battles: readonly ArchivedBattle[]) => {
    for (const one of battles) await archive.store(one);
    expect(log.lines).toEqual([]);
  };
  const grantedBy = async (charId: number, key: string) => {
    const isOwn = and(eq(achievements.character_id, charId), eq(achievements.key, key));
    return database().db.select().from(achievements).where(isOwn);
  };
  const profiles = () => new SqlProfiles(database().db);

  test('a battle grants once, also if it is stored again or a later one fulfils the same', async () => {
    await store(battle(1, 0), battle(1, 0), battle(2, 5));
    const first = battle(1, 0);
    const granted = { character_id: 1, key: 'first_win', battle_id: first.id };
    expect(await grantedBy(1, 'first_win')).toEqual([{ ...granted, at: new Date(START_MS) }]);
    expect(await grantedBy(2, 'first_win')).toEqual([]);
    expect(await profiles().grantedIn(first.id, 1)).toContain('first_win');
    expect(await profiles().grantedIn(battle(2, 5).id, 1)).toEqual([]);
    expect(await profiles().grantedIn(first.id, 2)).toEqual([]);
  });

  test('battles that several processes store at once are each counted, and grant once', async () => {
    const { db, others } = database();
    const handlers = new BattleHandlers({ handlers: [battleProfile], clock, log });
    const archives = [db, ...others].map((one) => new SqlBattleArchive(one, handlers));
    await Promise.all(archives.map((one, n) => one.store(battle(n, n))));
    expect(log.lines).toEqual([]);
    const counts = (await profiles().profileOf(1))?.counts;
    expect(counts?.['won.warrior']).toBe(4);
    expect(await grantedBy(1, 'first_win')).toHaveLength(1);
    expect(await grantedBy(1, 'streak_3')).toHaveLength(1);
  });

  test('a streak has the wins on both sides of a battle that is counted late', async () => {
    await store(battle(1, 1), battle(2, 2, [2, 1]), battle(4, 4), battle(5, 5));
    // Before the defeat.
    await store(battle(6, 0));
    expect(await grantedBy(1, 'streak_3')).toEqual([]);
    // Between the defeat and the two wins.
    await store(battle(3, 3));
    expect(await grantedBy(1, 'streak_3')).toMatchObject([{ battle_id: battle(3, 3).id }]);
  });

  test('a character that the database does not know leaves nothing, and its opponent is counted', async () => {
    await store(battle(1, 0, [1, 99]));
    expect(await database().db.select().from(characterCounts)).not.toEqual([]);
    expect(await database().db.$count(characterCounts, eq(characterCounts.character_id, 99))).toBe(
      0,
    );
    expect(await grantedBy(1, 'first_win')).toHaveLength(1);
  });

  test('a profile has rating, record, counts, the latest five and what is granted', async () => {
    await store(battle(1, 0), battle(2, 1, [3, 1]), battle(3, 2, [1, 4]), battle(4, 3, [4, 1]));
    await store(battle(5, 4, [1, 3]), battle(6, 5, [1, 4]));
    const profile = await profiles().profileOf(1);
    const inputs = battle(1, 0).inputs.length;
    expect(profile).toMatchObject({
      name: null,
      gender: null,
      archetype: null,
      rating: { isProvisional: true },
      record: { won: 4, lost: 2, drawn: 0, streak: 2 },
      latest: ['won', 'won', 'lost', 'won', 'lost'],
    });
    const counts = profile?.counts ?? {};
    const sum = (prefix: string) =>
      Object.entries(counts).reduce(
        (total, [key, count]) => (key.startsWith(prefix) ? total + count : total),
        0,
      );
    expect([sum('won.'), sum('lost.'), sum('strike.')]).toEqual([4, 2, 6 * inputs]);
    expect(profile?.achievements).toContain('first_win');
    expect(profile?.rating?.peak).toBeGreaterThanOrEqual(profile?.rating?.shown ?? Infinity);
    expect(await profiles().profileOf(3)).toMatchObject({ record: { won: 1, lost: 1 } });
    expect(await profiles().profileOf(77)).toBeNull();
  });

  test('a profile without battles is empty, and one with an unknown achievement shows the others', async () => {
    expect(await profiles().profileOf(2)).toMatchObject({
      rating: null,
      counts: {},
      latest: [],
      achievements: [],
      record: { won: 0, lost: 0, drawn: 0, streak: 0 },
    });
    const granted = { character_id: 2, battle_id: 'x', at: new Date(START_MS) };
    await database()
      .db.insert(achievements)
      .values([
        { ...granted, key: 'of_a_later_release' },
        { ...granted, key: 'wins_50' },
      ]);
    expect((await profiles().profileOf(2))?.achievements).toEqual(['wins_50']);
  });

  test('the curve has the stored numbers of rated battles only, the earliest first', async () => {
    expect(await profiles().curveOf(1, 100)).toEqual([]);
    await store(battle(1, 0), { ...battle(2, 30), hadOutage: true }, battle(3, 60, [3, 1]));
    const [start, best, now, ...more] = await profiles().curveOf(1, 100);
    expect([start, best, more]).toEqual([1500, 1531, []]);
    expect(now).toBeLessThan(1531);
    expect(await profiles().curveOf(1, 1)).toEqual([1531, now]);
  });

  test('no part of a profile reads a whole table', async () => {
    const { db } = database();
    await fillTables(db);
    const { sql: statement, params } = profiles().profileQuery(7_000).toSQL();
    const [before = '', ...rest] = statement.split(/\$\d+/);
    const values = params.map((param) =>
      typeof param === 'number' ? String(param) : `'${String(param)}'`,
    );
    const whole = rest.reduce((text, part, at) => text + (values[at] ?? '') + part, before);
    const plan = planSchema.parse(await db.execute(sql.raw(`explain ${whole}`)));
    const lines = plan.map((row) => row['QUERY PLAN']);
    expect(lines.filter((line) => line.includes('Index'))).not.toEqual([]);
    expect(lines.filter((line) => line.includes('Seq Scan'))).toEqual([]);
  });
});

const planSchema = z
  .object({ rows: z.array(z.object({ 'QUERY PLAN': z.string() })) })
  .transform(({ rows }) => rows);

/** Ten thousand characters with a battle, a rating and an achievement each. */
async function fillTables(db: Parameters<typeof battleProfile.run>[0]): Promise<void> {
  const n = sql`from generate_series(5001, 15000) n`;
  await db.execute(sql`insert into users (id) select n ${n}`);
  await db.execute(
    sql`insert into characters (id, user_id, slot, location_id) select n, n, 1, 'inn' ${n}`,
  );
  await db.execute(sql`insert into battles (id, mode, rules_version, seed, sheets, inputs, outcome, turns, started_at, ended_at)
    select 'b' || n, '1v1', 1, repeat('0', 32), '[{}, {}]', '[]', '{}', 1, now(), now() ${n}`);
  await db.execute(sql`insert into battle_sides (battle_id, side, character_id, user_id, name, gs, result, ended_at)
    select 'b' || n, side, n + side, n + side, 'x', 1, 'won', now() ${n}, generate_series(0, 1) side`);
  await db.execute(sql`insert into ladder_standings (season, ladder, character_id, user_id, mu, sigma, r, peak, battles, opponents, lifetime, reached_at, last_at)
    select 0, 'duel', n, n, 25, 4, 1500, 1500, 1, 1, 1, now(), now() ${n}`);
  await db.execute(
    sql`insert into character_records (character_id, won, lost, drawn, streak) select n, 1, 0, 0, 1 ${n}`,
  );
  await db.execute(
    sql`insert into character_counts (character_id, key, count) select n, 'won.mystic', 1 ${n}`,
  );
  await db.execute(
    sql`insert into achievements (character_id, key, battle_id, at) select n, 'first_win', 'b' || n, now() ${n}`,
  );
  await db.execute(sql`analyze`);
}
