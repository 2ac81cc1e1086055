import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import {
  type EndedSearch,
  type SearchLog,
  endedSearchSchema,
  searchLogMs,
} from '../../domains/arena/search-forecast.ts';
import type { Log } from '../../domains/core/log.ts';
import type { Mode } from '../../domains/core/mode.ts';
import { execReplies } from '../exec-replies.ts';
import { keys, keyTable } from '../keys.ts';
import type { RedisClient } from '../redis-client.ts';
import { readStoredJson } from './stored-json.ts';

/** The latest so many searches are kept. */
const LIMIT = 500;
const EXPIRED_LIMIT = 10_000;
const membersReply = z.array(z.string());
/** Searches that ended a short time ago, with no word of who searched. */
export class SearchesManager implements SearchLog {
  readonly #client: RedisClient;
  readonly #log: Log;

  constructor({ client, log }: { readonly client: RedisClient; readonly log: Log }) {
    this.#client = client;
    this.#log = log;
  }

  async add(mode: Mode, search: EndedSearch, atMs: number): Promise<void> {
    const key = keys.searches(mode);
    const batch = this.#client
      .pipeline()
      .zadd(key, atMs, JSON.stringify(search))
      .zremrangebyrank(key, 0, -1 - LIMIT)
      .expire(key, keyTable.searches.lifeS);
    await execReplies(batch);
  }

  async addExpired(atMs: number): Promise<void> {
    const key = keys.expired();
    const batch = this.#client
      .pipeline()
      .zadd(key, atMs, randomUUID())
      .zremrangebyrank(key, 0, -1 - EXPIRED_LIMIT)
      .expire(key, keyTable.expired.lifeS);
    await execReplies(batch);
  }

  async countExpired(sinceMs: number): Promise<number> {
    return this.#client.zcount(keys.expired(), sinceMs, '+inf');
  }

  async latest(mode: Mode, nowMs: number): Promise<EndedSearch[]> {
    const key = keys.searches(mode);
    const found = await this.#client.zrangebyscore(key, nowMs - searchLogMs, '+inf');
    const read = (text: string) =>
      readStoredJson({ key, text, schema: endedSearchSchema, log: this.#log });
    return membersReply.parse(found).flatMap((member) => read(member) ?? []);
  }
}
