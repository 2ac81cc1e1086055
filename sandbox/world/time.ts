import { setTimeout as sleep } from 'node:timers/promises';

/** The clock of the sandbox, which tests replace. */
export interface Time {
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number;
  /** Resolves after `ms`, or as soon as the signal is aborted; never rejects. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
}

export const realTime: Time = {
  now: () => Date.now(),
  wait: (ms, signal) => sleep(ms, undefined, { signal }).catch(() => undefined),
};

/** The Bot API's dates are whole seconds. */
export function toSeconds(ms: number): number {
  return Math.floor(ms / 1000);
}
