import type {
  Backlog,
  DirtyKind,
  WriteBehindQueue,
} from '../../domains/account/write-behind-queue.ts';
import type { Clock } from '../../domains/core/clock.ts';

const LEASE_MS = 30_000;

export class MemoryWriteBehindQueue implements WriteBehindQueue {
  readonly #clock: Clock;
  readonly #dirty = { session: new Map<number, number>(), user: new Map<number, number>() };
  readonly #leased = { session: new Map<number, number>(), user: new Map<number, number>() };
  readonly #seen = new Map<number, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  markDirty(kind: DirtyKind, id: number): Promise<void> {
    const dirty = this.#dirty[kind];
    if (!dirty.has(id)) dirty.set(id, this.#clock.now());
    return Promise.resolve();
  }

  leaseDirty(
    kind: DirtyKind,
    { sinceMs, limit }: { readonly sinceMs: number; readonly limit: number },
  ): Promise<number[]> {
    const [dirty, leased, now] = [this.#dirty[kind], this.#leased[kind], this.#clock.now()];
    const overdue = upTo(leased, now);
    const free = upTo(dirty, sinceMs).filter((id) => (leased.get(id) ?? now) <= now);
    const ids = [...new Set([...overdue, ...free])].slice(0, limit);
    for (const id of ids) {
      dirty.delete(id);
      leased.set(id, now + LEASE_MS);
    }
    return Promise.resolve(ids);
  }

  cancel(kind: DirtyKind, id: number): Promise<'cancelled' | 'leased'> {
    this.#dirty[kind].delete(id);
    return Promise.resolve(this.#leased[kind].has(id) ? 'leased' : 'cancelled');
  }

  acknowledge(kind: DirtyKind, ids: readonly number[]): Promise<void> {
    for (const id of ids) this.#leased[kind].delete(id);
    return Promise.resolve();
  }

  backlog(kind: DirtyKind): Promise<Backlog> {
    const dirty = this.#dirty[kind];
    const count = dirty.size + this.#leased[kind].size;
    return Promise.resolve({
      count,
      oldestMs: dirty.size === 0 ? null : Math.min(...dirty.values()),
    });
  }

  recordSeen(charId: number): Promise<void> {
    this.#seen.set(charId, this.#clock.now());
    return Promise.resolve();
  }

  seenAt(charId: number): Promise<number | null> {
    return Promise.resolve(this.#seen.get(charId) ?? null);
  }

  unseenSince(untilMs: number, limit: number): Promise<number[]> {
    return Promise.resolve(upTo(this.#seen, untilMs).slice(0, limit));
  }

  forgetSeen(charId: number): Promise<void> {
    this.#seen.delete(charId);
    return Promise.resolve();
  }
}

/** Ids with a time up to `untilMs`, the earliest first. */
function upTo(moments: ReadonlyMap<number, number>, untilMs: number): number[] {
  return [...moments]
    .filter(([, atMs]) => atMs <= untilMs)
    .toSorted(([, one], [, other]) => one - other)
    .map(([id]) => id);
}
