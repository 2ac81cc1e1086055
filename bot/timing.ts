import { performance } from 'node:perf_hooks';
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
    new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', end);
        resolve();
      };
      const timer = setTimeout(end, ms);
      if (signal?.aborted === true) end();
      else signal?.addEventListener('abort', end);
    }),
};

/** Ends a wait. Without a reason each abort makes an error with its stack, several for each tap. */
export function endWait(controller: AbortController): void {
  controller.abort('ended');
}
