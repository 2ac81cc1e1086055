import type { RedisClient } from '../redis-client.ts';
import { swapText } from '../scripts/swap-text.ts';
import { Contest, type Round } from './contest.ts';
import { namesOf } from './definite-path.ts';
import {
  type Held,
  type Step,
  adding,
  changing,
  deleting,
  deletingIfStill,
  heldIn,
  readingOf,
  setting,
  snapshotOf,
} from './document-steps.ts';
import type {
  Documents,
  IncrementReply,
  Path,
  Reading,
  Snapshot,
  WriteReply,
} from './documents.ts';
import { isReplyError } from './reply-error.ts';

/** Strict: bytes that are no text would never compare equal to what was made of them. */
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Documents on a server without the JSON module, each a string of JSON text. What a step makes of a
 * document is decided here, by the rules of the in-process engine; a script puts it in place if
 * nobody has changed the text meanwhile. So no Lua ever reads JSON: its cjson would cut numbers to
 * 14 digits and take empty arrays for objects.
 */
export class LuaDocuments implements Documents {
  readonly #client: RedisClient;
  readonly #contest = new Contest();

  constructor(client: RedisClient) {
    this.#client = client;
  }

  async set(key: string, path: Path, value: unknown): Promise<WriteReply> {
    return this.#carryOut(key, setting(namesOf(path), value));
  }

  async get(key: string, path: Path): Promise<Reading> {
    const names = namesOf(path);
    return readingOf(await this.#load(key), names);
  }

  async del(key: string, path: Path): Promise<boolean> {
    return this.#carryOut(key, deleting(namesOf(path)));
  }

  async numIncrBy(key: string, path: Path, by: number): Promise<IncrementReply> {
    return this.#carryOut(key, adding(namesOf(path), by));
  }

  async change(key: string, path: Path, decide: (value: unknown) => unknown): Promise<Reading> {
    return this.#carryOut(key, changing(namesOf(path), decide));
  }

  async mget(keys: readonly string[], path: Path): Promise<Reading[]> {
    const names = namesOf(path);
    if (keys.length === 0) return [];
    // In a cluster they are on several servers.
    if (this.#client.isCluster) return Promise.all(keys.map((key) => this.get(key, path)));
    const texts = await this.#client.mgetBuffer(...keys);
    return texts.map((text) => readingOf(heldInBytes(text), names));
  }

  async snapshot(key: string): Promise<Snapshot> {
    return snapshotOf(await this.#load(key));
  }

  async delIfStill(key: string, stamp: string): Promise<boolean> {
    return this.#carryOut(key, deletingIfStill(stamp));
  }

  #carryOut<R>(key: string, step: Step<R>): Promise<R> {
    return this.#contest.decide(key, async (): Promise<Round<R>> => {
      const held = await this.#load(key);
      const { reply, kept } = step(held);
      const expected = held.kind === 'document' ? held.text : null;
      const isOver =
        kept === undefined || (await swapText(this.#client, { key, expected, text: kept }));
      return isOver ? { kind: 'over', reply } : { kind: 'stale' };
    });
  }

  async #load(key: string): Promise<Held> {
    try {
      return heldInBytes(await this.#client.getBuffer(key));
    } catch (error) {
      if (!isReplyError(error) || !error.message.startsWith('WRONGTYPE')) throw error;
      return { kind: 'wrong_type', cause: 'no string' };
    }
  }
}

function heldInBytes(bytes: Buffer | null): Held {
  if (bytes === null) return { kind: 'no_key' };
  try {
    return heldIn(utf8.decode(bytes));
  } catch {
    return { kind: 'wrong_type', cause: 'no text' };
  }
}
