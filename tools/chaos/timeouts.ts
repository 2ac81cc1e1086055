import { setTimeout as sleep } from 'node:timers/promises';

export interface Timeout {
  /** What is waited for, for the error. */
  readonly what: string;
  readonly timeoutMs: number;
  /** Added to the error: how things stand when the time is over. */
  readonly state?: () => string;
}

/** Rejects once the time is over; the work itself goes on. */
export async function withTimeout<T>(work: Promise<T>, timeout: Timeout): Promise<T> {
  const { what, timeoutMs, state } = timeout;
  const finished = new AbortController();
  const expired = sleep(timeoutMs, null, { signal: finished.signal }).then(() => {
    const details = state === undefined ? '' : `; state:\n${state()}`;
    throw new Error(`timeout after ${timeoutMs} ms: ${what}${details}`);
  });
  // The loser of the race may still reject, which must not end the process.
  expired.catch(() => undefined);
  work.catch(() => undefined);
  return Promise.race([work, expired]).finally(() => {
    finished.abort();
  });
}

export async function abortableSleep(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined);
}

const POLL_MS = 200;

/**
 * Polls until nothing has been left for `quietMs` or the time is over; answers what was left at the last poll.
 */
export async function pollUntilEmpty<T>(
  poll: () => Promise<readonly T[]>,
  timeoutMs: number,
  quietMs = 0,
): Promise<readonly T[]> {
  const deadline = performance.now() + timeoutMs;
  let emptySince: number | null = null;
  for (;;) {
    const left = await poll();
    const now = performance.now();
    emptySince = left.length === 0 ? (emptySince ?? now) : null;
    const isQuiet = emptySince !== null && now - emptySince >= quietMs;
    if (isQuiet || now > deadline) return left;
    await sleep(POLL_MS);
  }
}

/**
 * Polls until every item of the first poll has been missing at least once, or the time is over;
 * answers what was there at every poll. A violation that goes away by itself was work in progress.
 */
export async function pollForPersistent<T>(
  poll: () => Promise<readonly T[]>,
  { timeoutMs, nameOf }: { readonly timeoutMs: number; readonly nameOf: (one: T) => string },
): Promise<readonly T[]> {
  let persistent: readonly T[] | null = null;
  return pollUntilEmpty(async () => {
    const now = await poll();
    const names = new Set(now.map(nameOf));
    persistent = (persistent ?? now).filter((one) => names.has(nameOf(one)));
    return persistent;
  }, timeoutMs);
}
