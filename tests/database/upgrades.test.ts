import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PGlite } from '@electric-sql/pglite';
import { sql } from 'drizzle-orm';
import { drizzle as drizzleServer } from 'drizzle-orm/node-postgres';
import { migrate as migrateServer } from 'drizzle-orm/node-postgres/migrator';
import { drizzle as drizzleEmbedded } from 'drizzle-orm/pglite';
import { migrate as migrateEmbedded } from 'drizzle-orm/pglite/migrator';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { SqlBattleArchive } from '../../database/battle-archive.ts';
import { BattleHandlers } from '../../database/battle-handlers.ts';
import { battleRating } from '../../database/battle-rating.ts';
import { SqlCharacterRecords } from '../../database/character-records.ts';
import { SqlCharactersRepository } from '../../database/characters-repository.ts';
import { connectDatabase } from '../../database/connect.ts';
import type { Database } from '../../database/database.ts';
import { SqlProfiles } from '../../database/profiles.ts';
import { SqlRatings } from '../../database/ratings.ts';
import { ladderStandings } from '../../database/schema-ratings.ts';
import { characters } from '../../database/schema.ts';
import { migrate } from '../../database/migrate.ts';
import type { ArchivedBattle } from '../../domains/combat/battle-archive.ts';
import { added, countsOf } from '../../domains/profile/character-counts.ts';
import { SqlSavedSessions } from '../../database/saved-sessions.ts';
import { SqlUsersRepository } from '../../database/users-repository.ts';
import { archivedBattle } from '../support/archived-battles.ts';
import { FixedClock } from '../support/clock.ts';
import { repetitions } from '../support/repetitions.ts';
import { describeOnPostgres } from '../support/database-engines.ts';
import { emptyPglite } from '../support/pglite-template.ts';
import { type RunningPostgres, startPostgres } from '../support/postgres-server.ts';
import { RecordingLog } from '../support/recording-log.ts';
import { accountContext } from '../support/account-context.ts';
import { silentLog } from '../support/silent-log.ts';

const folder = fileURLToPath(new URL('../../database/migrations/', import.meta.url));
const journalShape = z.looseObject({ entries: z.array(z.looseObject({ tag: z.string() })) });
const journal = journalShape.parse(JSON.parse(readFileSync(`${folder}meta/_journal.json`, 'utf8')));
/** Every schema that a database may have, beginning with none; a short run leaves out those in the middle. */
const newest = journal.entries.length;
const middle = repetitions({ short: 0, full: newest - 3 });
const schemas = [0, 1, ...Array.from({ length: middle }, (_, at) => at + 2), newest - 1, newest];

/** The migration that counts existing battles. */
const recordsAt = journal.entries.findIndex(({ tag }) => tag.endsWith('battle_handlers'));

/** The migration that adds ratings. */
const ratingsAt = journal.entries.findIndex(({ tag }) => tag.endsWith('_ratings'));

/** The migration that counts duels by archetype and strikes. */
const profileAt = journal.entries.findIndex(({ tag }) => tag.endsWith('_profile'));

const stats = accountContext().stats;
const session = accountContext({ user_id: 7, state: 'SCENARIO' });
const battle = ofOldRelease(archivedBattle(7));
/** The first schema accepted an end before the start, from a machine whose clock was behind. */
const skewed = ofOldRelease(archivedBattle(1));

/** How often its sides chose themselves is not known. */
function ofOldRelease({ sides, ...rest }: ArchivedBattle): ArchivedBattle {
  const [first, second] = sides;
  return {
    ...rest,
    sides: [
      { ...first, ownMoves: null },
      { ...second, ownMoves: null },
    ],
  };
}

/** A database with an old schema, and how this release opens it. */
interface OldDatabase {
  readonly db: Database;
  readonly open: () => Promise<Database>;
}

let client: PGlite;
beforeAll(async () => {
  client = await emptyPglite();
}, 60_000);
afterAll(() => client.close());

/** An empty embedded database; opening another one would take a second of processor time. */
async function emptyEmbedded() {
  await client.exec(`drop schema if exists drizzle cascade; drop schema public cascade;
    create schema public`);
  return drizzleEmbedded({ client });
}

describe('upgrades (embedded)', () => {
  test.each(schemas)('from a database with %i migrations keep its rows', async (applied) => {
    const db = await emptyEmbedded();
    await migrateEmbedded(db, { migrationsFolder: onlyFirst(applied) });
    const open = async () => {
      await migrate(db);
      return db;
    };
    await checkUpgrade(applied, { db, open });
  });
});

