import { asc, inArray } from 'drizzle-orm';
import type { Database } from './database.ts';
import { characters } from './schema.ts';

/**
 * Holds the rows of characters until the transaction is over, deleted ones as well. In the order of
 * ids: two transactions that want the same ones wait, and never for each other.
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
