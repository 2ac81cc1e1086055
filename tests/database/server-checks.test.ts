import { Client } from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { type DatabaseOptions, connectDatabase } from '../../database/connect.ts';
import { describeOnPostgres } from '../support/database-engines.ts';
import { startPostgres } from '../support/postgres-server.ts';
import { RecordingLog } from '../support/recording-log.ts';

describeOnPostgres('at the start, a server', () => {
  test.each([
    [
      'a database in LATIN1',
      "create database other encoding 'LATIN1' template template0 lc_collate 'C' lc_ctype 'C'",
      /its encoding LATIN1 cannot store every name\. Make one with "create database/,
    ],
    [
      'a database that only reads',
      'create database other; alter database other set default_transaction_read_only = on',
      /it is read-only\. Name the primary server/,
    ],
    [
      'another style of dates',
      "create database other; alter database other set datestyle = 'SQL, DMY'",
      /its DateStyle is SQL, DMY\. Set it with/,
    ],
  ])('with %s is refused in one line with the cure', async (_title, statements, cure) => {
    const { url } = await startServer();
    for (const statement of statements.split(';')) await run(url, statement);
    const start = connected({ url: url.replace('/postgres', '/other') });
    await expect(start).rejects.toThrow(cure);
    await expect(start).rejects.toThrow(/^The database at 127\.0\.0\.1:\d+ cannot be used: .*$/);
  });

  test('whose user may not create tables is refused with the grants that are missing', async () => {
    const { url } = await startServer();
    await run(url, 'create role weak login');
    const weak = url.replace('arena@', 'weak@');
    await expect(connected({ url: weak })).rejects.toThrow(/may not create tables.*grant them/);
    await run(url, 'grant create on database postgres to weak');
    await expect(connected({ url: weak })).rejects.toThrow(/for schema public.*grant them/);
    await run(url, 'grant create on schema public to weak');
    await connected({ url: weak });
  });
});

describeOnPostgres('a migration lock that another process holds', () => {
  const lock = 'select pg_advisory_lock(7265101)';

  test('is logged after five seconds, and ends the start after a minute with the cure', async () => {
    const { url } = await startServer();
    await hold(url, lock);
    const [log, waits] = [new RecordingLog(), { ms: 0 }];
    const wait = (ms: number) => {
      waits.ms += ms;
      return Promise.resolve();
    };
    await expect(connected({ url, log, wait })).rejects.toThrow(
      /^Another process has held the migration lock for 60 s \(PostgreSQL process \d+\)\. End that process/,
    );
    expect(waits.ms).toBe(60_000);
    expect(log.lines).toMatchObject([
      { message: 'waiting for migration lock', facts: { waitedMs: 5_000 } },
    ]);
  });

  test('is taken as soon as it is released', async () => {
    const { url } = await startServer();
    const holder = await hold(url, lock);
    const log = new RecordingLog();
    const wait = () => (log.lines.length === 0 ? Promise.resolve() : holder.end());
    await connected({ url, log, wait });
    expect(log.lines.map(({ message }) => message)).toEqual([
      'waiting for migration lock',
      'database connected',
    ]);
  });
});

async function startServer() {
  const server = await startPostgres();
  onTestFinished(() => server.stop());
  return server;
}

async function connected(options: Partial<DatabaseOptions>): Promise<void> {
  const connection = await connectDatabase({
    url: null,
    dataDir: null,
    log: new RecordingLog(),
    ...options,
  });
  onTestFinished(() => connection.close());
}

async function run(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(statement);
  await client.end();
}

/** Runs a statement in a session that stays. */
async function hold(url: string, statement: string): Promise<Client> {
  const client = new Client({ connectionString: url });
  client.on('error', () => null);
  await client.connect();
  await client.query(statement);
  onTestFinished(() => client.end());
  return client;
}
