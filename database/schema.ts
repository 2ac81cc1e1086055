import { sql } from 'drizzle-orm';
import {
  type PgTableExtraConfigValue,
  bigserial,
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import { archetypes, genders } from '../domains/account/account-context.ts';
import { battleResults } from '../domains/combat/battle-archive.ts';
import { monsterIds } from '../domains/combat/monster.ts';
import { id, isJson, moment, oneOf, stamps } from './columns.ts';

export const SLOTS = 4;

/** Everyone who wrote to the bot; names are null until registerUser. */
export const users = pgTable(
  'users',
  {
    id: id().primaryKey(),
    first_name: text(),
    last_name: text(),
    username: text(),
    /** Any language code, since a later release may support more. */
    language: text(),
    active_character_id: id(),
    /** The emotes of opponents are not shown to them. */
    mutes_emotes: boolean().notNull().default(false),
    ...stamps,
  },
  (table): PgTableExtraConfigValue[] => [
    check('users_language_word', sql`language ~ '^[a-z]{2,8}$'`),
    // Includes the user's id, so that a user cannot play the character of another.
    foreignKey({
      name: 'users_active_character_own',
      columns: [table.id, table.active_character_id],
      foreignColumns: [characters.user_id, characters.id],
    }),
  ],
);

/** Deleted ones stay for their battles; name and slot become free. */
export const characters = pgTable(
  'characters',
  {
    id: bigserial({ mode: 'number' }).primaryKey(),
    user_id: id()
      .notNull()
      .references(() => users.id),
    /** The number among the user's characters, which limits how many there are. */
    slot: smallint().notNull(),
    name: text(),
    /** See `nameKey`: equal for confusable names. */
    name_key: text(),
    gender: text({ enum: genders }),
    archetype: text({ enum: archetypes }),
    stage: text({ enum: ['shell', 'ready'] })
      .notNull()
      .generatedAlwaysAs(
        sql`case when name is null or archetype is null then 'shell' else 'ready' end`,
      ),
    attributes: jsonb(),
    skills: jsonb(),
    /** What the worn items add; written together with them. */
    gear: jsonb(),
    loadout: jsonb(),
    vitals_snapshot: jsonb(),
    location_id: text().notNull(),
    ...stamps,
    last_seen_at: moment(),
    deleted_at: moment(),
  },
  (table) => [
    unique('characters_of_user').on(table.user_id, table.id),
    uniqueIndex('characters_slot')
      .on(table.user_id, table.slot)
      .where(sql`deleted_at is null`),
    uniqueIndex('characters_name_key')
      .on(table.name_key)
      .where(sql`deleted_at is null`),
    check('characters_slot_known', sql.raw(`slot between 1 and ${SLOTS}`)),
    check('characters_name_has_key', sql`(name is null) = (name_key is null)`),
    check('characters_gender_known', oneOf('gender', genders)),
    check('characters_archetype_known', oneOf('archetype', archetypes)),
    check('characters_attributes_object', isJson('attributes', 'object')),
    check('characters_skills_object', isJson('skills', 'object')),
    check('characters_vitals_object', isJson('vitals_snapshot', 'object')),
    check('characters_gear_object', isJson('gear', 'object')),
    check('characters_loadout_array', isJson('loadout', 'array')),
  ],
);

/** The last saved state of live sessions (`ac:{char_id}`). */
export const savedSessions = pgTable(
  'saved_sessions',
  {
    character_id: id()
      .primaryKey()
      .references(() => characters.id, { onDelete: 'cascade' }),
    context: jsonb().notNull(),
    version: integer().notNull(),
    saved_at: moment().notNull(),
  },
  () => [
    check('saved_sessions_context_object', isJson('context', 'object')),
    check('saved_sessions_version_counted', sql`version >= 1`),
  ],
);

/** Ended battles: seed, sheets and inputs replay to the outcome. */
export const battles = pgTable(
  'battles',
  {
    id: text().primaryKey(),
    mode: text().notNull(),
    rules_version: integer().notNull(),
    seed: text().notNull(),
    sheets: jsonb().notNull(),
    inputs: jsonb().notNull(),
    outcome: jsonb().notNull(),
    turns: integer().notNull(),
    started_at: moment().notNull(),
    ended_at: moment().notNull(),
    /** Whether a turn was extended because of a downtime. */
    had_outage: boolean().notNull().default(false),
  },
  (table) => [
    index('battles_by_end').on(table.ended_at),
    check('battles_seed_hex', sql`seed ~ '^[0-9a-f]{32}$'`),
    check('battles_turns_counted', sql`turns >= 1`),
    check(
      'battles_sheets_of_two',
      // `case`, since `and` may evaluate its operands in any order.
      sql`case when jsonb_typeof(sheets) = 'array' then jsonb_array_length(sheets) = 2 else false end`,
    ),
    check('battles_inputs_array', isJson('inputs', 'array')),
    check('battles_outcome_object', isJson('outcome', 'object')),
    check('battles_end_after_start', sql`ended_at >= started_at`),
  ],
);

/** No foreign keys to character and user: Redis may know a character that this database does not. */
export const battleSides = pgTable(
  'battle_sides',
  {
    battle_id: text()
      .notNull()
      .references(() => battles.id, { onDelete: 'cascade' }),
    side: smallint().notNull(),
    /** null: the Shadow or a monster. */
    character_id: id(),
    user_id: id(),
    /** null: a character or the Shadow. */
    monster: text({ enum: monsterIds }),
    name: text().notNull(),
    /** null: not known, as in battles of earlier releases. */
    gender: text({ enum: genders }),
    gs: integer().notNull(),
    result: text({ enum: battleResults }).notNull(),
    /** Exchanges in which the side chose itself; null: not known, as in battles of earlier releases. */
    own_moves: integer(),
    /** Copied from the battle for the index. */
    ended_at: moment().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.battle_id, table.side] }),
    // Both descending, so that one row comparison finds the next page.
    index('battle_sides_history').on(
      table.character_id,
      table.ended_at.desc().nullsFirst(),
      table.battle_id.desc().nullsFirst(),
    ),
    index('battle_sides_user').on(table.user_id, table.ended_at.desc().nullsFirst()),
    check('battle_sides_side_known', sql`side in (0, 1)`),
    check('battle_sides_gender_known', oneOf('gender', genders)),
    check('battle_sides_result_known', oneOf('result', battleResults)),
    check('battle_sides_monster_known', oneOf('monster', monsterIds)),
    check('battle_sides_monster_alone', sql`monster is null or character_id is null`),
    check('battle_sides_gs_counted', sql`gs >= 0`),
    check('battle_sides_own_moves_counted', sql`own_moves >= 0`),
    check('battle_sides_shadow_alone', sql`character_id is not null or user_id is null`),
  ],
);

/** Results of characters against other characters. */
export const characterRecords = pgTable(
  'character_records',
  {
    character_id: id()
      .primaryKey()
      .references(() => characters.id, { onDelete: 'cascade' }),
    won: integer().notNull(),
    lost: integer().notNull(),
    drawn: integer().notNull(),
    /** 3: three wins in a row; -2: two losses. */
    streak: integer().notNull(),
    updated_at: moment().notNull().defaultNow(),
  },
  () => [
    check('character_records_counted', sql`won >= 0 and lost >= 0 and drawn >= 0`),
    check('character_records_streak_fought', sql`streak between -lost and won`),
  ],
);

export const pendingHandlers = pgTable(
  'pending_handlers',
  {
    battle_id: text()
      .notNull()
      .references(() => battles.id, { onDelete: 'cascade' }),
    handler: text().notNull(),
    attempts: integer().notNull(),
    next_attempt_at: moment().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.battle_id, table.handler] }),
    index('pending_handlers_due').on(table.next_attempt_at),
    check('pending_handlers_attempts_counted', sql`attempts >= 1`),
  ],
);
