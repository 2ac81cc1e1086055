import { type SQL, sql } from 'drizzle-orm';
import { Client } from 'pg';
import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { SqlCharactersRepository } from '../../database/characters-repository.ts';
import { type DatabaseConnection, connectDatabase } from '../../database/connect.ts';
import { retryOnSerializationFailure } from '../../database/retry-on-serialization-failure.ts';
import { describeOnPostgres } from '../support/database-engines.ts';
import { startPostgres } from '../support/postgres-server.ts';
import { silentLog } from '../support/silent-log.ts';

const atEnd: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of atEnd.splice(0).reverse()) await step();
});

describe('retryOnSerializationFailure', () => {
  test('retries a serialization failure or deadlock up to 4 times', async () => {
    let times = 0;
    const lost = async () => Promise.reject(refusal('40001', (times += 1)));
    await expect(retryOnSerializationFailure(lost)).rejects.toThrow('try 4');
    expect(times).toBe(4);
    const won = async () => ((times += 1) === 6 ? times : Promise.reject(refusal('40P01', times)));
    expect(await retryOnSerializationFailure(won)).toBe(6);
  });

  test('does not retry another error', async () => {
    let times = 0;
    const failing = async () => Promise.reject(refusal('23505', (times += 1)));
    await expect(retryOnSerializationFailure(failing)).rejects.toThrow('try 1');
    expect(times).toBe(1);
  });
});

describeOnPostgres('setName in a deadlock', () => {
  test('succeeds in the retry after the other transaction', async () => {
    const { url, db, anna, bella, characters } = await openCharacters('4s');
    const other = await openBlocker(url);
    await other.query('begin');
    // Anna's name may become free: a transaction that wants it waits for this one.
    await other.query(`update characters set name = 'X', name_key = 'x' where id = ${anna}`);
    const naming = characters.setName(bella, 'Anna');
    await expect.poll(() => waitingIn(db)).toBe(1);
    // This one waits for the row being named: a deadlock, of which PostgreSQL aborts one side.
    await other.query(`update characters set location_id = 'inn' where id = ${bella}`);
    await other.query('commit');
    expect(await naming).toBe('named');
    await expect.poll(() => deadlocksIn(db)).toBe(1);
    expect(await characters.find(bella)).toMatchObject({ name: 'Anna', location_id: 'inn' });
  });

  test('of two characters that swap names refuses both, and both keep their names', async () => {
    const { anna, bella, characters } = await openCharacters('20ms');
    for (let round = 0; round < 50; round += 1) {
      const swap = [characters.setName(anna, 'Bella'), characters.setName(bella, 'Anna')];
      expect(await Promise.all(swap)).toEqual(['taken', 'taken']);
    }
    const list = await characters.listOf(7);
    expect(list.map(({ name }) => name)).toEqual(['Anna', 'Bella']);
  });
});

/** An error as the driver raises it. */
function refusal(code: string, tries: number): Error {
  return Object.assign(new Error(`try ${tries}`), { severity: 'ERROR', code });
}

/** A connection detects a deadlock after this timeout and is then aborted. */
async function openCharacters(deadlockTimeout: string) {
  const server = await startPostgres();
  atEnd.push(() => server.stop());
  const url = `${server.url}?options=${encodeURIComponent(`-c deadlock_timeout=${deadlockTimeout}`)}`;
  const connection = await connectDatabase({ url, dataDir: null, log: silentLog });
  atEnd.push(() => connection.close());
  const { db } = connection;
  const characters = new SqlCharactersRepository(db);
  const [anna, bella] = [await named(characters, 'Anna'), await named(characters, 'Bella')];
  return { url: server.url, db, anna, bella, characters };
}

/** A connection that never checks for deadlocks, so that the other one is aborted. */
async function openBlocker(url: string): Promise<Client> {
  const client = new Client({ connectionString: url, options: '-c deadlock_timeout=60s' });
  await client.connect();
  atEnd.push(() => client.end());
  return client;
}

async function named(characters: SqlCharactersRepository, name: string): Promise<number> {
  const shell = { userId: 7, createdAt: '2026-01-01T00:00:00.000Z', limit: 4 };
  const made = await characters.createShell(shell);
  if (made.kind !== 'created') throw new Error('No character was made');
  await characters.setName(made.character.character_id, name);
  // Finished, since createShell returns an unfinished one again.
  await characters.update(made.character.character_id, { archetype: 'mystic' });
  return made.character.character_id;
}

function waitingIn(db: DatabaseConnection['db']): Promise<number> {
  return numberOf(
    db,
    sql`select count(*)::int as n from pg_stat_activity
    where wait_event_type = 'Lock'`,
  );
}

/** Each connection reports its deadlocks with a delay. */
function deadlocksIn(db: DatabaseConnection['db']): Promise<number> {
  return numberOf(
    db,
    sql`select deadlocks::int as n from pg_stat_database
    where datname = current_database()`,
  );
}

async function numberOf(db: DatabaseConnection['db'], query: SQL): Promise<number> {
  const answer = z.looseObject({ rows: z.tuple([z.object({ n: z.int() })]) });
  return answer.parse(await db.execute(query)).rows[0].n;
}
