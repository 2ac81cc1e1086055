import { z } from 'zod';
import { prefixOf } from '../key-prefix.ts';
import type { RedisClient } from '../redis-client.ts';
import { type JsonSwap, swapJson } from '../scripts/swap-json.ts';
import { CompareAndSwap } from './compare-and-swap.ts';
import { namesOf, parentOf } from './definite-path.ts';
import { decode, encode } from './document-text.ts';
import type { Documents, Path, Reading, Snapshot, WriteReply } from './documents.ts';
import { isReplyError } from './reply-error.ts';

/** The types of Redis itself, which JSON commands refuse. */
const plainTypes = new Set(['string', 'hash', 'list', 'set', 'zset', 'stream']);

const textReply = z.string().nullable();

/**
 * Documents in the JSON module of Redis Stack, Redis 8 or Valkey. Their error texts differ, so an error is
 * explained by the type of the key instead of its text.
 */
export class JsonModuleDocuments implements Documents {
  readonly #client: RedisClient;
  readonly #compareAndSwap = new CompareAndSwap();

  constructor(client: RedisClient) {
    this.#client = client;
  }

  async set(key: string, path: Path, value: unknown): Promise<WriteReply> {
    namesOf(path);
    const text = encode(value);
    try {
      const reply = await this.#call('JSON.SET', key, path, text);
      return reply === null ? 'no_parent' : 'written';
    } catch (error) {
      return this.#whyNotWritten(key, path, error);
    }
  }

  async create(key: string, value: unknown): Promise<'created' | 'exists'> {
    try {
      const reply = await this.#call('JSON.SET', key, '$', encode(value), 'NX');
      return reply === null ? 'exists' : 'created';
    } catch (error) {
      if ((await this.#plainTypeAfter(key, error)) === 'none') throw error;
      return 'exists';
    }
  }

  async get(key: string, path: Path): Promise<Reading> {
    const { reading } = await this.#read(key, path);
    return reading;
  }

  async change(key: string, path: Path, decide: (value: unknown) => unknown): Promise<Reading> {
    return this.#compareAndSwap.run(key, async (): Promise<{ reply: Reading } | null> => {
      const { reading, text: expected } = await this.#read(key, path);
      if (reading.kind !== 'value') return { reply: reading };
      const text = encode(decide(reading.value));
      if (!(await this.#swap({ key, path, expected, text }))) return null;
      return { reply: { kind: 'value', value: JSON.parse(text) as unknown } };
    });
  }

  async snapshot(key: string): Promise<Snapshot> {
    const { reading, text } = await this.#read(key, '$');
    return reading.kind === 'value' ? { ...reading, stamp: text } : reading;
  }

  async delIfUnchanged(key: string, stamp: string): Promise<boolean> {
    return this.#swap({ key, path: '$', expected: stamp, text: null });
  }

  #call(command: string, key: string, ...rest: string[]): Promise<unknown> {
    return this.#client.call(command, prefixOf(this.#client) + key, ...rest);
  }

  /** False also if the key has another type by now. */
  async #swap(swap: JsonSwap): Promise<boolean> {
    try {
      return await swapJson(this.#client, swap);
    } catch (error) {
      await this.#plainTypeAfter(swap.key, error);
      return false;
    }
  }

  async #read(key: string, path: Path): Promise<{ reading: Reading; text: string }> {
    namesOf(path);
    try {
      const text = textReply.parse(await this.#call('JSON.GET', key, path));
      return { reading: readingOf(text), text: text ?? '' };
    } catch (error) {
      const type = await this.#plainTypeAfter(key, error);
      if (type === 'none') return { reading: { kind: 'no_key' }, text: '' };
      return { reading: { kind: 'unreadable', cause: `a ${type}` }, text: '' };
    }
  }

  async #whyNotWritten(key: string, path: Path, error: unknown): Promise<WriteReply> {
    const parent = parentOf(path);
    const type = await this.#typeAfter(key, error);
    if (plainTypes.has(type)) return 'wrong_type';
    if (parent === null) throw error;
    if (type === 'none') return 'no_key';
    const above = await this.get(key, parent);
    if (above.kind === 'value' && isObject(above.value)) throw error;
    return 'no_parent';
  }

  /** The type of the key if it explains the error; rethrows the error otherwise. */
  async #plainTypeAfter(key: string, error: unknown): Promise<string> {
    const type = await this.#typeAfter(key, error);
    if (type === 'none' || plainTypes.has(type)) return type;
    throw error;
  }

  async #typeAfter(key: string, error: unknown): Promise<string> {
    if (!isReplyError(error)) throw error;
    return this.#client.type(key);
  }
}

/** For a path with `$`, JSON.GET replies an array of matches: none or one, as the path is definite. */
function readingOf(reply: string | null): Reading {
  if (reply === null) return { kind: 'no_key' };
  const decoded = decode(reply);
  if (decoded.kind === 'broken' || !Array.isArray(decoded.value)) {
    return { kind: 'unreadable', cause: 'no JSON' };
  }
  const matches: unknown[] = decoded.value;
  return matches.length === 0 ? { kind: 'no_path' } : { kind: 'value', value: matches[0] };
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
