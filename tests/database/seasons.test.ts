import { spawn } from 'node:child_process';
import { asc, eq, sql } from 'drizzle-orm';
import { Client } from 'pg';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { SqlBattleArchive } from '../../database/battle-archive.ts';
import { BattleHandlers } from '../../database/battle-handlers.ts';
import { battleRating } from '../../database/battle-rating.ts';
import { connectDatabase } from '../../database/connect.ts';
import type { Database } from '../../database/database.ts';
import { battleRatings, ladderStandings, seasons } from '../../database/schema-ratings.ts';
import { SqlSeasons } from '../../database/seasons.ts';
import type { ArchivedBattle } from '../../domains/combat/battle-archive.ts';
import { battleWon } from '../support/archived-battles.ts';
import { FixedClock } from '../support/clock.ts';
import { compiledProgram } from '../support/compiled-program.ts';
import { describeOnEachDatabase, describeOnPostgres } from '../support/database-engines.ts';
import { manyCharacters } from '../support/many-characters.ts';
import { manyStandings } from '../support/many-standings.ts';
import { startPostgres } from '../support/postgres-server.ts';
import { RecordingLog } from '../support/recording-log.ts';
import { silentLog } from '../support/silent-log.ts';

const DAY_MS = 86_400_000;
const END_MS = Date.parse('2026-03-01T18:00:00Z');
const CLOSED_MS = END_MS + 60_000;

function battle(n: number, endedAtMs: number, pair: readonly [number, number]): ArchivedBattle {
  return { ...battleWon(n, pair), endedAtMs };
}

describeOnEachDatabase('seasons', (database) => {
  const log = new RecordingLog();
  const handlers = new BattleHandlers({ handlers: [battleRating], clock: new FixedClock(), log });
  const store = (db: Database, battle: ArchivedBattle) =>
    new SqlBattleArchive(db, handlers).store(battle);
  const seasonsOf = async () => {
    const rows = await database()
      .db.select()
      .from(battleRatings)
      .orderBy(asc(battleRatings.battle_id));
    return rows.filter(({ side }) => side === 0).map(({ season }) => season);
  };

  beforeEach(async () => {
    await database()
      .db.update(seasons)
      .set({ started_at: new Date(END_MS - 56 * DAY_MS) });
  });

  test('an end is set once, with the next season, whichever process is first', async () => {
    const { db, others } = database();
    const all = [db, ...others].map((one) => new SqlSeasons(one));
    await Promise.all(all.map((one, n) => one.setEnd(0, END_MS + n * DAY_MS)));
    const [first, second, ...rest] = await new SqlSeasons(db).list();
    expect(rest).toEqual([]);
    expect(second).toMatchObject({ number: 1, startedAtMs: first?.endsAtMs, endsAtMs: null });
  });

  describe('with an end', () => {
    beforeEach(async () => {
      const { db } = database();
      await new SqlSeasons(db).setEnd(0, END_MS);
      await manyCharacters(db, 12);
    });

    test('equal numbers share a final place, and who is not eligible has none', async () => {
      const { db } = database();
      await manyStandings(db, { count: 7, lastAtMs: END_MS - DAY_MS });
      await given(db, 1, { r: 1700 });
      await given(db, 2, { r: 1700 });
      await given(db, 3, { r: 1650 });
      await given(db, 4, { r: 1800, battles: 9, opponents: 9 });
      await given(db, 5, { r: 1800, opponents: 4 });
      await given(db, 6, { r: 1800, last_at: new Date(END_MS - 14 * DAY_MS - 1) });
      await given(db, 7, { r: 1800, listed: false });
      expect(await new SqlSeasons(db).close(0, CLOSED_MS)).toBe(true);
      expect(await placesIn(db)).toEqual([1, 1, 3, null, null, null, null]);
    });

    test('it is closed once, by one of four processes, and stays as it was', async () => {
      const { db, others } = database();
      await manyStandings(db, { count: 12, lastAtMs: END_MS - DAY_MS });
      const all = [db, ...others].map((one) => new SqlSeasons(one));
      const closed = await Promise.all(all.map((one, n) => one.close(0, CLOSED_MS + n)));
      expect(closed.filter(Boolean)).toHaveLength(1);
      const places = await placesIn(db);
      await given(db, 1, { r: 2500, peak: 2500 });
      expect(await new SqlSeasons(db).close(0, CLOSED_MS + DAY_MS)).toBe(false);
      expect(await placesIn(db)).toEqual(places);
    });

    test('a season without an end is not closed', async () => {
      expect(await new SqlSeasons(database().db).close(1, CLOSED_MS)).toBe(false);
    });

    test('a battle counts to the season of its end, and from the end on to the next', async () => {
      const { db } = database();
      await store(db, battle(1, END_MS - 1, [1, 2]));
      await store(db, battle(2, END_MS, [3, 4]));
      await store(db, battle(3, END_MS + 1, [5, 6]));
      expect(await seasonsOf()).toEqual([0, 1, 1]);
    });

    test('a result that is stored after the season is closed counts to the next', async () => {
      const { db } = database();
      await new SqlSeasons(db).close(0, CLOSED_MS);
      await store(db, battle(1, END_MS - 1, [1, 2]));
      expect(await seasonsOf()).toEqual([1]);
    });

    test('a result that is stored late never goes back before a later season of its fighters', async () => {
      const { db } = database();
      await store(db, battle(1, END_MS + 5, [1, 2]));
      await store(db, battle(2, END_MS - 5, [3, 1]));
      expect(await seasonsOf()).toEqual([1, 1]);
    });

    test('results that are stored while it is closed count to one season, and places to their sum', async () => {
      const { db, others } = database();
      await manyStandings(db, { count: 12, lastAtMs: END_MS - DAY_MS });
      const dbs = [db, ...others];
      const storing = Array.from({ length: 24 }, (_, n) => {
        const pair = [1 + (n % 6), 7 + ((5 * n) % 6)] as const;
        return store(dbs[n % 2] ?? db, battle(n, END_MS - 1, pair));
      });
      const closing = [2, 3].map((n) => new SqlSeasons(dbs[n] ?? db).close(0, CLOSED_MS));
      await Promise.all([...storing, ...closing]);
      expect(log.lines).toEqual([]);
      const rated = await db.select().from(battleRatings);
      expect(rated).toHaveLength(48);
      const standings = await db.select().from(ladderStandings);
      for (const one of standings) {
        const own = rated.filter(
          ({ season, unrated, character_id: id }) =>
            season === one.season && unrated === null && id === one.character_id,
        );
        expect(one.battles).toBe((one.season === 0 ? 30 : 0) + own.length);
      }
      const final = standings.filter(({ season }) => season === 0);
      for (const { r, place } of final)
        expect(place).toBe(1 + final.filter((other) => other.r > r).length);
    });
  });
});

