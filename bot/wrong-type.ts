import type { Log } from '../domains/core/log.ts';
import { LogOnce } from '../domains/core/log-once.ts';

/** A command that met a value of another type than ours, and the keys that it names. */
export interface WrongType {
  readonly keys: readonly string[];
  readonly command: string;
  readonly cure: string;
}

/**
 * Logs a wrong type once, although every tap meets it. A script names several keys, and one of them is
 * the wrong one: a command that shares a key with one that was logged is not logged again.
 */
export function wrongTypeLogger(log: Log): (wrong: WrongType) => void {
  const told = new LogOnce();
  return ({ keys, command, cure }) => {
    const names = keys.length === 0 ? [command] : keys;
    const areNew = names.map((name) => told.isFirst(name));
    const [key, ...more] = keys;
    const where = more.length === 0 ? { key } : { keys };
    if (!areNew.includes(false)) log.error({ ...where, command, cure }, 'wrong type in Redis');
  };
}
