import type { Log } from '../../domains/core/log.ts';
import type { Metrics } from '../../domains/core/metrics.ts';

/** Messages that contain values would make a series each; the first ones are the usual ones. */
const MAX_EVENTS = 200;

/** A counter beside every warning and error. */
export function countLogEvents(log: Log, metrics: Metrics): Log {
  const known = new Set<string>();
  const counted =
    (level: 'warn' | 'error'): Log['error'] =>
    (facts, message) => {
      if (known.size < MAX_EVENTS) known.add(message);
      const event = known.has(message) ? message : 'other';
      metrics.count('log_events_total', { level, event });
      log[level](facts, message);
    };
  return {
    debug: (facts, message) => {
      log.debug(facts, message);
    },
    info: (facts, message) => {
      log.info(facts, message);
    },
    warn: counted('warn'),
    error: counted('error'),
  };
}
