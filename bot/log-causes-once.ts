import { LRUCache } from 'lru-cache';
import type { Log } from '../domains/core/log.ts';
import type { Timing } from './timing.ts';

/** A cause that has not occurred for so long is logged again. */
const FORGET_MS = 60_000;
const MAX_CAUSES = 1_000;

/**
 * Logs one line for all items that fail by one cause, for as long as they do: a store that fails would
 * fill the log with a line per item and second.
 */
export function logCausesOnce(log: Log, timing: Pick<Timing, 'now'>): Log {
  const lastMs = new LRUCache<string, number>({ max: MAX_CAUSES });
  const isFirst = (err: unknown, message: string) => {
    const cause = `${message} ${causeOf(err)}`;
    const sinceMs = timing.now() - (lastMs.get(cause) ?? -Infinity);
    lastMs.set(cause, timing.now());
    return sinceMs > FORGET_MS;
  };
  const once =
    (level: 'warn' | 'error'): Log['error'] =>
    (facts, message) => {
      if (facts['err'] === undefined || isFirst(facts['err'], message)) log[level](facts, message);
    };
  return {
    info: (facts, message) => {
      log.info(facts, message);
    },
    warn: once('warn'),
    error: once('error'),
  };
}

/** The error without what looks like an id: each item would be a cause of its own. */
function causeOf(err: unknown): string {
  return String(err).replace(/\b(?=\w*\d)\w+/g, '#');
}
