import { LRUCache } from 'lru-cache';
import type { Log } from '../domains/core/log.ts';

/** A command that met a value of another type than ours, and the keys that it names. */
export interface WrongType {
  readonly keys: readonly string[];
  readonly command: string;
  readonly cure: string;
}

/** More keys than this, and the one that was not met for longest may be told of again. */
const REMEMBERED = 1_000;

/**
 * Logs what is met at every tap once. A script names several keys, one of them the wrong one: what
 * has been told of one of them is taken for the same.
 */
export function wrongTypeTeller(log: Log): (wrong: WrongType) => void {
  const told = new LRUCache<string, true>({ max: REMEMBERED });
  return ({ keys, command, cure }) => {
    const names = keys.length === 0 ? [command] : keys;
    const isNew = names.filter((name) => told.get(name) === true).length === 0;
    for (const name of names) told.set(name, true);
    const [key, ...more] = keys;
    const where = more.length === 0 ? { key } : { keys };
    if (isNew) log.error({ ...where, command, cure }, 'wrong type in Redis');
  };
}
