import { type SQL, and, gt, inArray, isNull, sql } from 'drizzle-orm';
import { z } from 'zod';
import {
  type BoostingFlags,
  type Flag,
  type FlagKind,
  type Fought,
  circleFlags,
  reviewLimits,
} from '../domains/rating/boosting-review.ts';
import { countedUnrated } from '../domains/rating/leaver-pause.ts';
import type { Database } from './database.ts';
import { flags } from './schema-fair-play.ts';

const pairSchema = z.object({ userId: z.coerce.number(), otherUserId: z.coerce.number() });
const evidenceSchema = z.record(z.string(), z.coerce.number());
const answerSchema = z.object({ rows: z.array(z.record(z.string(), z.unknown())) });
const allSchema = z.tuple([z.object({ users: z.coerce.number() })]);

/** Counts in the stored battles what boosting looks like. */
export class SqlBoostingFlags implements BoostingFlags {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  async review(sinceMs: number): Promise<number> {
    const since = new Date(sinceMs);
    return this.#db.transaction(async (tx) => {
      const found = [
        ...(await pairsIn(tx, 'pair_share', pairShare(since))),
        ...(await pairsIn(tx, 'alternating_wins', alternatingWins(since))),
        ...(await pairsIn(tx, 'short_losses', shortLosses(since))),
        ...(await circlesIn(tx, since)),
      ];
      return written(tx, await notClosedSince(tx, found, since));
    });
  }
}

/** Battles of two users who could be rated, once for each of them. */
function fought(since: Date): SQL {
  const counted = sql.join(
    countedUnrated.map((reason) => sql`${reason}`),
    sql`, `,
  );
  return sql`(select a.user_id, b.user_id as other_id, a.unrated, a.ended_at, s.result, t.turns
    from battle_ratings a
    join battle_ratings b on b.battle_id = a.battle_id and b.side <> a.side and b.user_id <> a.user_id
    join battle_sides s on s.battle_id = a.battle_id and s.side = a.side
    join battles t on t.id = a.battle_id
    where a.ended_at > ${since.toISOString()}::timestamptz
      and (a.unrated is null or a.unrated in (${counted})))`;
}

function pairShare(since: Date): SQL {
  return sql`select * from (
    select user_id, other_id, count(*) as wins, sum(count(*)) over (partition by user_id) as of_wins
    from ${fought(since)} f where unrated is null and result = 'won' group by 1, 2) w
    where of_wins >= ${reviewLimits.REVIEW_WINS} and wins > ${reviewLimits.REVIEW_PAIR_SHARE}::float8 * of_wins`;
}

function alternatingWins(since: Date): SQL {
  const changes = sql`count(*) filter (where result <> before)`;
  return sql`select user_id, other_id, count(*) as battles, ${changes} as changes from (
    select *, lag(result) over (partition by user_id, other_id order by ended_at) as before
    from ${fought(since)} f where user_id < other_id and result <> 'drawn'
      and (unrated is null or unrated = 'pair')) f
    group by 1, 2 having count(*) >= ${reviewLimits.REVIEW_ALTERNATING}
      and ${changes} >= ${reviewLimits.REVIEW_ALTERNATING_SHARE}::float8 * (count(*) - 1)`;
}

function shortLosses(since: Date): SQL {
  return sql`select user_id, other_id, count(*) as losses from ${fought(since)} f
    where result = 'lost' and turns < ${reviewLimits.REVIEW_SHORT_TURNS}
    group by 1, 2 having count(*) >= ${reviewLimits.REVIEW_SHORT_LOSSES}`;
}

/** Of users with no more opponents than a circle has. */
function fewOpponents(since: Date): SQL {
  return sql`select user_id, other_id, battles from (
    select user_id, other_id, count(*) as battles, sum(count(*)) over (partition by user_id) as all_battles,
      count(*) over (partition by user_id) as opponents
    from ${fought(since)} f group by 1, 2) f
    where all_battles >= ${reviewLimits.REVIEW_CIRCLE_BATTLES} and opponents < ${reviewLimits.REVIEW_CIRCLE}`;
}

async function pairsIn(tx: Database, kind: FlagKind, query: SQL): Promise<Flag[]> {
  const { rows } = answerSchema.parse(await tx.execute(query));
  return rows.map(({ user_id, other_id, ...counts }) => {
    const pair = pairSchema.parse({ userId: user_id, otherUserId: other_id });
    return { kind, ...pair, evidence: evidenceSchema.parse(counts) };
  });
}

async function circlesIn(tx: Database, since: Date): Promise<Flag[]> {
  const found = await pairsIn(tx, 'closed_circle', fewOpponents(since));
  const all = sql`select count(distinct user_id) as users from ${fought(since)} f`;
  const { rows } = answerSchema.parse(await tx.execute(all));
  const [{ users }] = allSchema.parse(rows);
  const pairs = found.map(({ evidence, ...pair }): Fought => ({
    ...pair,
    battles: evidence['battles'] ?? 0,
  }));
  return circleFlags(pairs, users);
}

/** What an operator has seen is not flagged again for the same battles. */
async function notClosedSince(
  tx: Database,
  found: readonly Flag[],
  since: Date,
): Promise<readonly Flag[]> {
  const ids = [...new Set(found.map(({ userId }) => userId))];
  const { kind, user_id, other_user_id, closed_at } = flags;
  const closed = await tx
    .select({ kind, user_id, other_user_id })
    .from(flags)
    .where(and(inArray(user_id, ids), gt(closed_at, since)));
  const isOf = (flag: Flag) => (one: (typeof closed)[number]) =>
    one.kind === flag.kind && one.user_id === flag.userId && one.other_user_id === flag.otherUserId;
  return found.filter((flag) => !closed.some(isOf(flag)));
}

/** An open flag gets the new evidence. */
async function written(tx: Database, found: readonly Flag[]): Promise<number> {
  if (found.length === 0) return 0;
  const { kind, user_id, other_user_id, closed_at } = flags;
  const rows = await tx
    .insert(flags)
    .values(found.map(({ userId, otherUserId, ...flag }) => flagRow(flag, userId, otherUserId)))
    .onConflictDoUpdate({
      target: [kind, user_id, other_user_id],
      targetWhere: isNull(closed_at),
      set: { evidence: sql`excluded.evidence` },
    })
    .returning({ isNew: sql<boolean>`xmax = 0` });
  return rows.filter(({ isNew }) => isNew).length;
}

function flagRow(
  flag: Pick<Flag, 'kind' | 'evidence'>,
  user_id: number,
  other_user_id: number,
): typeof flags.$inferInsert {
  return { ...flag, user_id, other_user_id };
}
