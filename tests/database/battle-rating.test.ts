import { asc, eq } from 'drizzle-orm';
import { beforeEach, expect, test } from 'vitest';
import { SqlBattleArchive } from '../../database/battle-archive.ts';
import { BattleHandlers } from '../../database/battle-handlers.ts';
import { battleRating } from '../../database/battle-rating.ts';
import { SqlRatings } from '../../database/ratings.ts';
import { battleRatings, ladderStandings, seasons } from '../../database/schema-ratings.ts';
import { characters, users } from '../../database/schema.ts';
import type { ArchivedBattle } from '../../domains/combat/battle-archive.ts';
import { afterSeasons } from '../../domains/rating/season.ts';
import { startRating } from '../../domains/rating/weng-lin.ts';
import { battleWon } from '../support/archived-battles.ts';
import { FixedClock } from '../support/clock.ts';
import { describeOnEachDatabase } from '../support/database-engines.ts';
import { RecordingLog } from '../support/recording-log.ts';

const HOUR_MS = 3_600_000;
const START_MS = Date.parse('2026-03-01T00:30:00Z');

/** Number `n`, which the winner fought so many hours after the first. */
function battle(n: number, hours: number, pair: readonly [number, number] = [1, 2]) {
  return { ...battleWon(n, pair), endedAtMs: START_MS + hours * HOUR_MS };
}

