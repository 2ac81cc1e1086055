import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  doublePrecision,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
} from 'drizzle-orm/pg-core';
import { archetypes } from '../domains/account/account-context.ts';
import { unratedReasons } from '../domains/combat/battle-rating.ts';
import { leagues } from '../domains/combat/league.ts';
import { ladders } from '../domains/rating/standing.ts';
import { id, moment, oneOf } from './columns.ts';
import { battles, characters } from './schema.ts';

/** The next season is stored as soon as the present one has an end, so that each battle finds its own. */
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

/** Who is in the lists, apart from time. Queries need it word for word: LEAST_BATTLES, LEAST_OPPONENTS. */
export const isListed = sql.raw('listed and battles >= 10 and opponents >= 5');
/** In the lists of all seasons. */
export const isListedEver = sql.raw('listed');

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
    /** null: the number is provisional. */
    league: text({ enum: leagues }),
    /** Copied from the character for the lists; null: it has none. */
    archetype: text({ enum: archetypes }),
    /** False once the character is deleted. */
    listed: boolean().notNull().default(true),
    /** The final place; null: none, or the season is not closed. */
    place: integer(),
    /** When the player was shown the end of the season. */
    end_shown_at: moment(),
  },
  (table) => [
    primaryKey({ columns: [table.season, table.ladder, table.character_id] }),
    index('ladder_standings_order')
      .on(
        ...[table.season, table.ladder, table.r.desc().nullsFirst(), table.reached_at],
        ...[table.character_id, table.last_at],
      )
      .where(isListed),
    index('ladder_standings_archetype')
      .on(
        ...[table.season, table.ladder, table.archetype, table.r.desc().nullsFirst()],
        ...[table.reached_at, table.character_id, table.last_at],
      )
      .where(isListed),
    index('ladder_standings_character').on(table.character_id, table.ladder, table.season),
    check('ladder_standings_ladder_known', oneOf('ladder', ladders)),
    check('ladder_standings_league_known', oneOf('league', leagues)),
    check('ladder_standings_archetype_known', oneOf('archetype', archetypes)),
    check('ladder_standings_place_counted', sql`place >= 1`),
    check('ladder_standings_sigma_positive', sql`sigma > 0`),
    check('ladder_standings_peak_highest', sql`peak >= r`),
    check(
      'ladder_standings_counted',
      sql`battles >= 1 and opponents between 1 and battles and lifetime >= battles`,
    ),
  ],
);

/** The highest number that a character has had with enough battles and opponents of a season. */
export const ladderBests = pgTable(
  'ladder_bests',
  {
    ladder: text({ enum: ladders }).notNull(),
    character_id: id()
      .notNull()
      .references(() => characters.id, { onDelete: 'cascade' }),
    r: integer().notNull(),
    reached_at: moment().notNull(),
    archetype: text({ enum: archetypes }),
    /** False once the character is deleted. */
    listed: boolean().notNull().default(true),
  },
  (table) => [
    primaryKey({ columns: [table.ladder, table.character_id] }),
    index('ladder_bests_order')
      .on(table.ladder, table.r.desc().nullsFirst(), table.reached_at, table.character_id)
      .where(isListedEver),
    index('ladder_bests_archetype')
      .on(
        ...[table.ladder, table.archetype, table.r.desc().nullsFirst()],
        ...[table.reached_at, table.character_id],
      )
      .where(isListedEver),
    // Small, as many share a number: counts who is above.
    index('ladder_bests_numbers').on(table.ladder, table.r).where(isListedEver),
    check('ladder_bests_ladder_known', oneOf('ladder', ladders)),
    check('ladder_bests_archetype_known', oneOf('archetype', archetypes)),
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
    /** null: the number was provisional, or the battle was the first of a season. */
    league_before: text({ enum: leagues }),
    league_after: text({ enum: leagues }),
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
    check(
      'battle_ratings_league_known',
      sql`${oneOf('league_before', leagues)} and ${oneOf('league_after', leagues)}`,
    ),
    check('battle_ratings_sigma_falls', sql`sigma_delta <= 0`),
    check('battle_ratings_win_raises', sql`score < 1 or r_after >= r_before`),
    check('battle_ratings_loss_lowers', sql`score > 0 or r_after <= r_before`),
  ],
);
