import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { type Server, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { Client } from 'pg';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type DatabaseOptions, connectDatabase } from '../../database/connect.ts';
import { readSettings } from '../../bot/settings.ts';
import { DatabaseStartError } from '../../database/database-start-error.ts';
import { users } from '../../database/schema.ts';
import { describeOnPostgres } from '../support/database-engines.ts';
import { type RunningPostgres, startPostgres } from '../support/postgres-server.ts';
import { RecordingLog } from '../support/recording-log.ts';
import { freePort } from '../support/redis-server.ts';
import { silentLog } from '../support/silent-log.ts';

let shared: RunningPostgres | null = null;
let databases = 0;
afterAll(() => shared?.stop());

const atEnd: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of atEnd.splice(0).reverse()) await step();
});

describe('without a DATABASE_URL', () => {
  test('the embedded database saves rows in its folder', async () => {
    const dataDir = join(newFolder(), 'made', 'on', 'the', 'way');
    const log = new RecordingLog();
    const first = await connected({ dataDir, log });
    expect(statSync(dataDir).mode & 0o777).toBe(0o700);
    await first.db.insert(users).values({ id: 7, first_name: 'Ann' });
    await first.close();
    await first.close();
    const second = await connected({ dataDir });
    expect(second.engine).toBe('pglite');
    expect(await second.db.select({ id: users.id }).from(users)).toEqual([{ id: 7 }]);
    expect(log.lines.map(({ facts }) => facts)).toEqual([{ database: 'pglite', folder: dataDir }]);
  }, 60_000);

  test('a folder that cannot be created fails the start with one line that says what to do', async () => {
    const file = join(newFolder(), 'file');
    writeFileSync(file, '');
    const error = await refusal({ dataDir: join(file, 'data') });
    expect(error.message).toMatch(/^No usable database in .*DATABASE_URL/);
    expect(error.message).not.toContain('\n');
  });

  test.skipIf(process.platform !== 'linux')(
    'a folder under /proc is refused at once',
    async () => {
      const error = await refusal({ dataDir: '/proc/arena/data' });
      expect(error.message).toMatch(/^No usable database in \/proc\/arena\/data .*ENOENT/);
    },
    5_000,
  );
});

describe('with a server that cannot be used', () => {
  test('an unreachable server fails the start within the timeout, named by host and port', async () => {
    const port = await freePort();
    const url = `postgresql://me:secret@127.0.0.1:${port}/arena`;
    const error = await refusal({ url, connectTimeoutMs: 5_000 });
    expect(error.message).toContain(`127.0.0.1:${port} (ECONNREFUSED)`);
    expect(error.message).toContain('DATABASE_URL');
    expect(error.message).not.toMatch(/secret|\n/);
  });

  test('a server that never replies fails the start within the timeout', async () => {
    const port = await silentServer();
    const url = `postgresql://me:secret@127.0.0.1:${port}/arena`;
    const error = await refusal({ url, connectTimeoutMs: 150 });
    expect(error.message).toContain(`127.0.0.1:${port} (no answer)`);
  });

  test.each(['localhost:5432', 'http://secret@host/a', 'postgres://', 'my secret', 'postgres://h'])(
    'the address %j is refused and not repeated in the error',
    async (url) => {
      const error = await refusal({ url });
      expect(error.message).toContain('DATABASE_URL is no PostgreSQL address');
      expect(error.message).not.toContain('secret');
    },
  );
});

