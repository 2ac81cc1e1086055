import { type SQL, inArray, sql } from 'drizzle-orm';
import { z } from 'zod';
import { type ArchivedBattle, battleResults } from '../domains/combat/battle-archive.ts';
import { isDuel } from '../domains/combat/side-kind.ts';
import {
  LONGEST_STREAK,
  type ProfileChange,
  type ProfileFacts,
  battleProfileHandler,
  isAchievement,
} from '../domains/profile/battle-profile.ts';
import { type CharacterCounts, countKeys } from '../domains/profile/character-counts.ts';
import { type HandlerRows, storedHandler } from './battle-handlers.ts';
import { achievements, characterCounts } from './schema-profile.ts';
import { characters } from './schema.ts';

const rows: HandlerRows<readonly ProfileFacts[], readonly ProfileChange[]> = {
  read: async (tx, ended) => {
    if (!isDuel(ended)) return [];
    const ids = ended.sides.flatMap(({ charId }) => charId ?? []);
    const known = await tx
      .select({
        charId: characters.id,
        counts: countsOfCharacter,
        earlier: nearestResults('before', ended),
        later: nearestResults('after', ended),
        granted: grantedTo,
      })
      .from(characters)
      .where(inArray(characters.id, ids));
    return known.map(({ charId, counts, earlier, later, granted }) => ({
      charId,
      counts: countsIn(counts),
      granted: achievementsIn(granted),
      streak: winsInARow(resultsIn(earlier)) + winsInARow(resultsIn(later)),
    }));
  },
  write: async (tx, changes) => {
    const counts = changes.flatMap(({ charId, counts: more }) =>
      countKeys.flatMap((key) => {
        const count = more[key] ?? 0;
        return count === 0 ? [] : [{ character_id: charId, key, count }];
      }),
    );
    const granted = changes.flatMap(({ charId, battleId, endedAtMs, granted: keys }) =>
      keys.map((key) => ({
        character_id: charId,
        key,
        battle_id: battleId,
        at: new Date(endedAtMs),
      })),
    );
    if (counts.length > 0)
      await tx
        .insert(characterCounts)
        .values(counts)
        .onConflictDoUpdate({
          target: [characterCounts.character_id, characterCounts.key],
          set: { count: sql`${characterCounts.count} + excluded.count` },
        });
    if (granted.length > 0) await tx.insert(achievements).values(granted).onConflictDoNothing();
  },
};

export const battleProfile = storedHandler(battleProfileHandler, rows);

/** Of the character of the query, as all that follows. */
export const countsOfCharacter = sql<unknown>`(select json_object_agg(c.key, c.count)
  from character_counts c where c.character_id = characters.id)`;

/** The latest first. */
export const grantedTo = sql<unknown>`(select json_agg(a.key order by a.at desc, a.battle_id desc, a.key)
  from achievements a where a.character_id = characters.id)`;

/** Results against players, the latest first. */
export function latestResults(limit: number): SQL {
  return resultsBeside(sql`desc`, sql``, limit);
}

/** The nearest to the battle first, of those that ended before or after it. */
function nearestResults(side: 'before' | 'after', { id, endedAtMs }: ArchivedBattle): SQL {
  const place = sql`(${new Date(endedAtMs).toISOString()}::timestamptz, ${id})`;
  const own = sql`(own.ended_at, own.battle_id)`;
  return side === 'before'
    ? resultsBeside(sql`desc`, sql`and ${own} < ${place}`, LONGEST_STREAK)
    : resultsBeside(sql`asc`, sql`and ${own} > ${place}`, LONGEST_STREAK);
}

function resultsBeside(order: SQL, where: SQL, limit: number): SQL {
  return sql<unknown>`(select json_agg(l.result order by l.ended_at ${order}, l.battle_id ${order}) from (
    select own.result, own.ended_at, own.battle_id from battle_sides own
    join battle_sides other on other.battle_id = own.battle_id and other.side <> own.side
    where own.character_id = characters.id and other.character_id is not null ${where}
    order by own.ended_at ${order}, own.battle_id ${order} limit ${limit}) l)`;
}

const countsSchema = z.record(z.string(), z.int()).nullable();

/** Keys of a later release are left out. */
export function countsIn(stored: unknown): CharacterCounts {
  const counts = countsSchema.parse(stored) ?? {};
  return Object.fromEntries(
    countKeys.flatMap((key) => {
      const count = counts[key];
      return count === undefined ? [] : [[key, count]];
    }),
  );
}

const keysSchema = z.array(z.string()).nullable();

/** Keys of a later release are left out. */
export function achievementsIn(stored: unknown) {
  return (keysSchema.parse(stored) ?? []).filter(isAchievement);
}

const resultsSchema = z.array(z.enum(battleResults)).nullable();

export function resultsIn(stored: unknown) {
  return resultsSchema.parse(stored) ?? [];
}

function winsInARow(latest: readonly string[]): number {
  const end = latest.findIndex((result) => result !== 'won');
  return end < 0 ? latest.length : end;
}
