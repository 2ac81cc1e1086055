import { sql } from 'drizzle-orm';
import { check, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { id, moment } from './columns.ts';
import { characters } from './schema.ts';

/** Of duels against players; see `CharacterCounts` for the keys. */
export const characterCounts = pgTable(
  'character_counts',
  {
    character_id: id()
      .notNull()
      .references(() => characters.id, { onDelete: 'cascade' }),
    key: text().notNull(),
    count: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.character_id, table.key] }),
    check('character_counts_counted', sql`count >= 1`),
  ],
);

/** What a character has achieved, once each. */
export const achievements = pgTable(
  'achievements',
  {
    character_id: id()
      .notNull()
      .references(() => characters.id, { onDelete: 'cascade' }),
    /** Any word, since a later release may have more. */
    key: text().notNull(),
    /** The battle that granted it. No foreign key: the achievement stays if the battle does not. */
    battle_id: text().notNull(),
    /** The end of that battle. */
    at: moment().notNull(),
  },
  (table) => [primaryKey({ columns: [table.character_id, table.key] })],
);
