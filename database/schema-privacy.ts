import { sql } from 'drizzle-orm';
import { check, index, jsonb, pgTable, primaryKey, smallint, text } from 'drizzle-orm/pg-core';
import { id, isJson, moment } from './columns.ts';
import { users } from './schema.ts';

/** Users who are never paired, in either direction. */
export const blocks = pgTable(
  'blocks',
  {
    user_id: id()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** No foreign key: Redis may know a user that this database does not. */
    blocked_user_id: id().notNull(),
    created_at: moment().notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.user_id, table.blocked_user_id] }),
    index('blocks_of_blocked').on(table.blocked_user_id),
    check('blocks_of_another', sql`user_id <> blocked_user_id`),
  ],
);

/** What erased users find again when they come back; see `Kept`. */
export const erasedUsers = pgTable(
  'erased_users',
  {
    /** Of the user's id, keyed by the salt. */
    user_hash: text().primaryKey(),
    kept: jsonb().notNull(),
    erased_at: moment().notNull(),
  },
  (table) => [
    index('erased_users_by_time').on(table.erased_at),
    check('erased_users_kept_object', isJson('kept', 'object')),
  ],
);

/** One row, made with the first erasure. */
export const erasureSalt = pgTable(
  'erasure_salt',
  { id: smallint().primaryKey(), salt: text().notNull() },
  () => [check('erasure_salt_single', sql`id = 1`)],
);
