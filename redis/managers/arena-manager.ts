import type { RedisClient } from '../redis-client.ts';
import { z } from 'zod';
import type {
  ArenaStore,
  CandidateRange,
  ClaimReply,
  EnqueueReply,
  LeaveReply,
  Match,
  Place,
  QueueRequest,
  Waiting,
} from '../../domains/arena/arena-store.ts';
import type { Clock } from '../../domains/core/clock.ts';
import type { Log } from '../../domains/core/log.ts';
import { type Mode, modes } from '../../domains/core/mode.ts';
import { execReplies } from '../exec-replies.ts';
import { keys, keyTable } from '../keys.ts';
import { scanKeys } from '../scan-keys.ts';
import { claimMatch } from '../scripts/claim-match.ts';
import { dropExpired } from '../scripts/drop-expired.ts';
import { enqueue } from '../scripts/enqueue.ts';
import { freeSeat } from '../scripts/free-seat.ts';
import { leaveQueue } from '../scripts/leave-queue.ts';
import { returnMatch } from '../scripts/return-match.ts';
import { settleMatch } from '../scripts/settle-match.ts';
import { matchSchemaOf, requestFields, requestSchemaOf } from './arena-records.ts';
import { integerText, numberText } from './number-text.ts';
import { readStored } from './stored-json.ts';

export interface ArenaManagerDeps {
  readonly client: RedisClient;
  readonly clock: Clock;
  readonly log: Log;
  /** Life of a request in seconds. */
  readonly requestTtlS?: number;
}

const hashReply = z.record(z.string(), z.string());
const textReply = z.string().nullable();
/** Members and scores by turns. */
const membersReply = z.array(z.string());

/**
 * Queues, requests, matches and seats of the arena. What must hold together is granted by one
 * script; a request is over at `start_time + requestTtlS` by the clock handed in, whether or not
 * Redis has dropped it yet.
 */
export class ArenaManager implements ArenaStore {
  readonly #client: RedisClient;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #requestTtlMs: number;

  constructor({ client, clock, log, requestTtlS = keyTable.request.lifeS }: ArenaManagerDeps) {
    this.#client = client;
    this.#clock = clock;
    this.#log = log;
    this.#requestTtlMs = requestTtlS * 1_000;
  }

  async addToQueue(charId: number, mode: Mode, gs: number): Promise<void> {
    await this.#client.zadd(keys.queue(mode), gs, charId);
  }

