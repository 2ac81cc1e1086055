import { performance } from 'node:perf_hooks';
import { type Timing, systemTiming } from '../../bot/timing.ts';

/** Real time sped up: a wait of one second takes `1 / speedUp` s. */
export function quickTiming(speedUp = 20): Timing {
  return {
    now: () => performance.now() * speedUp,
    wait: (ms, signal) => systemTiming.wait(ms / speedUp, signal),
  };
}
