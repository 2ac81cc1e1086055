import { sql } from 'drizzle-orm';
import { Client } from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { type DatabaseOptions, connectDatabase } from '../../database/connect.ts';
import { users } from '../../database/schema.ts';
import { describeOnPgBouncer, startPgBouncer } from '../support/pgbouncer.ts';
import { startPostgres } from '../support/postgres-server.ts';
import { silentLog } from '../support/silent-log.ts';

const ignored = 'statement_timeout, idle_in_transaction_session_timeout';

describeOnPgBouncer('behind PgBouncer', () => {
  test.each([
    ['its defaults', {}],
    ['transaction pooling', { pool_mode: 'transaction', default_pool_size: 2 }],
    ['ignored start-up parameters', { ignore_startup_parameters: ignored, default_pool_size: 2 }],
  ])('with %s, queries work and have the timeouts', async (_title, settings) => {
    const { url } = await postgres();
    const pooled = await startPgBouncer(url, settings);
    const { db } = await connected({ url: pooled, statementTimeoutMs: 2_000, poolSize: 2 });
    await db.insert(users).values({ id: 7 });
    const counts = Array.from({ length: 20 }, () => db.transaction((tx) => tx.$count(users)));
    expect(await Promise.all(counts)).toEqual(counts.map(() => 1));
    const singles = Array.from({ length: 20 }, () => db.$count(users));
    expect(await Promise.all(singles)).toEqual(singles.map(() => 1));

    const cancelled = { cause: { code: '57014' } };
    await expect(db.execute(sql`select pg_sleep(60)`)).rejects.toMatchObject(cancelled);
    const inTransaction = db.transaction((tx) => tx.execute(sql`select pg_sleep(60)`));
    await expect(inTransaction).rejects.toMatchObject(cancelled);
    const idle = db.transaction((tx) =>
      tx.execute(sql`select current_setting('idle_in_transaction_session_timeout') as timeout`),
    );
    expect(await idle).toMatchObject({ rows: [{ timeout: '2s' }] });
    await expect(db.insert(users).values({ id: 7 })).rejects.toMatchObject({
      cause: { code: '23505' },
    });
    expect(await db.$count(users)).toBe(1);
  });

  test('with transaction pooling, processes that start at once migrate once and leave no lock', async () => {
    const { url } = await postgres();
    const pooled = await startPgBouncer(url, { pool_mode: 'transaction', default_pool_size: 2 });
    await Promise.all(Array.from({ length: 5 }, () => connected({ url: pooled })));
    const direct = new Client({ connectionString: url });
    await direct.connect();
    const locks = await direct.query("select pid from pg_locks where locktype = 'advisory'");
    const applied = await direct.query(`select
      count(*) = count(distinct hash) as once from drizzle.__drizzle_migrations`);
    await direct.end();
    expect(locks.rows).toEqual([]);
    expect(applied.rows).toEqual([{ once: true }]);
  });

  test('a refused parameter of the address fails the start with one line', async () => {
    const { url } = await postgres();
    const start = connected({ url: `${await startPgBouncer(url)}?options=-c%20geqo%3Doff` });
    await expect(start).rejects.toThrow(/^No usable PostgreSQL at .* \(refused by the pooler\)/);
  });

  test('whose server is away, the start fails with one line', async () => {
    const server = await postgres();
    const pooled = await startPgBouncer(server.url);
    await server.halt();
    const start = connected({ url: pooled, connectTimeoutMs: 500 });
    await expect(start).rejects.toThrow(/^No usable PostgreSQL at 127\.0\.0\.1:\d+ \(.*\)\. Check/);
  });
});

async function postgres() {
  const server = await startPostgres();
  onTestFinished(() => server.stop());
  return server;
}

async function connected(options: Partial<DatabaseOptions>) {
  const connection = await connectDatabase({
    url: null,
    dataDir: null,
    log: silentLog,
    ...options,
  });
  onTestFinished(() => connection.close());
  return connection;
}