test('the tables of ratings are added to a database full of characters, who can then be rated', async () => {
  const db = await emptyEmbedded();
  await migrateEmbedded(db, { migrationsFolder: onlyFirst(ratingsAt) });
  const count = repetitions({ short: 500, full: 10_000 });
  await db.execute(sql`insert into users (id) select n from generate_series(1, ${count}::int) n`);
  await db.execute(sql`insert into characters (id, user_id, slot, location_id)
    select n, n, 1, 'inn' from generate_series(1, ${count}::int) n`);
  await migrate(db);
  expect(await db.$count(characters)).toBe(count);
  const log = new RecordingLog();
  const handlers = new BattleHandlers({ handlers: [battleRating], clock: new FixedClock(), log });
  expect(await new SqlBattleArchive(db, handlers).store(archivedBattle(1))).toBe('stored');
  expect(await db.$count(ladderStandings)).toBe(2);
  expect(await new SqlRatings(db).ratingOf(1)).toMatchObject({ lifetime: 1 });
  expect(await new SqlRatings(db).ratingOf(count)).toMatchObject({ lifetime: 0 });
  expect(log.lines).toEqual([]);
});

test('duels of earlier releases count for the profile as if they were fought now', async () => {
  const db = await emptyEmbedded();
  await migrateEmbedded(db, { migrationsFolder: onlyFirst(profileAt) });
  const duels = [1, 2, 3, 4, 5, 6, 8, 9].map((n) => archivedBattle(n));
  // The first is against a Shadow, which does not count.
  await fillAsOfOld(db, [battle, ...duels]);
  await migrate(db);
  for (const charId of [1, 2] as const) {
    const side = charId === 1 ? 0 : 1;
    const expected = duels.map((duel) => countsOf(duel, side)).reduce(added, {});
    expect((await new SqlProfiles(db).profileOf(charId))?.counts).toEqual(expected);
  }
  expect((await new SqlProfiles(db).profileOf(3))?.counts).toEqual({});
});

describeOnPostgres('upgrades', () => {
  let server: RunningPostgres;
  beforeAll(async () => {
    server = await startPostgres();
  }, 60_000);
  afterAll(() => server.stop());

  test.each(schemas)('from a database with %i migrations keep its rows', async (applied) => {
    const url = server.url.replace(/postgres$/, `schema_${applied}`);
    await onClient(server.url, (db) => db.execute(sql.raw(`create database schema_${applied}`)));
    await onClient(url, async (db, client) => {
      const migrationsFolder = onlyFirst(applied);
      await migrateServer(drizzleServer({ client }), { migrationsFolder });
      const open = async () => {
        const opened = await connectDatabase({ url, dataDir: null, log: silentLog });
        onTestFinished(() => opened.close());
        return opened.db;
      };
      await checkUpgrade(applied, { db, open });
    });
  });
});

async function checkUpgrade(applied: number, { db, open }: OldDatabase): Promise<void> {
  const endedAtMs = applied === 1 ? skewed.startedAtMs - 5 : skewed.startedAtMs;
  if (applied > 0) await fillAsOfOld(db, [battle, { ...skewed, endedAtMs }]);
  const upgraded = await open();
  const kept = await upgraded.execute(
    sql`select count(*)::int as n from drizzle.__drizzle_migrations`,
  );
  expect(kept).toMatchObject({ rows: [{ n: journal.entries.length }] });
  if (applied > 0) await checkRows(upgraded);
  // It can still be used, with a language that was added later.
  await upgraded.execute(sql`insert into users (id, language) values (9, 'de')`);
  const users = new SqlUsersRepository({ db: upgraded, log: silentLog });
  expect(await users.find(9)).toMatchObject({ language: null });
  if (applied > 0 && applied <= recordsAt) await checkRecords(upgraded);
  const shell = { userId: 8, createdAt: '2026-01-01T00:00:00.000Z', limit: 4 };
  expect((await new SqlCharactersRepository(upgraded).createShell(shell)).kind).toBe('created');
  expect(await new SqlBattleArchive(upgraded).store(archivedBattle(2))).toBe('stored');
}

