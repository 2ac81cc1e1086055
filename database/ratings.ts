import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import {
  type CharacterRating,
  type RatingNotice,
  isProvisional,
} from '../domains/combat/battle-rating.ts';
import type { Side } from '../domains/combat/battle.ts';
import type { RatingReader } from '../domains/combat/standings.ts';
import { CALIBRATION_BATTLES, type ReliabilityTable } from '../domains/rating/calibration.ts';
import type { ReliabilityReader } from '../domains/rating/chances.ts';
import { newcomer } from '../domains/rating/standing.ts';
import { isLatest } from './battle-rating.ts';
import type { Database } from './database.ts';
import { battleRatings, ladderStandings } from './schema-ratings.ts';
import { characters } from './schema.ts';

/** Ratings as they were stored; nothing is computed again. */
export class SqlRatings implements RatingReader, ReliabilityReader {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  async ratingOf(charId: number): Promise<CharacterRating> {
    const { mu, sigma, lifetime } = ladderStandings;
    const [known] = await this.#db
      .select({ mu, sigma, lifetime })
      .from(characters)
      .innerJoin(ladderStandings, isLatest)
      .where(eq(characters.id, charId));
    return known ?? newcomer;
  }

  async noticeOf(battleId: string, side: Side): Promise<RatingNotice | null> {
    const isSide = and(eq(battleRatings.battle_id, battleId), eq(battleRatings.side, side));
    const [row] = await this.#db.select().from(battleRatings).where(isSide);
    return row === undefined ? null : noticeOf(row);
  }

  async reliability(): Promise<ReliabilityTable> {
    const { chance, score, ended_at, unrated } = battleRatings;
    const latest = this.#db
      .select({ chance, score })
      .from(battleRatings)
      .where(isNull(unrated))
      .orderBy(desc(ended_at))
      .limit(2 * CALIBRATION_BATTLES)
      .as('latest');
    return this.#db
      .select({
        decile: sql<number>`least(floor(${latest.chance} * 10), 9)::int`,
        sides: sql<number>`count(*)::int`,
        predicted: sql<number>`avg(${latest.chance})`,
        won: sql<number>`avg(${latest.score})`,
      })
      .from(latest)
      .groupBy(sql`1`)
      .orderBy(sql`1`);
  }
}

function noticeOf({
  unrated,
  r_before: before,
  r_after: after,
  lifetime,
}: typeof battleRatings.$inferSelect): RatingNotice | null {
  if (unrated !== null) return { kind: 'unrated', reason: unrated };
  if (before === null || after === null || lifetime === null) return null;
  return {
    kind: 'rated',
    before: { shown: before, isProvisional: isProvisional(lifetime - 1) },
    after: { shown: after, isProvisional: isProvisional(lifetime) },
  };
}
