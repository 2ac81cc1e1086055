import { drizzle } from 'drizzle-orm/node-postgres';
import { Pool } from 'pg';
import { onTestFinished } from 'vitest';
import { connectDatabase } from '../../database/connect.ts';
import { startPostgres } from './postgres-server.ts';
import { silentLog } from './silent-log.ts';

export interface RecordedQuery {
  readonly text: string;
  readonly params: readonly unknown[];
}

/**
 * A PostgreSQL of its own. `db`: as the product opens it. `patient`: without its time limits, since a busy machine takes
 * long to make many rows. `recorded`: its queries are in `queries`, and `planOf` answers how the server runs one.
 */
export async function explainedDatabase() {
  const server = await startPostgres();
  const opened = await connectDatabase({ url: server.url, dataDir: null, log: silentLog });
  const pool = new Pool({ connectionString: server.url });
  // A stopping server sends an error to connections that are still closing.
  pool.on('error', () => null);
  onTestFinished(async () => {
    await pool.end();
    await opened.close();
    await server.stop();
  });
  const queries: RecordedQuery[] = [];
  const logger = { logQuery: (text: string, params: unknown[]) => queries.push({ text, params }) };
  const planOf = async ({ text, params }: RecordedQuery): Promise<string> => {
    const { rows } = await pool.query<Record<string, string>>(`explain ${text}`, [...params]);
    return rows.map((row) => row['QUERY PLAN']).join('\n');
  };
  return {
    db: opened.db,
    patient: drizzle({ client: pool }),
    recorded: drizzle({ client: pool, logger }),
    pool,
    queries,
    planOf,
  };
}
