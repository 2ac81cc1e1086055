import { getTableColumns, getTableName, is } from 'drizzle-orm';
import { type PgColumn, PgTable } from 'drizzle-orm/pg-core';
import * as admin from './schema-admin.ts';
import * as base from './schema.ts';
import * as fairPlay from './schema-fair-play.ts';
import * as journeys from './schema-journeys.ts';
import * as privacy from './schema-privacy.ts';
import * as profile from './schema-profile.ts';
import * as ratings from './schema-ratings.ts';

/** Every table of the schema. */
export const tables: readonly PgTable[] = [
  base,
  journeys,
  privacy,
  profile,
  ratings,
  fairPlay,
  admin,
]
  .flatMap((file): unknown[] => Object.values(file))
  .filter((one) => is(one, PgTable));

export interface OwnedTable {
  readonly table: PgTable;
  readonly name: string;
  /** Names the character that a row belongs to. */
  readonly character: PgColumn | null;
  /** Name users in a row. */
  readonly users: readonly PgColumn[];
}

/** Columns that name a user; the first one says whose the row is. */
const userColumns = ['user_id', 'blocked_user_id', 'other_user_id'];

/**
 * Tables whose rows belong to one character or user. Not users and characters themselves, and not battles, which
 * belong to both sides.
 */
export const ownedTables: readonly OwnedTable[] = tables
  .filter(
    (one) => ![base.users, base.characters, base.battleSides].some((shared) => shared === one),
  )
  .map((table) => {
    const columns: Readonly<Record<string, PgColumn>> = getTableColumns(table);
    return {
      table,
      name: getTableName(table),
      character: columns['character_id'] ?? null,
      users: userColumns.flatMap((name) => columns[name] ?? []),
    };
  })
  .filter(({ character, users }) => character !== null || users.length > 0);
