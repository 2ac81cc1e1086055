import type { RedisClient } from '../../redis/redis-client.ts';
import type { Match, QueueRequest } from '../../domains/arena/arena-store.ts';
import { keys } from '../../redis/keys.ts';
import type { ArenaManager } from '../../redis/managers/arena-manager.ts';

const MODE = '1v1';

/** The arena's keys, read while no process changes them. */
export interface ArenaSnapshot {
  /** Characters with an entry in the queue, with or without a request. */
  readonly queued: ReadonlySet<number>;
  /** Characters with a request. */
  readonly waiting: ReadonlySet<number>;
  readonly seats: ReadonlyMap<number, string>;
  readonly pending: readonly Match[];
}

export async function snapshotOf(
  redis: { readonly client: RedisClient; readonly arena: ArenaManager },
  charIds: readonly number[],
): Promise<ArenaSnapshot> {
  const { client, arena } = redis;
  const members = await client.zrange(keys.queue(MODE), 0, -1);
  const requests = await Promise.all(charIds.map((charId) => arena.getRequest(charId)));
  const held = await client.mget(charIds.map((charId) => keys.seat(charId)));
  return {
    queued: new Set(members.map(Number)),
    waiting: new Set(charIds.filter((_, index) => requests[index] !== null)),
    seats: new Map(
      charIds.flatMap((charId, index) => {
        const seat = held[index];
        return typeof seat === 'string' ? [[charId, seat] as const] : [];
      }),
    ),
    pending: await arena.getPendingMatches(Number.MAX_SAFE_INTEGER),
  };
}

export function sidesOf(match: Match): QueueRequest[] {
  return match.opponent === null ? [match.seeker] : [match.seeker, match.opponent];
}

/** Empty if every character is in one place at most and every pending match has its own sides seated. */
export function violationsIn(snapshot: ArenaSnapshot): string[] {
  const { queued, waiting, seats, pending } = snapshot;
  const violations: string[] = [];
  for (const charId of seats.keys()) {
    if (waiting.has(charId)) violations.push(`${charId} waits and is seated`);
    if (queued.has(charId)) violations.push(`${charId} is seated and has a queue entry`);
  }
  for (const charId of waiting) {
    if (!queued.has(charId)) violations.push(`${charId} waits without a queue entry`);
  }
  for (const match of pending) {
    for (const { charId } of sidesOf(match)) {
      if (seats.get(charId) !== match.id) violations.push(`${charId} has no seat in ${match.id}`);
    }
  }
  const sizes = new Map<string, number>();
  for (const id of seats.values()) sizes.set(id, (sizes.get(id) ?? 0) + 1);
  for (const [id, size] of sizes) if (size > 2) violations.push(`${size} are seated in ${id}`);
  return violations;
}
