import type { Match, QueueRequest, Sight, Surveyed, Waiting } from './arena-store.ts';
import { type ArenaRules, rankOpponents, surelyBest } from './matchmaking.ts';

/** What becomes of somebody who joins. */
export type Decided =
  | { readonly kind: 'waits'; readonly newcomer: Waiting }
  /** `waiting` is the opponent, unless he joins at this moment, too. */
  | {
      readonly kind: 'meets';
      readonly sides: readonly [Waiting, Waiting];
      readonly waiting: Waiting | null;
    };

/** What a decision is made by, beside the rules. */
export interface AtTheDoor {
  readonly arrivals: readonly Surveyed[];
  /** Who is promised to somebody at this moment. */
  readonly promised: ReadonlySet<number>;
}

/**
 * Those who join at once, each by what he sees and after those who came before him: whoever of these
 * is still alone is an opponent like any who waits.
 */
export function decideArrivals(rules: ArenaRules, door: AtTheDoor, nowMs: number): Decided[] {
  const alone = new Map<number, Surveyed>();
  // Who waits and knocks again is let in or turned away himself; nobody is in two admissions.
  const taken = new Set([...door.promised, ...door.arrivals.map(({ seeker }) => seeker.charId)]);
  const meetings: Decided[] = [];
  for (const arrival of door.arrivals) {
    const { seeker, sight } = arrival;
    const others = [...freeOf(arrival, taken), ...newcomers(alone)];
    const opponent =
      sight === null ? null : bestOf(rules, { seeker, sight: { ...sight, others } }, nowMs);
    if (opponent === null) {
      alone.set(seeker.charId, arrival);
      continue;
    }
    const waiting = alone.delete(opponent.charId) ? null : opponent;
    taken.add(opponent.charId);
    meetings.push({ kind: 'meets', sides: [seeker, opponent], waiting });
  }
  return [...meetings, ...[...alone.values()].map(waits)];
}

function bestOf(
  rules: ArenaRules,
  pool: { readonly seeker: Waiting; readonly sight: Sight },
  nowMs: number,
): Waiting | null {
  return surelyBest(rules, pool, nowMs)[0] ?? null;
}

function freeOf({ sight }: Surveyed, taken: ReadonlySet<number>): Waiting[] {
  return (sight?.others ?? []).filter(({ charId }) => !taken.has(charId));
}

function newcomers(alone: ReadonlyMap<number, Surveyed>): Waiting[] {
  return [...alone.values()].map(({ seeker }) => seeker);
}

function waits({ seeker }: Surveyed): Decided {
  return { kind: 'waits', newcomer: seeker };
}

/** Whether somebody who waits has an opponent within sight, or may have one beyond it. */
export function mayHaveOpponent(
  rules: ArenaRules,
  { seeker, sight }: Surveyed,
  nowMs: number,
): boolean {
  if (sight === null || sight.horizon !== null) return true;
  return rankOpponents(rules, { seeker, others: sight.others }, nowMs).length > 0;
}

/** A match stores the request alone, without what matchmaking knew beside it. */
function requestOf({ charId, userId, mode, gs, startTimeMs }: QueueRequest): QueueRequest {
  return { charId, userId, mode, gs, startTimeMs };
}

/** The match of a seeker and his opponent; null is the Shadow. */
export function matchOf(
  sides: readonly [QueueRequest, QueueRequest | null],
  claim: { readonly id: string; readonly claimedAtMs: number },
): Match {
  const [seeker, opponent] = sides;
  return {
    id: claim.id,
    mode: seeker.mode,
    seeker: requestOf(seeker),
    opponent: opponent === null ? null : requestOf(opponent),
    claimedAtMs: claim.claimedAtMs,
  };
}
