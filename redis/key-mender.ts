import type { RedisClient } from './redis-client.ts';
import type { Log } from '../domains/core/log.ts';
import { modeSchema } from '../domains/core/mode.ts';
import { Complaints } from './complaints.ts';
import { type KeyName, type KeyRow, keyTable, keys, rowOf } from './keys.ts';
import { scanKeys } from './scan-keys.ts';
import { giveWay } from './scripts/give-way.ts';
import { restoreWait } from './scripts/restore-wait.ts';

export interface FailedCommand {
  readonly error: unknown;
  readonly args: readonly unknown[];
  readonly send: () => unknown;
}

/** The lists of who waits; what is lost of one, the requests say. */
const waits: readonly KeyName[] = ['queue', 'since', 'cards', 'line'];
/** What all players share: its loss is more than one player's, and is made good at once. */
const shared = new Set<KeyName>([...waits, 'matches', 'deadlines']);

/**
 * Makes foreign values give way where our keys belong. Caches and memos are made again by whoever
 * misses them; the lists that all share are made again here, from what they list.
 */
export class KeyMender {
  readonly #client: RedisClient;
  readonly #log: Log;
  readonly #complaints = new Complaints();

  /** `client` mends in turn what it meets. */
  constructor(client: RedisClient, log: Log) {
    this.#client = client;
    this.#log = log;
  }

  /** Sends a command again if what stopped it could be mended; raises its error otherwise. */
  async retry({ error, args, send }: FailedCommand): Promise<unknown> {
    if (!(await this.mends(error, args))) throw error;
    return send();
  }

  /** Whether a key among the arguments held another type than it should, and gave way. */
  async mends(error: unknown, args: readonly unknown[]): Promise<boolean> {
    if (!isWrongType(error)) return false;
    let mended = false;
    for (const key of new Set(args.flat().filter((arg) => typeof arg === 'string'))) {
      const name = rowOf(key);
      if (name !== null && (await this.#mend(key, name))) mended = true;
    }
    return mended;
  }

  async #mend(key: string, name: KeyName): Promise<boolean> {
    const { type }: KeyRow = keyTable[name];
    // What stands in a session's place is looked after where sessions are read and made.
    if (type === 'document') return false;
    if ((await giveWay(this.#client, key, type)) !== 'gave_way') return false;
    if (this.#complaints.isNew(key)) {
      const level = shared.has(name) || name === 'battle' ? 'error' : 'warn';
      this.#log[level]({ key, type }, 'a foreign value stood in the place of a key and gave way');
    }
    await this.#makeAgain(key, name);
    return true;
  }

  async #makeAgain(key: string, name: KeyName): Promise<void> {
    if (waits.includes(name)) await this.#waits(idIn(key));
    if (name === 'matches') await this.#list('match', keys.matches());
    if (name === 'deadlines') await this.#list('battle', keys.deadlines());
  }

  async #waits(mode: string): Promise<void> {
    for await (const requests of scanKeys(this.#client, 'request')) {
      for (const request of requests) {
        await restoreWait(this.#client, Number(idIn(request)), modeSchema.parse(mode));
      }
    }
  }

  /** With the earliest time there is: both lists may be early, never late. */
  async #list(row: 'match' | 'battle', list: string): Promise<void> {
    for await (const found of scanKeys(this.#client, row)) {
      for (const key of found) await this.#client.zadd(list, 'NX', 0, idIn(key));
    }
  }
}

/** Scripts hand the error on in words of their own, older servers behind others. */
function isWrongType(error: unknown): boolean {
  return error instanceof Error && /\bWRONGTYPE\b/.test(error.message);
}

/** The value in a key of one: `1v1` of `{arena}:queue:1v1`, `m1` of `{combat:m1}:battle`. */
function idIn(key: string): string {
  return /^\{combat:(.+)\}:/.exec(key)?.[1] ?? key.slice(key.lastIndexOf(':') + 1);
}
