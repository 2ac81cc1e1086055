import type { CandidateRange, QueueRequest, Waiting, WideningStep } from './arena-store.ts';

/** `widening` is ordered by time, starts at 0, and its shares are below 1. */
export interface ArenaRules {
  readonly widening: readonly WideningStep[];
  readonly shadowAfterMs: number;
  readonly requestTtlMs: number;
}

export type Pair = readonly [Waiting, Waiting];

export function waitedMs(request: QueueRequest, nowMs: number): number {
  return Math.max(0, nowMs - request.startTimeMs);
}

/** The share of the own GearScore by which an opponent may differ after this wait. */
export function windowShare(rules: ArenaRules, waited: number): number {
  const reached = rules.widening.filter((step) => step.afterMs <= waited);
  return reached.at(-1)?.share ?? 0;
}

/** The accepted GearScores, bounds included. */
export function acceptedGs(rules: ArenaRules, request: QueueRequest, nowMs: number) {
  const reach = request.gs * windowShare(rules, waitedMs(request, nowMs));
  return { minGs: request.gs - reach, maxGs: request.gs + reach };
}

/**
 * Bounds for every possible opponent. They are wider than the seeker's window: an opponent who has
 * waited longer decides by a window that is a share of the opponent's GearScore.
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

/** The window of the side that waits longer decides; the seeker's on a tie. Never who has blocked the other. */
export function mayFight(rules: ArenaRules, pair: Pair, nowMs: number): boolean {
  const [seeker, other] = pair;
  if (seeker.charId === other.charId) return false;
  if (seeker.userId !== null && seeker.userId === other.userId) return false;
  if (hasBlocked(seeker, other) || hasBlocked(other, seeker)) return false;
  const longest = other.startTimeMs < seeker.startTimeMs ? other : seeker;
  const window = acceptedGs(rules, longest, nowMs);
  const { gs } = longest === seeker ? other : seeker;
  return gs >= window.minGs && gs <= window.maxGs;
}

function hasBlocked({ blockedUserIds }: Waiting, { userId }: Waiting): boolean {
  return userId !== null && blockedUserIds.includes(userId);
}

function justFought([one, other]: Pair): boolean {
  return one.lastOpponentId === other.charId || other.lastOpponentId === one.charId;
}

/** Best first: nearest GearScore, then longest wait; the last opponent comes after all others. */
export function rankOpponents(
  rules: ArenaRules,
  pool: { readonly seeker: Waiting; readonly others: readonly Waiting[] },
  nowMs: number,
): Waiting[] {
  const { seeker } = pool;
  const distance = (other: Waiting) => Math.abs(other.gs - seeker.gs);
  const again = (other: Waiting) => Number(justFought([seeker, other]));
  // Each seeker has its own order of equal opponents, so that not all claim the same one.
  const wrapped = (other: Waiting) => Number(other.charId < seeker.charId);
  return pool.others
    .filter((other) => mayFight(rules, [seeker, other], nowMs))
    .sort(
      (a, b) =>
        again(a) - again(b) ||
        distance(a) - distance(b) ||
        a.startTimeMs - b.startTimeMs ||
        wrapped(a) - wrapped(b) ||
        a.charId - b.charId,
    );
}

/** The request that waits longest chooses first. */
export function pairUp(rules: ArenaRules, waiting: readonly Waiting[], nowMs: number): Pair[] {
  const free = new Map(waiting.map((one) => [one.charId, one]));
  const pairs: Pair[] = [];
  for (const seeker of byWait(waiting)) {
    if (!free.delete(seeker.charId)) continue;
    const [opponent] = rankOpponents(rules, { seeker, others: [...free.values()] }, nowMs);
    if (opponent === undefined) continue;
    free.delete(opponent.charId);
    pairs.push([seeker, opponent]);
  }
  return pairs;
}

export function isDueForShadow(rules: ArenaRules, request: QueueRequest, nowMs: number): boolean {
  return waitedMs(request, nowMs) >= rules.shadowAfterMs;
}

function byWait(waiting: readonly Waiting[]): Waiting[] {
  return [...waiting].sort((a, b) => a.startTimeMs - b.startTimeMs || a.charId - b.charId);
}