describeOnPostgres('with a server', () => {
  test('processes that start at once migrate once', async () => {
    const { url } = await server();
    const log = new RecordingLog();
    const all = await Promise.all(Array.from({ length: 5 }, () => connected({ url, log })));
    const later = await connected({ url });
    await later.db.insert(users).values({ id: 7 });
    for (const { db, engine } of all) {
      expect(engine).toBe('postgresql');
      expect(await db.$count(users)).toBe(1);
    }
    const applied = await later.db.execute(sql`select
      count(*) = count(distinct hash) as once from drizzle.__drizzle_migrations`);
    expect(applied).toMatchObject({ rows: [{ once: true }] });
    expect(log.lines[0]?.facts).toEqual({ database: new URL(url).host });
  });

  test('its Unix socket is accepted in every form of the address', async () => {
    const { url, port } = await server();
    const folder = await ask(url, 'show unix_socket_directories');
    const log = new RecordingLog();
    for (const address of [
      `postgresql:///postgres?host=${folder}&port=${port}&user=arena`,
      `postgresql://arena@/postgres?host=${folder}&port=${port}`,
      `postgresql://arena@${encodeURIComponent(folder)}:${port}/postgres`,
    ]) {
      expect(readSettings({ DATABASE_URL: address }).DATABASE_URL).toBe(address);
      await connected({ url: address, log });
      expect(log.lines.pop()?.facts).toEqual({ database: `${folder}:${port}` });
    }
  });

  test('an unknown database or user fails the start at once', async () => {
    const { url } = await server();
    const nowhere = await refusal({ url: url.replace(/[^/]+$/, 'nowhere') });
    expect(nowhere.message).toContain('no such database');
    const unknownUser = await refusal({ url: url.replace('arena@', 'nobody:secret@') });
    expect(unknownUser.message).toContain('user not allowed');
    expect(unknownUser.message).not.toMatch(/secret|\n/);
  });

  test('a failed migration is named with the reply of the server and what to do', async () => {
    const { url } = await server();
    await ask(url, 'create table battle_sides (secret int)');
    const error = await refusal({ url });
    expect(error.message).toBe(
      `The tables at ${new URL(url).host} cannot be migrated: migration 0000_first_tables failed ` +
        '(relation "battle_sides" already exists, 42P07). No table was changed. Fix what the server ' +
        'reports, or name a database of the bot’s own in DATABASE_URL, and start again.',
    );
    await ask(url, 'drop table battle_sides');
    await connected({ url });
  });

  test('a later failed migration is named, and none when the user has no permission', async () => {
    const { url } = await server();
    await connected({ url });
    await ask(url, 'delete from drizzle.__drizzle_migrations where id >= 2');
    const later = await refusal({ url });
    expect(later.message).toContain('migration 0001_rows_that_hold failed (constraint');
    await ask(url, "create role weak login password 'secret'");
    const weak = await refusal({ url: url.replace('arena@', 'weak:secret@') });
    expect(weak.message).toMatch(/may not create tables at .* \(permission denied/);
    expect(weak.message).not.toMatch(/secret|\n/);
  });

  test('a missing or wrong password fails at once and is never shown', async () => {
    // One server for both, as one with a password takes an initdb of its own.
    const running = await server('right-secret');
    const log = new RecordingLog();
    for (const [who, why] of [
      ['arena:wrong-secret', 'wrong user or password'],
      ['arena', 'password required'],
    ] as const) {
      const error = await refusal({ url: running.url.replace('arena@', `${who}@`), log });
      expect(error.message).toContain(`(${why})`);
      expect(`${error.message} ${JSON.stringify(log.lines)}`).not.toContain('secret');
    }
    await connected({ url: running.url.replace('arena@', 'arena:right-secret@'), log });
    expect(JSON.stringify(log.lines)).not.toContain('secret');
  });

  test('queries succeed again after a restart of the server', async () => {
    const running = await server();
    const log = new RecordingLog();
    const { db } = await connected({ url: running.url, log });
    await db.insert(users).values({ id: 7 });
    const down = log.next('database unavailable');
    await running.halt();
    await down;
    await expect(db.$count(users)).rejects.toThrow();
    await running.restart();
    expect(await db.$count(users)).toBe(1);
    expect(log.lines.map(({ message }) => message)).toEqual([
      'database connected',
      'database unavailable',
      'database available again',
    ]);
  });

  test('isUnavailable is true for an outage only, which is logged once', async () => {
    const running = await server();
    const log = new RecordingLog();
    const { db, isUnavailable } = await connected({ url: running.url, log });
    const failures = [
      () => db.$count(users),
      () => db.transaction((tx) => tx.$count(users)),
      () => db.insert(users).values({ id: 7, active_character_id: 7 }),
    ];
    const failuresNow = async () => {
      const errors = failures.map((fails) => fails().catch((error: unknown) => error));
      return (await Promise.all(errors)).map((error) => isUnavailable(error));
    };
    expect(await failuresNow()).toEqual([false, false, false]);
    await running.halt();
    expect(await failuresNow()).toEqual([true, true, true]);
    expect(await failuresNow()).toEqual([true, true, true]);
    expect(isUnavailable(new Error('a fault of ours'))).toBe(false);
    await running.restart();
    expect(await failuresNow()).toEqual([false, false, false]);
    expect(log.lines.map(({ message }) => message)).toEqual([
      'database connected',
      'database unavailable',
      'database available again',
    ]);
  });

  test('a connection lost before or during a transaction is replaced in the pool', async () => {
    const running = await server();
    const { db } = await connected({ url: running.url, poolSize: 1 });
    const select = () => db.transaction((tx) => tx.$count(users));
    expect(await select()).toBe(0);
    running.crash();
    // The pool does not know yet that this connection is broken.
    await expect(select()).rejects.toThrow();
    await running.restart();
    expect(await select()).toBe(0);
    const cut = db.transaction(async (tx) => {
      running.crash();
      await tx.$count(users);
    });
    await expect(cut).rejects.toThrow();
    await running.restart();
    expect(await select()).toBe(0);
  });

  test('a connection that turned read-only is closed after the transaction that met it', async () => {
    const running = await server();
    const { db } = await connected({ url: running.url, poolSize: 1 });
    const insert = (id: number) => db.transaction((tx) => tx.insert(users).values({ id }));
    await db.execute(sql`set default_transaction_read_only = on`);
    await expect(insert(7)).rejects.toMatchObject({ cause: { code: '25006' } });
    await insert(7);
    expect(await db.$count(users)).toBe(1);
  });

  test('a connection that does not answer is closed after the transaction that met it', async () => {
    const running = await server();
    const { db } = await connected({ url: running.url, poolSize: 1, statementTimeoutMs: 1_000 });
    const found = await db.execute(sql`select pg_backend_pid() as pid`);
    const [{ pid }] = z
      .object({ rows: z.tuple([z.object({ pid: z.number() })]) })
      .parse(found).rows;
    const select = () => db.transaction((tx) => tx.$count(users));
    process.kill(pid, 'SIGSTOP');
    try {
      await expect(select()).rejects.toThrow();
      expect(await select()).toBe(0);
    } finally {
      process.kill(pid, 'SIGCONT');
    }
  });

  test('a slow query is cancelled, and a closed connection stays closed', async () => {
    const { url } = await server();
    const connection = await connected({ url, statementTimeoutMs: 500 });
    const late = connection.db.execute(sql`select pg_sleep(60)`);
    await expect(late).rejects.toMatchObject({ cause: { code: '57014' } });
    await connection.close();
    await connection.close();
    await expect(connection.db.$count(users)).rejects.toThrow();
  });
});

async function connected(options: Partial<DatabaseOptions>) {
  const connection = await connectDatabase({
    url: null,
    dataDir: null,
    log: silentLog,
    ...options,
  });
  atEnd.push(() => connection.close());
  return connection;
}

async function refusal(options: Partial<DatabaseOptions>): Promise<DatabaseStartError> {
  const outcome: unknown = await connected(options).catch((error: unknown) => error);
  if (outcome instanceof DatabaseStartError) return outcome;
  throw new Error(`Expected a DatabaseStartError, got ${String(outcome)}`);
}

/** An empty database of its own on the server of this file; with a password, on another server. */
async function server(password: string | null = null): Promise<RunningPostgres> {
  if (password !== null) {
    const running = await startPostgres(password);
    atEnd.push(() => running.stop());
    return running;
  }
  shared ??= await startPostgres();
  databases += 1;
  const name = `connect_${databases}`;
  await ask(shared.url, `create database ${name}`);
  return { ...shared, url: shared.url.replace(/postgres$/, name) };
}

/** Returns the first value of the answer. */
async function ask(url: string, words: string): Promise<string> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<[string]>({ text: words, rowMode: 'array' });
  await client.end();
  return rows[0]?.[0] ?? '';
}

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'arena-database-'));
  atEnd.push(() => {
    rmSync(folder, { recursive: true });
  });
  return folder;
}

async function silentServer(): Promise<number> {
  const silent: Server = createServer((socket) => {
    atEnd.push(() => socket.destroy());
  }).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  atEnd.push(() => silent.close());
  const address = silent.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
