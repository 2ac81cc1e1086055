import { performance } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';
import type { Wait } from '../domains/core/wait.ts';

/** How the bot measures and waits; tests pass a faster one. */
export interface Timing {
  /** Monotonic milliseconds. */
  now(): number;
  readonly wait: Wait;
}

export const systemTiming: Timing = {
  now: () => performance.now(),
  wait: (ms, signal) =>
    setTimeout(ms, undefined, signal === undefined ? {} : { signal }).catch(() => undefined),
};
