import { sql } from 'drizzle-orm';
import {
  check,
  doublePrecision,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
} from 'drizzle-orm/pg-core';
import { unratedReasons } from '../domains/combat/battle-rating.ts';
import { ladders } from '../domains/rating/standing.ts';
import { id, moment, oneOf } from './columns.ts';
import { battles, characters } from './schema.ts';

/** The one without an end is the present season. */
export const seasons = pgTable(
  'seasons',
  {
    number: integer().primaryKey(),
    started_at: moment().notNull(),
    /** null: nobody has set an end. */
    ends_at: moment(),
    /** When its final standings were computed. */
    closed_at: moment(),
  },
  () => [
    check('seasons_number_counted', sql`number >= 0`),
    check('seasons_end_after_start', sql`ends_at > started_at`),
  ],
);

/** The rating of a character in a season: the present one, and the final ones of earlier seasons. */
export const ladderStandings = pgTable(
  'ladder_standings',
  {
    season: integer()
      .notNull()
      .references(() => seasons.number),
    ladder: text({ enum: ladders }).notNull(),
    character_id: id()
      .notNull()
      .references(() => characters.id, { onDelete: 'cascade' }),
    /** Copied from the character. */
    user_id: id().notNull(),
    mu: doublePrecision().notNull(),
    sigma: doublePrecision().notNull(),
    /** The shown number. */
    r: integer().notNull(),
    /** The highest shown number of the season. */
    peak: integer().notNull(),
    /** Rated battles of the season. */
    battles: integer().notNull(),
    /** How many users they were fought against. */
    opponents: integer().notNull(),
    /** Rated battles of all seasons. */
    lifetime: integer().notNull(),
    /** When the shown number was reached. */
    reached_at: moment().notNull(),
    /** The end of the latest rated battle. */
    last_at: moment().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.season, table.ladder, table.character_id] }),
    index('ladder_standings_order').on(
      table.season,
      table.ladder,
      table.r.desc().nullsFirst(),
      table.reached_at,
      table.character_id,
    ),
    index('ladder_standings_character').on(table.character_id, table.ladder, table.season),
    check('ladder_standings_ladder_known', oneOf('ladder', ladders)),
    check('ladder_standings_sigma_positive', sql`sigma > 0`),
    check('ladder_standings_peak_highest', sql`peak >= r`),
    check(
      'ladder_standings_counted',
      sql`battles >= 1 and opponents between 1 and battles and lifetime >= battles`,
    ),
  ],
);

/**
 * What a battle of two people did to the rating of each side; never computed again. A battle of an
 * earlier release has no row.
 */
export const battleRatings = pgTable(
  'battle_ratings',
  {
    battle_id: text()
      .notNull()
      .references(() => battles.id, { onDelete: 'cascade' }),
    side: smallint().notNull(),
    character_id: id().notNull(),
    /** null: not known, as in old battles. */
    user_id: id(),
    season: integer().notNull(),
    ladder: text({ enum: ladders }).notNull(),
    /** null: it is rated. */
    unrated: text({ enum: unratedReasons }),
    /** The share that the battle counted, by its pair; null, as all that follows: it is not rated. */
    weight: doublePrecision(),
    /** The predicted chance to win. */
    chance: doublePrecision(),
    /** 1: won, 0.5: a draw, 0: lost. */
    score: doublePrecision(),
    mu_before: doublePrecision(),
    mu_after: doublePrecision(),
    mu_delta: doublePrecision(),
    sigma_before: doublePrecision(),
    sigma_after: doublePrecision(),
    sigma_delta: doublePrecision(),
    r_before: integer(),
    r_after: integer(),
    /** Rated battles of all seasons, this one included. */
    lifetime: integer(),
    /** Copied from the battle for the indexes. */
    ended_at: moment().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.battle_id, table.side] }),
    index('battle_ratings_character').on(table.character_id, table.ended_at.desc().nullsFirst()),
    index('battle_ratings_user').on(table.user_id, table.ended_at.desc().nullsFirst()),
    index('battle_ratings_latest')
      .on(table.ended_at.desc().nullsFirst())
      .where(sql`unrated is null`),
    check('battle_ratings_side_known', sql`side in (0, 1)`),
    check('battle_ratings_ladder_known', oneOf('ladder', ladders)),
    check('battle_ratings_reason_known', oneOf('unrated', unratedReasons)),
    check(
      'battle_ratings_complete',
      sql`num_nulls(weight, chance, score, mu_before, mu_after, mu_delta, sigma_before, sigma_after,
        sigma_delta, r_before, r_after, lifetime) = case when unrated is null then 0 else 12 end`,
    ),
    check('battle_ratings_sigma_falls', sql`sigma_delta <= 0`),
    check('battle_ratings_win_raises', sql`score < 1 or r_after >= r_before`),
    check('battle_ratings_loss_lowers', sql`score > 0 or r_after <= r_before`),
  ],
);