/** Rows of the first schema, which each later one accepts as well. */
async function fillAsOfOld(db: Database, battles: readonly ArchivedBattle[]): Promise<void> {
  await db.execute(sql`insert into users (id, first_name, language) values (7, 'Ann', 'ru')`);
  await db.execute(sql`insert into characters
    (id, user_id, slot, name, name_key, gender, archetype, location_id, attributes, skills,
      vitals_snapshot, deleted_at)
    values
    (1, 7, 1, 'Anna', 'anna', 'female', 'mystic', 'start_village',
      ${json(session.attributes)}, ${json({ feint: 1 })}, ${json(stats)}, null),
    (2, 7, 2, null, null, null, null, 'start_village', null, null, null, null),
    (3, 7, 2, 'Bella', 'bella', 'female', 'warrior', 'start_village', null, null, null, now())`);
  await db.execute(sql`select setval('characters_id_seq', 3)`);
  await db.execute(sql`update users set active_character_id = 1`);
  await db.execute(sql`insert into saved_sessions (character_id, context, version, saved_at)
    values (1, ${json(session)}, 1, now())`);
  for (const { endedAtMs, ...one } of battles) {
    await db.execute(sql`insert into battles
      (id, mode, rules_version, seed, sheets, inputs, outcome, turns, started_at, ended_at)
      values (${one.id}, ${one.mode}, ${one.rules}, ${one.seed}, ${json(one.sheets)},
        ${json(one.inputs)}, ${json(one.outcome)}, ${one.turns}, ${at(one.startedAtMs)},
        ${at(endedAtMs)})`);
    for (const [side, who] of one.sides.entries()) {
      await db.execute(sql`insert into battle_sides
        (battle_id, side, character_id, user_id, name, gs, result, ended_at)
        values (${one.id}, ${side}, ${who.charId}, ${who.userId}, ${who.name}, ${who.gs},
          ${who.result}, ${at(endedAtMs)})`);
    }
  }
}

async function checkRows(db: Database): Promise<void> {
  const log = new RecordingLog();
  const repository = new SqlCharactersRepository(db);
  expect(await new SqlUsersRepository({ db, log }).find(7)).toMatchObject({
    firstName: 'Ann',
    language: 'ru',
    activeCharacterId: 1,
  });
  expect(await repository.listOf(7)).toMatchObject([
    { character_id: 1, name: 'Anna', vitals_snapshot: stats, skills: { feint: 1 } },
    { character_id: 2, name: null, vitals_snapshot: null },
  ]);
  expect(await repository.setName(2, 'Bella')).toBe('named');
  expect(await new SqlSavedSessions({ db, log }).load(1)).toEqual(session);
  const archive = new SqlBattleArchive(db);
  const { startedAtMs } = skewed;
  expect(await archive.find(battle.id)).toEqual(battle);
  expect(await archive.find(skewed.id)).toEqual({ ...skewed, endedAtMs: startedAtMs });
  const history = await archive.listOf(1, { kind: 'latest', limit: 5 });
  expect(history.battles.map((one) => [one.id, one.endedAtMs])).toEqual([
    [battle.id, battle.endedAtMs],
    [skewed.id, startedAtMs],
  ]);
  expect(log.lines).toEqual([]);
}

/** Of the two old battles, the one against the Shadow is not counted. */
async function checkRecords(db: Database): Promise<void> {
  const records = new SqlCharacterRecords(db);
  const [own, opponent] = skewed.sides.map(({ result }) => result);
  for (const [charId, result] of [[1, own] as const, [2, opponent] as const]) {
    const expected = { won: 0, lost: 0, drawn: 0, streak: 0 };
    if (result !== undefined) expected[result] = 1;
    expected.streak = expected.won - expected.lost;
    expect(await records.recordOf(charId)).toEqual(expected);
  }
}

function json(value: unknown) {
  return sql`${JSON.stringify(value)}::jsonb`;
}

function at(timeMs: number) {
  return sql`${new Date(timeMs).toISOString()}::timestamptz`;
}

/** A folder with the first migrations only, as an earlier release had it. */
function onlyFirst(count: number): string {
  const copy = mkdtempSync(join(tmpdir(), 'arena-migrations-'));
  onTestFinished(() => {
    rmSync(copy, { recursive: true });
  });
  cpSync(folder, copy, { recursive: true });
  const entries = journal.entries.slice(0, count);
  writeFileSync(join(copy, 'meta/_journal.json'), JSON.stringify({ ...journal, entries }));
  return copy;
}

async function onClient(
  url: string,
  work: (db: Database, client: Client) => Promise<unknown>,
): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await work(drizzleServer({ client }), client);
  } finally {
    await client.end();
  }
}
