import { z } from 'zod';
import type { CandidateRange, QueueRequest, Waiting } from '../../domains/arena/arena-store.ts';
import type { Clock } from '../../domains/core/clock.ts';
import type { Log } from '../../domains/core/log.ts';
import type { Mode } from '../../domains/core/mode.ts';
import { execReplies } from '../exec-replies.ts';
import { keys } from '../keys.ts';
import { integerText, isId, numberText } from '../number-text.ts';
import type { RedisClient } from '../redis-client.ts';
import { requestSchemaOf } from './arena-records.ts';
import { readStored } from './stored-json.ts';

export interface WaitingReaderDeps {
  readonly client: RedisClient;
  readonly clock: Clock;
  readonly log: Log;
  readonly requestTtlMs: number;
}

const hashReply = z.record(z.string(), z.string());
const membersReply = z.array(z.string());
const textOrNone = z.string().nullable();
const besideReply = z.tuple([textOrNone, textOrNone]);

/** Reads waiting characters: their ids from the queue, the rest from their requests. */
export class WaitingReader {
  readonly #deps: WaitingReaderDeps;

  constructor(deps: WaitingReaderDeps) {
    this.#deps = deps;
  }

  /** Null for a request that has expired by the clock, even if Redis still stores it. */
  requestFrom(charId: number, reply: unknown): QueueRequest | null {
    const { clock, log, requestTtlMs } = this.#deps;
    const value = hashReply.parse(reply);
    if (Object.keys(value).length === 0) return null;
    const schema = requestSchemaOf(charId);
    const request = readStored({ key: keys.request(charId), value, schema, log });
    const isAlive = request !== null && request.startTimeMs + requestTtlMs > clock.now();
    return isAlive ? request : null;
  }

  async waiting(charIds: readonly number[]): Promise<Waiting[]> {
    if (charIds.length === 0) return [];
    const batch = this.#deps.client.pipeline();
    for (const id of charIds)
      batch.hgetall(keys.request(id)).mget(keys.lastOpponent(id), keys.blocked(id));
    const replies = await execReplies(batch);
    return charIds.flatMap((charId, index) => {
      const request = this.requestFrom(charId, replies[2 * index]);
      if (request === null) return [];
      const [last, blocked] = besideReply.parse(replies[2 * index + 1]);
      const lastOpponentId = this.#opponentFrom(charId, last);
      return [{ ...request, lastOpponentId, blockedUserIds: blockedIn(blocked) }];
    });
  }

  async oldest(mode: Mode, limit: number): Promise<Waiting[]> {
    if (limit < 1) return [];
    const ids = idsOf(await this.#deps.client.zrange(keys.since(mode), 0, limit - 1));
    return (await this.waiting(ids)).filter((one: { readonly mode: string }) => one.mode === mode);
  }

  async candidates(mode: Mode, range: CandidateRange): Promise<{ charId: number; gs: number }[]> {
    const { minGs, maxGs, aroundGs, limit } = range;
    const key = keys.queue(mode);
    // Whole numbers as bounds, since the in-process Redis parses no others. The filter is exact.
    const middle = Math.floor(aroundGs);
    const batch = this.#deps.client
      .pipeline()
      .zrangebyscore(key, middle, Math.ceil(maxGs), 'WITHSCORES', 'LIMIT', 0, limit)
      .zrevrangebyscore(key, `(${middle}`, Math.floor(minGs), 'WITHSCORES', 'LIMIT', 0, limit);
    const distance = (one: { gs: number }) => Math.abs(one.gs - aroundGs);
    return (await execReplies(batch))
      .flatMap(entriesOf)
      .filter(({ gs }) => gs >= minGs && gs <= maxGs)
      .sort((a, b) => distance(a) - distance(b) || a.charId - b.charId)
      .slice(0, limit);
  }

  #opponentFrom(charId: number, value: unknown): number | null {
    if (value === null) return null;
    const key = keys.lastOpponent(charId);
    return readStored({ key, value, schema: integerText, log: this.#deps.log });
  }
}

function blockedIn(users: string | null): number[] {
  return idsOf((users ?? '').split(',').filter((id) => id !== ''));
}

function entriesOf(reply: unknown): { charId: number; gs: number }[] {
  const flat = membersReply.parse(reply);
  return flat.flatMap((member, index) => {
    if (index % 2 === 1) return [];
    const [charId] = idsOf([member]);
    const score = numberText.safeParse(flat[index + 1]);
    return charId !== undefined && score.success ? [{ charId, gs: score.data }] : [];
  });
}

/** Skips members that are not ids: a value of another program must not prevent matches. */
export function idsOf(reply: unknown): number[] {
  return membersReply.parse(reply).filter(isId).map(Number);
}
