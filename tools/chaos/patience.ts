import { setTimeout as sleep } from 'node:timers/promises';

/** What is waited for, and how long at most; `state` tells how things are when it is too late. */
export interface Wait {
  readonly what: string;
  readonly withinMs: number;
  readonly state?: () => string;
}

/** Nothing here is waited for without an end: too late is an error that says for what. */
export async function inTime<T>(work: Promise<T>, { what, withinMs, state }: Wait): Promise<T> {
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
export async function pause(ms: number, over: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal: over }).catch(() => undefined);
}

export interface Look<T> {
  readonly found: readonly T[];
  readonly afterMs: number;
}

const AGAIN_MS = 200;

/** Looks, at most for so long, until there is nothing at all. */
export async function untilNothing<T>(
  look: () => Promise<readonly T[]>,
  withinMs: number,
): Promise<Look<T>> {
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
export async function whatLasts<T>(
  look: () => Promise<readonly T[]>,
  { withinMs, nameOf }: { readonly withinMs: number; readonly nameOf: (one: T) => string },
): Promise<Look<T>> {
  let lasting: readonly T[] | null = null;
  return untilNothing(async () => {
    const now = await look();
    const names = new Set(now.map(nameOf));
    lasting = (lasting ?? now).filter((one) => names.has(nameOf(one)));
    return lasting;
  }, withinMs);
}
