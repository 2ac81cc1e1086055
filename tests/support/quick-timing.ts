import { performance } from 'node:perf_hooks';
import { type Timing, systemTiming } from '../../bot/timing.ts';

/** Real time, so many times as fast: what waits a second in the world waits `1 / pace` s here. */
export function quickTiming(pace = 20): Timing {
  return {
    now: () => performance.now() * pace,
    wait: (ms, signal) => systemTiming.wait(ms / pace, signal),
  };
}
