import { drizzle as drizzleServer } from 'drizzle-orm/node-postgres';
import { drizzle } from 'drizzle-orm/pglite';
import { Pool } from 'pg';
import { connectDatabase } from '../../database/connect.ts';
import type { Database } from '../../database/database.ts';
import { sharedPglite } from '../../tests/support/pglite-template.ts';
import { startPostgres } from '../../tests/support/postgres-server.ts';
import { silentLog } from '../../tests/support/silent-log.ts';

export interface Recorded {
  readonly text: string;
  readonly params: readonly unknown[];
}

export interface RecordedDatabase {
  readonly db: Database;
  /** The statements of a transaction that `act` makes, without its begin and commit. */
  record(act: () => Promise<void>): Promise<Recorded[]>;
  /** In a transaction, by the driver alone. */
  run(statements: readonly Recorded[]): Promise<void>;
  close(): Promise<void>;
}

export async function openPglite(): Promise<RecordedDatabase> {
  const client = await sharedPglite();
  const recorder = new Recorder();
  return {
    db: drizzle({ client, logger: recorder }),
    record: (act) => recorder.record(act),
    run: async (statements) => {
      await client.transaction(async (tx) => {
        for (const { text, params } of statements) await tx.query(text, [...params]);
      });
    },
    close: () => client.close(),
  };
}

export async function openPostgres(): Promise<RecordedDatabase> {
  const server = await startPostgres();
  await (await connectDatabase({ url: server.url, dataDir: null, log: silentLog })).close();
  const pool = new Pool({ connectionString: server.url, max: 10 });
  // A stopping server sends an error to connections that are still closing.
  pool.on('error', () => null);
  const recorder = new Recorder();
  return {
    db: drizzleServer({ client: pool, logger: recorder }),
    record: (act) => recorder.record(act),
    run: async (statements) => {
      const client = await pool.connect();
      try {
        await client.query('begin');
        for (const { text, params } of statements) await client.query(text, [...params]);
        await client.query('commit');
      } finally {
        client.release();
      }
    },
    close: async () => {
      await pool.end();
      await server.stop();
    },
  };
}

class Recorder {
  #recorded: Recorded[] = [];

  logQuery(text: string, params: unknown[]): void {
    this.#recorded.push({ text, params });
  }

  async record(act: () => Promise<void>): Promise<Recorded[]> {
    this.#recorded = [];
    await act();
    return this.#recorded.filter(({ text }) => !/^(begin|commit)/i.test(text));
  }
}
