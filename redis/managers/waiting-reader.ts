import type { RedisClient } from '../redis-client.ts';
import { z } from 'zod';
import type { CandidateRange, QueueRequest, Waiting } from '../../domains/arena/arena-store.ts';
import type { Clock } from '../../domains/core/clock.ts';
import type { Log } from '../../domains/core/log.ts';
import type { Mode } from '../../domains/core/mode.ts';
import { execReplies } from '../exec-replies.ts';
import { keys } from '../keys.ts';
import { requestSchemaOf } from './arena-records.ts';
import { integerText, isId, numberText } from '../number-text.ts';
import { readStored } from './stored-json.ts';

export interface WaitingReaderDeps {
  readonly client: RedisClient;
  readonly clock: Clock;
  readonly log: Log;
  readonly requestTtlMs: number;
}

const hashReply = z.record(z.string(), z.string());
/** Members, or members and scores by turns. */
const membersReply = z.array(z.string());

/** Reads who waits: the lists say where to look, the requests say who it is. */
export class WaitingReader {
  readonly #client: RedisClient;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #requestTtlMs: number;

  constructor({ client, clock, log, requestTtlMs }: WaitingReaderDeps) {
    this.#client = client;
    this.#clock = clock;
    this.#log = log;
    this.#requestTtlMs = requestTtlMs;
  }

  /** What is over by the clock counts as absent, whether or not Redis has dropped it yet. */
  requestFrom(charId: number, reply: unknown): QueueRequest | null {
    const hash = hashReply.parse(reply);
    if (Object.keys(hash).length === 0) return null;
    const schema = requestSchemaOf(charId);
    const key = keys.request(charId);
    const request = readStored({ key, value: hash, schema, log: this.#log });
    return request !== null && this.#lives(request) ? request : null;
  }

  async waiting(charIds: readonly number[]): Promise<Waiting[]> {
    if (charIds.length === 0) return [];
    const batch = this.#client.pipeline();
    for (const id of charIds) batch.hgetall(keys.request(id)).get(keys.lastOpponent(id));
    const replies = await execReplies(batch);
    return charIds.flatMap((charId, index) => {
      const request = this.requestFrom(charId, replies[2 * index]);
      if (request === null) return [];
      return [{ ...request, lastOpponentId: this.#opponentFrom(charId, replies[2 * index + 1]) }];
    });
  }

  async oldest(mode: Mode, limit: number): Promise<Waiting[]> {
    if (limit < 1) return [];
    const ids = idsOf(await this.#client.zrange(keys.since(mode), 0, limit - 1));
    return (await this.waiting(ids)).filter((one) => isIn(one, mode));
  }

  async candidates(mode: Mode, range: CandidateRange): Promise<{ charId: number; gs: number }[]> {
    const { minGs, maxGs, aroundGs, limit } = range;
    const [up, down] = await execReplies(bothWays(this.#client, keys.queue(mode), range));
    const distance = (one: { gs: number }) => Math.abs(one.gs - aroundGs);
    return [...entriesOf(up), ...entriesOf(down)]
      .map(({ charId, score }) => ({ charId, gs: score }))
      .filter(({ gs }) => gs >= minGs && gs <= maxGs)
      .sort((a, b) => distance(a) - distance(b) || a.charId - b.charId)
      .slice(0, limit);
  }

  #lives({ startTimeMs }: QueueRequest): boolean {
    return startTimeMs + this.#requestTtlMs > this.#clock.now();
  }

  #opponentFrom(charId: number, reply: unknown): number | null {
    if (reply === null) return null;
    const key = keys.lastOpponent(charId);
    return readStored({ key, value: reply, schema: integerText, log: this.#log });
  }
}

function isIn(one: QueueRequest, mode: string): boolean {
  return one.mode === mode;
}

/** Whole numbers as bounds, outward: the stand-in reads no others. What is too far falls later. */
function bothWays(client: RedisClient, key: string, range: CandidateRange) {
  const { minGs, maxGs, aroundGs, limit } = range;
  const middle = Math.floor(aroundGs);
  return client
    .pipeline()
    .zrangebyscore(key, middle, Math.ceil(maxGs), 'WITHSCORES', 'LIMIT', 0, limit)
    .zrevrangebyscore(key, `(${middle}`, Math.floor(minGs), 'WITHSCORES', 'LIMIT', 0, limit);
}

function entriesOf(reply: unknown): { charId: number; score: number }[] {
  const flat = membersReply.parse(reply);
  return flat.flatMap((member, index) => {
    if (index % 2 === 1) return [];
    const [charId] = idsOf([member]);
    const score = numberText.safeParse(flat[index + 1]);
    return charId !== undefined && score.success ? [{ charId, score: score.data }] : [];
  });
}

/** What is no id of a character came from elsewhere; it must not keep the others from their duel. */
export function idsOf(reply: unknown): number[] {
  return membersReply.parse(reply).filter(isId).map(Number);
}
