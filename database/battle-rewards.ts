import { type SQL, eq, inArray, sql } from 'drizzle-orm';
import type { ArchivedBattle } from '../domains/combat/battle-archive.ts';
import { isWild } from '../domains/combat/side-kind.ts';
import {
  type Reward,
  type RewardFacts,
  battleGrantId,
  battleRewardsHandler,
} from '../domains/rewards/battle-rewards.ts';
import { DAY_MS, dayOf, dayStartMs } from '../domains/core/day.ts';
import { PAIR_WINDOW_H } from '../domains/core/pair-damping.ts';
import { type HandlerRows, storedHandler } from './battle-handlers.ts';
import { isoTime } from './iso-time.ts';
import { journeys } from './schema-journeys.ts';
import { journeyOf } from './journeys-repository.ts';
import { characters } from './schema.ts';
import { writeChanges } from './write-changes.ts';

const HOUR_MS = 3_600_000;

const rows: HandlerRows<readonly RewardFacts[], readonly Reward[]> = {
  read: async (tx, ended) => {
    if (isWild(ended)) return [];
    const ids = ended.sides.flatMap(({ charId }) => charId ?? []);
    const known = await tx
      .select({
        charId: characters.id,
        journey: journeys,
        isGranted: isGranted(ended),
        countedToday: countedOn(ended.endedAtMs),
        earlierOfPair: earlierOfPair(ended),
      })
      .from(characters)
      .leftJoin(journeys, eq(journeys.character_id, characters.id))
      .where(inArray(characters.id, ids));
    return known.map((facts) => ({ ...facts, journey: journeyOf(facts.journey) }));
  },
  write: async (tx, rewards) => {
    await writeChanges(tx, rewards);
  },
};

export const battleRewards = storedHandler(battleRewardsHandler, rows);

function isGranted({ id, sides }: ArchivedBattle): SQL<boolean> {
  const ids = sides.map((_, side) => sql`${battleGrantId(id, side)}`);
  return sql`exists (select 1 from grants g
    where g.id in (${sql.join(ids, sql`, `)}) and g.character_id = ${characters.id})`;
}

function countedOn(endedAtMs: number): SQL<number> {
  const dayMs = dayStartMs(dayOf(endedAtMs));
  return sql`(select count(*)::int from grants g where g.character_id = ${characters.id}
    and g.created_at >= ${isoTime(dayMs)}::timestamptz and g.created_at < ${isoTime(dayMs + DAY_MS)}::timestamptz
    and g.id like 'battle:%' and (g.contents ->> 'xp')::int > 0 and (g.contents ->> 'wild') is null)`;
}

function earlierOfPair({ id, sides, endedAtMs }: ArchivedBattle): SQL<number> {
  const [one, other] = sides.map(({ charId }) => charId);
  const fromMs = endedAtMs - PAIR_WINDOW_H * HOUR_MS;
  return sql`(select count(*)::int from battle_sides a join battle_sides b on b.battle_id = a.battle_id
    where a.character_id = ${one}::bigint and b.character_id = ${other}::bigint and a.battle_id <> ${id}
    and a.ended_at >= ${isoTime(fromMs)}::timestamptz and a.ended_at <= ${isoTime(endedAtMs)}::timestamptz)`;
}
