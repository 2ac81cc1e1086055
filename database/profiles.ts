import { and, desc, eq, isNull } from 'drizzle-orm';
import { isProvisional, shownNumber } from '../domains/combat/battle-rating.ts';
import { emptyRecord } from '../domains/combat/character-record.ts';
import type { AchievementKey, AchievementReader } from '../domains/combat/standings.ts';
import { isAchievement } from '../domains/profile/battle-profile.ts';
import { type Profile, type ProfileReader, resultsOnProfile } from '../domains/profile/profiles.ts';
import {
  achievementsIn,
  countsIn,
  countsOfCharacter,
  grantedTo,
  latestResults,
  resultsIn,
} from './battle-profile.ts';
import { isLatest } from './battle-rating.ts';
import type { Database } from './database.ts';
import { achievements } from './schema-profile.ts';
import { battleRatings, ladderStandings } from './schema-ratings.ts';
import { characterRecords, characters } from './schema.ts';

export class SqlProfiles implements ProfileReader, AchievementReader {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  async profileOf(charId: number): Promise<Profile | null> {
    const [found] = await this.profileQuery(charId);
    if (found === undefined) return null;
    const { name, gender, archetype, standing, won, lost, drawn, streak } = found;
    const hasRecord = won !== null && lost !== null && drawn !== null && streak !== null;
    return {
      name,
      gender,
      archetype,
      rating: standing === null ? null : ratingOf(standing),
      record: hasRecord ? { won, lost, drawn, streak } : emptyRecord,
      counts: countsIn(found.counts),
      latest: resultsIn(found.latest),
      achievements: achievementsIn(found.achievements),
    };
  }

  /** All in one statement, each part by an index. */
  profileQuery(charId: number) {
    const { name, gender, archetype } = characters;
    const { won, lost, drawn, streak } = characterRecords;
    return this.#db
      .select({
        name,
        gender,
        archetype,
        standing: ladderStandings,
        won,
        lost,
        drawn,
        streak,
        counts: countsOfCharacter,
        latest: latestResults(resultsOnProfile),
        achievements: grantedTo,
      })
      .from(characters)
      .leftJoin(ladderStandings, isLatest)
      .leftJoin(characterRecords, eq(characterRecords.character_id, characters.id))
      .where(eq(characters.id, charId));
  }

  async curveOf(charId: number, duels: number): Promise<readonly number[]> {
    const { character_id, unrated, ended_at, battle_id, r_before, r_after } = battleRatings;
    const latest = await this.#db
      .select({ before: r_before, after: r_after })
      .from(battleRatings)
      .where(and(eq(character_id, charId), isNull(unrated)))
      .orderBy(desc(ended_at), desc(battle_id))
      .limit(duels);
    const first = latest.at(-1)?.before ?? null;
    if (first === null) return [];
    return [first, ...latest.toReversed().flatMap(({ after }) => after ?? [])];
  }

  async grantedIn(battleId: string, charId: number): Promise<readonly AchievementKey[]> {
    const isOwn = and(eq(achievements.character_id, charId), eq(achievements.battle_id, battleId));
    const granted = await this.#db
      .select({ key: achievements.key })
      .from(achievements)
      .where(isOwn);
    return granted.map(({ key }) => key).filter(isAchievement);
  }
}

function ratingOf({ mu, lifetime, peak }: typeof ladderStandings.$inferSelect) {
  return { shown: shownNumber(mu), isProvisional: isProvisional(lifetime), peak };
}