describeOnPostgres('the end of a season', () => {
  test('is computed once by two processes of which one is killed in the middle', async () => {
    const server = await startPostgres();
    const opened = await connectDatabase({ url: server.url, dataDir: null, log: silentLog });
    onTestFinished(async () => {
      await opened.close();
      await server.stop();
    });
    const { db } = opened;
    await db.update(seasons).set({ started_at: new Date(0) });
    await new SqlSeasons(db).setEnd(0, END_MS);
    await manyCharacters(db, 50);
    await manyStandings(db, { count: 50, lastAtMs: END_MS - DAY_MS });

    const program = await compiledProgram('close-season');
    const holder = await hold(server.url, 25);
    const first = closeInProcess(server.url, program);
    await expect.poll(() => countWaiting(db)).toBe(1);
    const second = closeInProcess(server.url, program);
    // The second waits for the first, which is in the middle.
    await expect.poll(() => countWaiting(db)).toBe(2);
    first.kill();
    expect(await first.ended).toEqual({ signal: 'SIGKILL', isClosed: false });
    expect(await placesIn(db)).toEqual(Array.from({ length: 50 }, () => null));
    await holder.end();
    expect(await second.ended).toEqual({ signal: null, isClosed: true });
    const final = await db.select().from(ladderStandings).where(eq(ladderStandings.season, 0));
    for (const { r, place } of final)
      expect(place).toBe(1 + final.filter((another) => another.r > r).length);
    expect(await new SqlSeasons(db).close(0, CLOSED_MS)).toBe(false);
  });
});

/** A connection that holds the standing of a character until its end. */
async function hold(url: string, charId: number): Promise<Client> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query('begin');
  const row = 'select 1 from ladder_standings where character_id = $1 for update';
  await client.query(row, [charId]);
  return client;
}

async function countWaiting(db: Database): Promise<number> {
  const [waiting] = await db
    .select({ count: sql<number>`count(*)::int` })
    .from(sql`pg_stat_activity`)
    .where(sql`wait_event_type = 'Lock'`);
  return waiting?.count ?? 0;
}

function closeInProcess(url: string, program: string) {
  const child = spawn(process.execPath, [program, url, '0', String(CLOSED_MS)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (data: Buffer) => {
    output += data.toString();
  });
  const ended = new Promise<{ signal: string | null; isClosed: boolean }>((resolve) => {
    child.once('close', (_, signal) => {
      resolve({ signal, isClosed: output === 'closed\n' });
    });
  });
  return { ended, kill: () => child.kill('SIGKILL') };
}

function isOf(charId: number) {
  return eq(ladderStandings.character_id, charId);
}

async function given(
  db: Database,
  charId: number,
  change: Partial<typeof ladderStandings.$inferInsert>,
): Promise<void> {
  await db.update(ladderStandings).set(change).where(isOf(charId));
}

async function placesIn(db: Database): Promise<(number | null)[]> {
  const rows = await db
    .select({ place: ladderStandings.place })
    .from(ladderStandings)
    .where(eq(ladderStandings.season, 0))
    .orderBy(asc(ladderStandings.character_id));
  return rows.map(({ place }) => place);
}
