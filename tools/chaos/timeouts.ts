import { setTimeout as sleep } from 'node:timers/promises';

/** What is waited for, and how long at most; `state` tells how things are when it is too late. */
export interface Timeout {
  readonly what: string;
  readonly withinMs: number;
  readonly state?: () => string;
}

/** Nothing here is waited for without an end: too late is an error that says for what. */
export async function withTimeout<T>(
  work: Promise<T>,
  { what, withinMs, state }: Timeout,
): Promise<T> {
  const late = new AbortController();
  const tooLate = sleep(withinMs, null, { signal: late.signal }).then(() => {
    const how = state === undefined ? '' : `; meanwhile\n${state()}`;
    throw new Error(`${withinMs} ms passed before ${what}${how}`);
  });
  // Whichever loses has nobody who listens.
  tooLate.catch(() => undefined);
  work.catch(() => undefined);
  return Promise.race([work, tooLate]).finally(() => {
    late.abort();
  });
}

/** Waits, but not beyond the signal. */
export async function abortableSleep(ms: number, over: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal: over }).catch(() => undefined);
}

export interface PollResult<T> {
  readonly found: readonly T[];
  readonly afterMs: number;
}

const AGAIN_MS = 200;

/** Looks, at most for so long, until there is nothing at all. */
export async function pollUntilEmpty<T>(
  look: () => Promise<readonly T[]>,
  withinMs: number,
): Promise<PollResult<T>> {
  const startedAt = performance.now();
  for (;;) {
    const found = await look();
    const afterMs = Math.round(performance.now() - startedAt);
    if (found.length === 0 || afterMs > withinMs) return { found, afterMs };
    await sleep(AGAIN_MS);
  }
}

/**
 * Looks again and again, at most for so long, until nothing of what the first look found has been
 * there all the time: what is under way while one looks is no fault.
 */
export async function pollForPersistent<T>(
  look: () => Promise<readonly T[]>,
  { withinMs, nameOf }: { readonly withinMs: number; readonly nameOf: (one: T) => string },
): Promise<PollResult<T>> {
  let repositories: readonly T[] | null = null;
  return pollUntilEmpty(async () => {
    const now = await look();
    const names = new Set(now.map(nameOf));
    repositories = (repositories ?? now).filter((one) => names.has(nameOf(one)));
    return repositories;
  }, withinMs);
}
