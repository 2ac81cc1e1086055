import type { CandidateRange, QueueRequest, Waiting, WideningStep } from './arena-store.ts';

/** The rules of matchmaking; `widening` is ordered by time, begins at 0, and its shares stay below 1. */
export interface ArenaRules {
  readonly widening: readonly WideningStep[];
  readonly shadowAfterMs: number;
  readonly requestTtlMs: number;
}

export type Pair = readonly [Waiting, Waiting];

export function waitedMs(request: QueueRequest, nowMs: number): number {
  return Math.max(0, nowMs - request.startTimeMs);
}

/** The share of one's GearScore by which an opponent may differ after so long a wait. */
export function windowShare(rules: ArenaRules, waited: number): number {
  const reached = rules.widening.filter((step) => step.afterMs <= waited);
  return reached.at(-1)?.share ?? 0;
}

/** The GearScores that a request accepts now, bounds included. */
export function acceptedGs(rules: ArenaRules, request: QueueRequest, nowMs: number) {
  const reach = request.gs * windowShare(rules, waitedMs(request, nowMs));
  return { minGs: request.gs - reach, maxGs: request.gs + reach };
}

/**
 * Where a seeker's opponents can be at all. Wider than his own window: somebody who has waited
 * longer accepts him by a window that is a share of *that* one's GearScore.
 */
export function searchRange(
  rules: ArenaRules,
  seeker: QueueRequest,
  limit: number,
): CandidateRange {
  const widest = Math.max(...rules.widening.map((step) => step.share));
  return {
    minGs: Math.floor(seeker.gs * (1 - widest)),
    maxGs: Math.ceil(seeker.gs / (1 - widest)),
    aroundGs: seeker.gs,
    limit,
  };
}

/** Whether two may fight: the window of whoever waits longer decides; the seeker's on a tie. */
export function mayFight(rules: ArenaRules, couple: Pair, nowMs: number): boolean {
  const [seeker, other] = couple;
  // Queues are kept by mode, so that both are of one.
  if (seeker.charId === other.charId) return false;
  if (seeker.userId !== null && seeker.userId === other.userId) return false;
  const judge = other.startTimeMs < seeker.startTimeMs ? other : seeker;
  const window = acceptedGs(rules, judge, nowMs);
  const judged = judge === seeker ? other : seeker;
  return judged.gs >= window.minGs && judged.gs <= window.maxGs;
}

/** Whether either of the two fought the other last. */
function justFought([one, other]: Pair): boolean {
  return one.lastOpponentId === other.charId || other.lastOpponentId === one.charId;
}

/**
 * A seeker's opponents, best first: nearest GearScore, then longest wait; whom he has just fought
 * comes after everybody else.
 */
export function rankOpponents(
  rules: ArenaRules,
  pool: { readonly seeker: Waiting; readonly others: readonly Waiting[] },
  nowMs: number,
): Waiting[] {
  const { seeker } = pool;
  const distance = (other: Waiting) => Math.abs(other.gs - seeker.gs);
  const again = (other: Waiting) => Number(justFought([seeker, other]));
  // Between equals each seeker begins after himself: a crowd that all grabs for one gets nobody.
  const turn = (other: Waiting) => Number(other.charId < seeker.charId);
  return pool.others
    .filter((other) => mayFight(rules, [seeker, other], nowMs))
    .sort(
      (a, b) =>
        again(a) - again(b) ||
        distance(a) - distance(b) ||
        a.startTimeMs - b.startTimeMs ||
        turn(a) - turn(b) ||
        a.charId - b.charId,
    );
}

/** The couples that a wave makes of everybody who waits: whoever waits longest chooses first. */
export function pairUp(rules: ArenaRules, waiting: readonly Waiting[], nowMs: number): Pair[] {
  const free = new Map(waiting.map((one) => [one.charId, one]));
  const couples: Pair[] = [];
  for (const seeker of byWait(waiting)) {
    if (!free.delete(seeker.charId)) continue;
    const [opponent] = rankOpponents(rules, { seeker, others: [...free.values()] }, nowMs);
    if (opponent === undefined) continue;
    free.delete(opponent.charId);
    couples.push([seeker, opponent]);
  }
  return couples;
}

/** Who has waited so long that the Shadow fights him. */
export function isDueForShadow(rules: ArenaRules, request: QueueRequest, nowMs: number): boolean {
  return waitedMs(request, nowMs) >= rules.shadowAfterMs;
}

function byWait(waiting: readonly Waiting[]): Waiting[] {
  return [...waiting].sort((a, b) => a.startTimeMs - b.startTimeMs || a.charId - b.charId);
}
