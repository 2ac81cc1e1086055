import { eq, sql } from 'drizzle-orm';
import { beforeEach, expect, test } from 'vitest';
import { SqlAdmin } from '../../database/admin.ts';
import { SqlBattleArchive } from '../../database/battle-archive.ts';
import { BattleHandlers } from '../../database/battle-handlers.ts';
import { battleRating } from '../../database/battle-rating.ts';
import { ladderBests, ladderStandings } from '../../database/schema-ratings.ts';
import { characters, users } from '../../database/schema.ts';
import { battleWon } from '../support/archived-battles.ts';
import { FixedClock } from '../support/clock.ts';
import { describeOnEachDatabase } from '../support/database-engines.ts';
import { RecordingLog } from '../support/recording-log.ts';

const DAY_MS = 86_400_000;
const START_MS = Date.parse('2026-03-01T00:30:00Z');
const [ANN, FRIEND] = [1, 12] as const;
/** Enough battles and opponents for a place. */
const others = [2, 3, 4, 5, 6, 7, 8, 9, 10, 11];

describeOnEachDatabase('highest numbers of a voided battle', (database) => {
  const clock = new FixedClock();
  let log: RecordingLog;
  /** Each ends two days after the one before. */
  let fought = 0;
  beforeEach(async () => {
    const { db } = database();
    fought = 0;
    log = new RecordingLog();
    const ids = [ANN, ...others, FRIEND];
    await db.insert(users).values(ids.map((id) => ({ id: 1000 + id })));
    await db
      .insert(characters)
      .values(ids.map((id) => ({ id, user_id: 1000 + id, slot: 1, location_id: 'inn' })));
  });

  const fight = async (winner: number, loser: number): Promise<string> => {
    const handlers = new BattleHandlers({ handlers: [battleRating], clock, log });
    const battle = battleWon(fought, [winner, loser]);
    const endedAtMs = START_MS + fought * 2 * DAY_MS;
    fought += 1;
    await new SqlBattleArchive(database().db, handlers).store({ ...battle, endedAtMs });
    expect(log.lines).toEqual([]);
    return battle.id;
  };
  const win = async (losers: readonly number[]) => {
    const ids: string[] = [];
    for (const loser of losers) ids.push(await fight(ANN, loser));
    return ids;
  };
  const voidAll = async (ids: readonly string[]) => {
    const admin = new SqlAdmin({ db: database().db, clock });
    for (const id of ids) expect(await admin.voidBattle(9, id)).toBe('voided');
  };
  const highsOf = async (charId: number) => {
    const { db } = database();
    const { season, peak, character_id } = ladderStandings;
    const isTheirs = eq(character_id, charId);
    const peaks = await db.select({ season, peak }).from(ladderStandings).where(isTheirs);
    const { r, reached_at } = ladderBests;
    const isOwn = eq(ladderBests.character_id, charId);
    const [best] = await db.select({ r, reached_at }).from(ladderBests).where(isOwn);
    return { peak: peaks.toSorted((a, b) => b.season - a.season)[0]?.peak, best };
  };
  const beginSeason = async () => {
    const { db } = database();
    await db.execute(sql`update seasons set closed_at = now()`);
    await db.execute(sql`insert into seasons (number, started_at) values (1, now())`);
  };

  test('the peak and the best number are as without voided battles, whatever was fought since', async () => {
    await win(others);
    const before = await highsOf(ANN);
    const boosts = await win([FRIEND, FRIEND, FRIEND]);
    await fight(2, ANN);
    expect((await highsOf(ANN)).best?.r).toBeGreaterThan(before.best?.r ?? NaN);
    await voidAll(boosts.toReversed());
    expect(await highsOf(ANN)).toEqual(before);
  });

  test('with too few battles left there is no best number', async () => {
    const [first = ''] = await win(others);
    const { peak = NaN, best } = await highsOf(ANN);
    expect(best?.r).toBe(peak);
    await voidAll([first]);
    const after = await highsOf(ANN);
    expect(after.best).toBeUndefined();
    expect(after.peak).toBeLessThan(peak);
  });

  test('the best number of an earlier season comes back', async () => {
    await win(others);
    const before = await highsOf(ANN);
    await beginSeason();
    const early = await win(others);
    const boosted = await highsOf(ANN);
    expect(boosted.best?.r).toBeGreaterThan(before.best?.r ?? NaN);
    await voidAll(early);
    expect(await highsOf(ANN)).toEqual(before);
  });

  test('a voided defeat lowers nothing', async () => {
    await win(others);
    const defeat = await fight(FRIEND, ANN);
    const before = await highsOf(ANN);
    await voidAll([defeat]);
    expect(await highsOf(ANN)).toEqual(before);
  });

  test('a best number that a voided defeat completed the battles for is gone', async () => {
    await win(others.slice(1));
    expect((await highsOf(ANN)).best).toBeUndefined();
    const defeat = await fight(FRIEND, ANN);
    expect((await highsOf(ANN)).best).toBeDefined();
    await voidAll([defeat]);
    expect((await highsOf(ANN)).best).toBeUndefined();
  });

  test('what deleted battles of the season may have reached stays', async () => {
    const [first = ''] = await win(others);
    const boosts = await win([FRIEND]);
    const before = await highsOf(ANN);
    await database().db.execute(sql`delete from battles where id = ${first}`);
    await voidAll(boosts);
    expect(await highsOf(ANN)).toEqual(before);
  });
});
