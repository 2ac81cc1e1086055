import type {
  ArenaStore,
  JoinTerms,
  Match,
  QueueRequest,
} from '../../domains/arena/arena-store.ts';
import type { Mode } from '../../domains/core/mode.ts';

/** Terms without candidates: the character waits, even if others do. */
const alone: JoinTerms = {
  matchId: 'none',
  range: { minGs: 0, maxGs: 0, aroundGs: 0, limit: 0 },
  widening: [],
  blockedUserIds: [],
};

/** Adds a character to the queue without matching it. */
export async function enqueue(
  arena: Pick<ArenaStore, 'addToQueue'>,
  request: QueueRequest,
  blockedUserIds: readonly number[] = [],
): Promise<string> {
  return (await arena.addToQueue(request, { ...alone, blockedUserIds })).kind;
}

/** What the service does with a match that does not become a battle. */
export async function returnMatch(
  arena: Pick<ArenaStore, 'createRequest' | 'deleteMatch'>,
  match: Match,
  keep: readonly number[],
): Promise<void> {
  for (const side of [match.seeker, match.opponent]) {
    if (side === null) continue;
    await arena.createRequest(side, { matchId: match.id, isRequeued: keep.includes(side.charId) });
  }
  await arena.deleteMatch(match.id);
}

/** What a wave does with expired requests. */
export async function sweep(
  arena: Pick<ArenaStore, 'getOverdue' | 'deleteRequest'>,
  mode: Mode,
  nowMs: number,
): Promise<number[]> {
  const overdue = await arena.getOverdue(mode, nowMs);
  const dropped = await Promise.all(overdue.map((id) => arena.deleteRequest(id, mode, nowMs)));
  return overdue.filter((_, index) => dropped[index]);
}