  async removeFromQueue(charId: number, mode: Mode): Promise<boolean> {
    return (await this.#client.zrem(keys.queue(mode), charId)) === 1;
  }

  async getCandidates(
    mode: Mode,
    range: CandidateRange,
  ): Promise<{ charId: number; gs: number }[]> {
    const { minGs, maxGs, aroundGs, limit } = range;
    const queue = keys.queue(mode);
    // Whole numbers as bounds, outward: the stand-in reads no others. What is too far falls below.
    const middle = Math.floor(aroundGs);
    const [up, down] = await execReplies(
      this.#client
        .pipeline()
        .zrangebyscore(queue, middle, Math.ceil(maxGs), 'WITHSCORES', 'LIMIT', 0, limit)
        .zrevrangebyscore(queue, `(${middle}`, Math.floor(minGs), 'WITHSCORES', 'LIMIT', 0, limit),
    );
    const distance = (one: { gs: number }) => Math.abs(one.gs - aroundGs);
    return [...candidatesOf(up), ...candidatesOf(down)]
      .filter(({ gs }) => gs >= minGs && gs <= maxGs)
      .sort((a, b) => distance(a) - distance(b) || a.charId - b.charId)
      .slice(0, limit);
  }

  async getScore(charId: number, mode: Mode): Promise<number | null> {
    const score = await this.#client.zscore(keys.queue(mode), String(charId));
    return score === null ? null : Number(score);
  }

  /** With its entry in the list of who waits since when, by which expired requests are found. */
  async createRequest(request: QueueRequest): Promise<void> {
    const { charId, mode, startTimeMs } = request;
    const key = keys.request(charId);
    await execReplies(
      this.#client
        .multi()
        .hset(key, requestFields(request))
        .pexpire(key, this.#requestTtlMs)
        .zadd(keys.since(mode), startTimeMs, charId),
    );
  }

  async getRequest(charId: number): Promise<QueueRequest | null> {
    return this.#requestFrom(charId, await this.#client.hgetall(keys.request(charId)));
  }

  async deleteRequest(charId: number): Promise<void> {
    const batch = this.#client.multi().del(keys.request(charId));
    for (const mode of modes) batch.zrem(keys.since(mode), charId);
    await execReplies(batch);
  }

  async enqueue(request: QueueRequest): Promise<EnqueueReply> {
    return enqueue(this.#client, request, { requestTtlMs: this.#requestTtlMs });
  }

  async leave(charId: number, mode: Mode): Promise<LeaveReply> {
    return leaveQueue(this.#client, charId, mode);
  }

  async claimMatch(match: Match): Promise<ClaimReply> {
    return claimMatch(this.#client, match, { requestTtlMs: this.#requestTtlMs });
  }

  /** Both keys in one transaction: read apart, a claim in between would show him nowhere. */
  async getPlace(charId: number): Promise<Place> {
    const [seat, hash] = await execReplies(
      this.#client.multi().get(keys.seat(charId)).hgetall(keys.request(charId)),
    );
    const battleId = textReply.parse(seat);
    if (battleId !== null) return { kind: 'seated', battleId };
    const request = this.#requestFrom(charId, hash);
    return request === null ? { kind: 'nowhere' } : { kind: 'waiting', request };
  }

  async getWaiting(charIds: readonly number[]): Promise<Waiting[]> {
    if (charIds.length === 0) return [];
    const batch = this.#client.pipeline();
    for (const id of charIds) batch.hgetall(keys.request(id)).get(keys.lastOpponent(id));
    const replies = await execReplies(batch);
    return charIds.flatMap((charId, index) => {
      const request = this.#requestFrom(charId, replies[2 * index]);
      if (request === null) return [];
      return [{ ...request, lastOpponentId: this.#opponentFrom(charId, replies[2 * index + 1]) }];
    });
  }

  async getOldest(mode: Mode, limit: number): Promise<Waiting[]> {
    if (limit < 1) return [];
    const ids = idsOf(await this.#client.zrange(keys.since(mode), 0, limit - 1));
    const waiting = await this.getWaiting(ids);
    const asked: string = mode;
    return waiting.filter((one) => one.mode === asked);
  }

  async dropExpired(mode: Mode, nowMs: number): Promise<number[]> {
    const suspects = await this.#suspects(mode, nowMs);
    const time = { nowMs, requestTtlMs: this.#requestTtlMs };
    const replies = await Promise.all(
      suspects.map((charId) => dropExpired(this.#client, { charId, mode }, time)),
    );
    return suspects.filter((_, index) => replies[index] === 'dropped');
  }

  async queueSize(mode: Mode): Promise<number> {
    return this.#client.zcard(keys.queue(mode));
  }

  async getPendingMatches(claimedBeforeMs: number): Promise<Match[]> {
    const ids = await this.#client.zrangebyscore(keys.matches(), '-inf', claimedBeforeMs);
    const matches = await Promise.all(ids.map((id) => this.#pendingMatch(id)));
    return matches.filter((match) => match !== null);
  }

  async dropUnreadableMatches(claimedBeforeMs: number): Promise<string[]> {
    const ids = await this.#client.zrangebyscore(keys.matches(), '-inf', claimedBeforeMs);
    const dropped: string[] = [];
    for (const id of ids) {
      const hash = await this.#client.hgetall(keys.match(id));
      if (isEmpty(hash) || this.#matchFrom(id, hash) !== null) continue;
      await settleMatch(this.#client, id);
      dropped.push(id);
    }
    return dropped;
  }

  async isPending(matchId: string): Promise<boolean> {
    return (await this.#client.zscore(keys.matches(), matchId)) !== null;
  }

  async getSeated(battleId: string): Promise<number[]> {
    const seated = new Set<string>();
    for await (const seats of scanKeys(this.#client, 'seat')) {
      const held = await this.#client.mget(seats);
      const mine = seats.filter((_, index) => held[index] === battleId);
      for (const key of mine) seated.add(key.slice(key.lastIndexOf(':') + 1));
    }
    return idsOf([...seated]).toSorted((one, other) => one - other);
  }

  async settleMatch(matchId: string): Promise<void> {
    await settleMatch(this.#client, matchId);
  }

  async returnMatch(match: Match, keep: readonly number[]): Promise<void> {
    const nowMs = this.#clock.now();
    await returnMatch(this.#client, match, ({ charId, startTimeMs }) =>
      keep.includes(charId) ? Math.max(0, startTimeMs + this.#requestTtlMs - nowMs) : 0,
    );
  }

  async freeSeat(charId: number, battleId: string): Promise<boolean> {
    return (await freeSeat(this.#client, charId, battleId)) === 'freed';
  }

  /**
   * Whose wait began too long ago, and, where the queue is longer than the list of waits, entries
   * that no wait belongs to.
   */
  async #suspects(mode: Mode, nowMs: number): Promise<number[]> {
    const [queue, since] = [keys.queue(mode), keys.since(mode)];
    const batch = this.#client
      .pipeline()
      .zrangebyscore(since, '-inf', nowMs - this.#requestTtlMs)
      .zcard(queue)
      .zcard(since);
    const [over, entries, waits] = await execReplies(batch);
    const ids = idsOf(over);
    if (Number(entries) <= Number(waits)) return ids;
    const known = new Set(idsOf(await this.#client.zrange(since, 0, -1)));
    const all = idsOf(await this.#client.zrange(queue, 0, -1));
    return [...ids, ...all.filter((id) => !known.has(id))];
  }

  /** A match that is gone by now leaves the list; what nobody can read is not a match. */
  async #pendingMatch(id: string): Promise<Match | null> {
    const hash = await this.#client.hgetall(keys.match(id));
    if (!isEmpty(hash)) return this.#matchFrom(id, hash);
    await this.#client.zrem(keys.matches(), id);
    return null;
  }

  #matchFrom(id: string, hash: Readonly<Record<string, string>>): Match | null {
    const schema = matchSchemaOf(id);
    return readStored({ key: keys.match(id), value: hash, schema, log: this.#log });
  }

  #requestFrom(charId: number, reply: unknown): QueueRequest | null {
    const hash = hashReply.parse(reply);
    if (isEmpty(hash)) return null;
    const schema = requestSchemaOf(charId);
    const key = keys.request(charId);
    const request = readStored({ key, value: hash, schema, log: this.#log });
    if (request === null) return null;
    return request.startTimeMs + this.#requestTtlMs > this.#clock.now() ? request : null;
  }

  #opponentFrom(charId: number, reply: unknown): number | null {
    if (reply === null) return null;
    const key = keys.lastOpponent(charId);
    return readStored({ key, value: reply, schema: integerText, log: this.#log });
  }
}

function candidatesOf(reply: unknown): { charId: number; gs: number }[] {
  const flat = membersReply.parse(reply);
  return flat.flatMap((member, index) => {
    const [charId] = idsOf([member]);
    const gs = numberText.safeParse(flat[index + 1]);
    return index % 2 === 0 && charId !== undefined && gs.success ? [{ charId, gs: gs.data }] : [];
  });
}

/** What is no id of a character came from elsewhere; it must not keep the others from their duel. */
function idsOf(reply: unknown): number[] {
  return membersReply.parse(reply).flatMap((member) => {
    const id = integerText.safeParse(member);
    return id.success ? [id.data] : [];
  });
}

function isEmpty(hash: Readonly<Record<string, string>>): boolean {
  return Object.keys(hash).length === 0;
}