describeOnEachDatabase('battle ratings', (database) => {
  const clock = new FixedClock();
  let archive: SqlBattleArchive;
  let log: RecordingLog;
  beforeEach(async () => {
    const { db } = database();
    log = new RecordingLog();
    archive = new SqlBattleArchive(
      db,
      new BattleHandlers({ handlers: [battleRating], clock, log }),
    );
    const ids = Array.from({ length: 12 }, (_, at) => at + 1);
    await db.insert(users).values(ids.map((id) => ({ id: 1000 + id })));
    await db
      .insert(characters)
      .values(ids.map((id) => ({ id, user_id: 1000 + id, slot: 1, location_id: 'inn' })));
  });

  const store = async (...battles: readonly ArchivedBattle[]) => {
    for (const one of battles) await archive.store(one);
    expect(log.lines).toEqual([]);
  };
  const standingOf = async (charId: number) => {
    const isOwn = eq(ladderStandings.character_id, charId);
    const all = await database().db.select().from(ladderStandings).where(isOwn);
    return all.at(-1) ?? null;
  };
  const ratedAll = () => {
    const { ended_at, side } = battleRatings;
    return database().db.select().from(battleRatings).orderBy(asc(ended_at), asc(side));
  };

  test('a first battle moves both by the same number, and is stored with both changes', async () => {
    await store(battle(1, 0));
    const common = { season: 0, ladder: 'duel', battles: 1, opponents: 1, lifetime: 1 };
    const at = new Date(START_MS);
    const now = { ...common, reached_at: at, last_at: at };
    expect(await standingOf(1)).toMatchObject({ ...now, user_id: 1001, r: 1531, peak: 1531 });
    expect(await standingOf(2)).toMatchObject({ ...now, user_id: 1002, r: 1469, peak: 1500 });
    const [won, lost] = await ratedAll();
    expect(won).toMatchObject({ score: 1, chance: 0.5, weight: 1, r_before: 1500, r_after: 1531 });
    expect(lost).toMatchObject({ score: 0, chance: 0.5, weight: 1, r_before: 1500, r_after: 1469 });
    expect(won?.mu_delta).toBeCloseTo(-(lost?.mu_delta ?? 0), 6);
    expect(won?.sigma_delta).toBeLessThan(0);
  });

  test('a battle that is stored again, or handled again, is rated once', async () => {
    await store(battle(1, 0), battle(1, 0));
    await database().db.transaction((tx) => battleRating.run(tx, battle(1, 0)));
    expect(await standingOf(1)).toMatchObject({ r: 1531, battles: 1 });
    expect(await ratedAll()).toHaveLength(2);
  });

  test('the same two are rated whole, half, a quarter and not at all within a day', async () => {
    await store(...[0, 1, 2, 3].map((hours) => battle(hours, hours)));
    const rated = await ratedAll();
    expect(rated.filter(({ side }) => side === 0).map(({ weight }) => weight)).toEqual([
      ...[1, 0.5, 0.25],
      null,
    ]);
    expect(rated.at(-1)).toMatchObject({ unrated: 'pair', mu_after: null });
    expect(await standingOf(1)).toMatchObject({ battles: 3, opponents: 1 });
    await store(battle(9, 26.5));
    expect((await ratedAll()).at(-1)).toMatchObject({ unrated: null, weight: 1, lifetime: 4 });
  });

  test('the number after ten wins has grown ten times, and is not provisional any more', async () => {
    const others = [2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
    await store(...others.map((other, n) => battle(n, n, [1, other])));
    const own = (await ratedAll()).filter(({ character_id: id }) => id === 1);
    expect(own).toHaveLength(10);
    for (const { r_before, r_after } of own) expect(r_after).toBeGreaterThan(r_before ?? NaN);
    expect(await standingOf(1)).toMatchObject({ lifetime: 10, opponents: 10 });
  });

  test.each<[string, (fought: ArchivedBattle) => ArchivedBattle]>([
    ['outage', (fought) => ({ ...fought, hadOutage: true })],
    ['few_moves', (fought) => withSecond(fought, { ownMoves: 1 })],
    ['short', (fought) => ({ ...surrendered(fought), inputs: fought.inputs.slice(0, 2) })],
    ['operator', endedByOperator],
    ['same_user', (fought) => withSecond(fought, { userId: 1001 })],
    ['unknown_character', (fought) => withSecond(fought, { charId: 99 })],
  ])('a battle is not rated, and says so: %s', async (reason, change) => {
    await store(change(battle(1, 0)));
    expect(await standingOf(1)).toBeNull();
    const stored = (await ratedAll()).map(({ unrated, mu_after }) => [unrated, mu_after]);
    expect(stored).toEqual([
      [reason, null],
      [reason, null],
    ]);
  });

  test('a battle is rated after a surrender in the fourth round, and after an early knock-out', async () => {
    const fought = surrendered(battle(1, 0));
    await store({ ...fought, inputs: fought.inputs.slice(0, 3) });
    const early = battle(2, 1, [3, 4]);
    const outcome = { winner: 0, reason: 'knockout' } as const;
    await store({ ...early, outcome, inputs: early.inputs.slice(0, 2) });
    expect((await ratedAll()).map(({ unrated }) => unrated)).toEqual([null, null, null, null]);
  });

  test('a battle against the own Shadow leaves nothing', async () => {
    await store(withSecond(battle(1, 0), { charId: null, userId: null }));
    expect(await ratedAll()).toEqual([]);
    expect(await standingOf(1)).toBeNull();
  });

  test('a battle that is rated late counts the pair, and does not set the times back', async () => {
    await store(battle(2, 2), battle(1, 0));
    const [late, , first] = await ratedAll();
    expect([late?.weight, first?.weight]).toEqual([0.5, 1]);
    const at = new Date(START_MS + 2 * HOUR_MS);
    expect(await standingOf(1)).toMatchObject({ last_at: at, reached_at: at, battles: 2 });
  });

  test('a character begins the next season nearer to the start, with the battles of its lifetime', async () => {
    await store(battle(1, 0));
    const { db } = database();
    const [first] = await db.select().from(ladderStandings);
    await db.update(seasons).set({ closed_at: new Date(START_MS + HOUR_MS) });
    await db.insert(seasons).values({ number: 1, started_at: new Date(START_MS + HOUR_MS) });
    await store(battle(2, 48));
    const own = eq(ladderStandings.character_id, first?.character_id ?? 0);
    const all = await db.select().from(ladderStandings).where(own).orderBy(ladderStandings.season);
    expect(all).toMatchObject([first, { season: 1, battles: 1, opponents: 1, lifetime: 2 }]);
    const [before] = (await ratedAll()).slice(-2);
    const { mu, sigma } = afterSeasons(first ?? startRating, 1);
    expect(before).toMatchObject({ season: 1, mu_before: mu, sigma_before: sigma });
  });

  test('what a battle did is read with a mark until ten battles are rated', async () => {
    const ratings = new SqlRatings(database().db);
    expect(await ratings.ratingOf(1)).toEqual({ mu: 25, sigma: 4.166667, lifetime: 0 });
    const others = [2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
    await store(...others.map((other, n) => battle(n, n, [1, other])));
    const notice = (n: number, side: 0 | 1 = 0) => ratings.noticeOf(battle(n, n).id, side);
    expect(await notice(0)).toEqual({
      kind: 'rated',
      before: { shown: 1500, isProvisional: true },
      after: { shown: 1531, isProvisional: true },
    });
    expect(await notice(9)).toMatchObject({
      before: { isProvisional: true },
      after: { isProvisional: false },
    });
    expect(await notice(9, 1)).toMatchObject({ after: { isProvisional: true } });
    expect(await ratings.ratingOf(1)).toMatchObject({ lifetime: 10 });
    await store({ ...battle(20, 90), hadOutage: true });
    expect(await ratings.noticeOf(battle(20, 90).id, 0)).toEqual({
      kind: 'unrated',
      reason: 'outage',
    });
    expect(await ratings.noticeOf('unknown', 0)).toBeNull();
  });

  test('the reliability table has both sides of rated battles by their predicted chance', async () => {
    const { db } = database();
    expect(await new SqlRatings(db).reliability()).toEqual([]);
    await store(battle(1, 0), battle(2, 48), { ...battle(3, 96), hadOutage: true });
    // The winner of the first is the favourite of the second, not by far.
    const [lower, upper, ...more] = await new SqlRatings(db).reliability();
    expect(more).toEqual([]);
    expect(lower).toMatchObject({ decile: 4, sides: 1, won: 0 });
    expect(upper).toMatchObject({ decile: 5, sides: 3 });
    expect(upper?.won).toBeCloseTo(2 / 3, 12);
    expect(3 * (upper?.predicted ?? NaN) + (lower?.predicted ?? NaN)).toBeCloseTo(2, 5);
  });

  test('present ratings are the start and all stored changes', async () => {
    for (let n = 0; n < 40; n += 1) {
      const pair = [1 + (n % 5), 6 + ((3 * n) % 7)] as const;
      await store(battle(n, 7 * n, n % 3 === 0 ? pair : [pair[1], pair[0]]));
    }
    const rated = (await ratedAll()).filter(({ unrated }) => unrated === null);
    expect(rated.length).toBeGreaterThan(60);
    for (const one of await database().db.select().from(ladderStandings)) {
      const own = rated.filter(({ character_id: id }) => id === one.character_id);
      const sum = own.reduce((total, { mu_delta }) => total + (mu_delta ?? NaN), 25);
      expect(one.mu).toBeCloseTo(sum, 5);
      expect(one.battles).toBe(own.length);
    }
  });

  test('battles of one pair that are stored at once are each rated after another', async () => {
    const { db, others } = database();
    const handlers = new BattleHandlers({ handlers: [battleRating], clock, log });
    const archives = [db, ...others].map((one) => new SqlBattleArchive(one, handlers));
    await Promise.all(archives.map((one, n) => one.store(battle(n, 0))));
    expect(log.lines).toEqual([]);
    const weights = (await ratedAll()).flatMap(({ side, weight }) => (side === 0 ? [weight] : []));
    expect(weights.toSorted((one, other) => (one ?? 0) - (other ?? 0))).toEqual([
      ...[null, 0.25, 0.5, 1],
    ]);
    expect(await standingOf(1)).toMatchObject({ battles: 3 });
  });
});

function withSecond(
  fought: ArchivedBattle,
  change: Partial<ArchivedBattle['sides'][1]>,
): ArchivedBattle {
  const [first, second] = fought.sides;
  return { ...fought, sides: [first, { ...second, ...change }] };
}

function surrendered(fought: ArchivedBattle): ArchivedBattle {
  return { ...fought, outcome: { winner: 0, reason: 'surrender' } };
}

function endedByOperator(fought: ArchivedBattle): ArchivedBattle {
  return { ...fought, outcome: { winner: null, reason: 'operator' } };
}
