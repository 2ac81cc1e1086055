import { sql } from 'drizzle-orm';
import {
  bigserial,
  boolean,
  check,
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
import { itemEnds, itemPlaces, rarityNames, slots } from '../domains/inventory/item.ts';
import { newTravel } from '../domains/inventory/travel.ts';
import { id, isJson, moment, oneOf } from './columns.ts';
import { characters } from './schema.ts';

/** What a character has earned; a character without a row has earned nothing yet. */
export const journeys = pgTable(
  'journeys',
  {
    character_id: id()
      .primaryKey()
      .references(() => characters.id, { onDelete: 'cascade' }),
    /** Grows by one with every change; buttons carry it. */
    version: integer().notNull(),
    level: smallint().notNull(),
    /** All experience ever earned. */
    xp: integer().notNull(),
    /** Attribute points that are not spent yet. */
    points: smallint().notNull(),
    gold: integer().notNull(),
    scrap: integer().notNull(),
    updated_at: moment().notNull().defaultNow(),
    /** Places; an older release that runs beside this one leaves all of these as they are. */
    location_id: text().notNull().default(newTravel.location),
    prev_location_id: text(),
    /** As of `energy_at`; more comes with time. */
    energy: smallint().notNull().default(newTravel.energy),
    energy_at: moment().notNull().defaultNow(),
    /** Vitals come back from then on. */
    rested_at: moment().notNull().defaultNow(),
    /** The monster that was met and not dealt with yet. */
    encounter: jsonb(),
    /** Places that were visited. */
    seen: jsonb().notNull().default([]),
    /** Wins in a row without an item. */
    dry: smallint().notNull().default(0),
    /** The UTC day on which the boss was fought last. */
    boss_day: integer(),
    /** The story that was begun and has not ended. */
    scenario: jsonb(),
    /** When stories ended, and how often they were begun. */
    stories: jsonb().notNull().default({}),
  },
  () => [
    check('journeys_version_counted', sql`version >= 1`),
    check('journeys_level_known', sql`level between 1 and 10`),
    check('journeys_xp_counted', sql`xp >= 0`),
    check('journeys_points_counted', sql`points between 0 and 15`),
    check('journeys_wallet_counted', sql`gold between 0 and 99999 and scrap >= 0`),
    check('journeys_energy_counted', sql`energy between 0 and 24`),
    check('journeys_encounter_object', isJson('encounter', 'object')),
    check('journeys_seen_array', isJson('seen', 'array')),
    check('journeys_dry_counted', sql`dry >= 0`),
    check('journeys_scenario_object', isJson('scenario', 'object')),
    check('journeys_stories_object', isJson('stories', 'object')),
    // A story that waits for its player keeps nobody from walking.
    check(
      'journeys_one_thing_at_a_time',
      sql`encounter is null or scenario is null or scenario @> '{"paused": true}'`,
    ),
  ],
);

/** What was given to characters, each exactly once by its id. */
export const grants = pgTable(
  'grants',
  {
    /** Names the cause, e.g. `battle:<battle id>:<side>`. */
    id: text().primaryKey(),
    character_id: id()
      .notNull()
      .references(() => characters.id, { onDelete: 'cascade' }),
    contents: jsonb().notNull(),
    created_at: moment().notNull(),
  },
  (table) => [
    index('grants_of_character').on(table.character_id, table.created_at.desc()),
    check('grants_contents_object', isJson('contents', 'object')),
  ],
);

/** Items; those that are sold or salvaged keep their row. */
export const items = pgTable(
  'items',
  {
    id: bigserial({ mode: 'number' }).primaryKey(),
    character_id: id()
      .notNull()
      .references(() => characters.id, { onDelete: 'cascade' }),
    template: text().notNull(),
    rarity: text().notNull(),
    affixes: jsonb().notNull(),
    place: text({ enum: itemPlaces }).notNull(),
    slot: text({ enum: slots }),
    locked: boolean().notNull().default(false),
    grant_id: text()
      .notNull()
      .references(() => grants.id, { onDelete: 'cascade' }),
    grant_line: smallint().notNull(),
    created_at: moment().notNull(),
    gone_at: moment(),
    gone_how: text({ enum: itemEnds }),
  },
  (table) => [
    unique('items_granted_once').on(table.grant_id, table.grant_line),
    uniqueIndex('items_worn_slot')
      .on(table.character_id, table.slot)
      .where(sql`place = 'worn' and gone_at is null`),
    index('items_of_character')
      .on(table.character_id)
      .where(sql`gone_at is null`),
    check('items_affixes_array', isJson('affixes', 'array')),
    check('items_rarity_known', oneOf('rarity', rarityNames)),
    check('items_place_known', oneOf('place', itemPlaces)),
    check('items_slot_known', oneOf('slot', slots)),
    check('items_slot_is_worn', sql`(place = 'worn') = (slot is not null)`),
    check('items_end_known', oneOf('gone_how', itemEnds)),
    check('items_end_complete', sql`(gone_at is null) = (gone_how is null)`),
    check('items_end_not_worn', sql`gone_at is null or place <> 'worn'`),
  ],
);

/** Materials of a character. */
export const stacks = pgTable(
  'stacks',
  {
    character_id: id()
      .notNull()
      .references(() => characters.id, { onDelete: 'cascade' }),
    kind: text().notNull(),
    amount: smallint().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.character_id, table.kind] }),
    check('stacks_counted', sql`amount between 0 and 999`),
  ],
);

/** Uses of techniques in battles, and of the skills of the world. */
export const skillProgress = pgTable(
  'skill_progress',
  {
    character_id: id()
      .notNull()
      .references(() => characters.id, { onDelete: 'cascade' }),
    skill: text().notNull(),
    uses: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.character_id, table.skill] }),
    check('skill_progress_counted', sql`uses >= 0`),
  ],
);

/** Every change of gold and scrap: their sum is the wallet. */
export const walletTransactions = pgTable(
  'wallet_transactions',
  {
    id: bigserial({ mode: 'number' }).primaryKey(),
    character_id: id()
      .notNull()
      .references(() => characters.id, { onDelete: 'cascade' }),
    gold: integer().notNull(),
    scrap: integer().notNull(),
    reason: text().notNull(),
    /** With the reason, names the cause: each pays once. */
    ref: text().notNull(),
    created_at: moment().notNull(),
  },
  (table) => [unique('wallet_transactions_once').on(table.character_id, table.reason, table.ref)],
);
