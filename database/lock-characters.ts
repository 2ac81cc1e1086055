import { asc, inArray } from 'drizzle-orm';
import type { Database } from './database.ts';
import { characters } from './schema.ts';

/**
 * Locks the rows of characters, deleted ones as well, until the transaction ends. In the order of ids, so
 * that two transactions never deadlock.
 */
export async function lockCharacters(
  tx: Database,
  ids: readonly number[],
): Promise<{ readonly id: number; readonly deletedAt: Date | null }[]> {
  if (ids.length === 0) return [];
  return tx
    .select({ id: characters.id, deletedAt: characters.deleted_at })
    .from(characters)
    .where(inArray(characters.id, [...ids]))
    .orderBy(asc(characters.id))
    .for('no key update');
}
