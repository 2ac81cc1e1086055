import { sql } from 'drizzle-orm';
import type { Database } from './database.ts';

/** Rejects if the database does not answer, which is reported to `isUnavailable`. */
export async function pingDatabase(
  db: Database,
  isUnavailable: (error: unknown) => boolean,
): Promise<void> {
  try {
    await db.execute(sql`select 1`);
  } catch (error) {
    isUnavailable(error);
    throw error;
  }
}
