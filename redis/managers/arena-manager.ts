import type { RedisClient } from '../redis-client.ts';
import { z } from 'zod';
import type {
  Admission,
  AdmissionFailure,
  AdmissionReply,
  ArenaStore,
  Arrival,
  CandidateRange,
  ClaimReply,
  EnqueueReply,
  LeaveReply,
  Match,
  Place,
  QueueRequest,
  Sight,
  Surveyed,
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
import { ArenaDoor } from './arena-door.ts';
import { CardKeeper } from './card-keeper.ts';
import { matchSchemaOf, requestFields } from './arena-records.ts';
import { readStored } from './stored-json.ts';
import { WaitingReader, idsOf } from './waiting-reader.ts';

export interface ArenaManagerDeps {
  readonly client: RedisClient;
  readonly clock: Clock;
  readonly log: Log;
  /** Life of a request in seconds. */
  readonly requestTtlS?: number;
}

const textReply = z.string().nullable();

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
  readonly #reader: WaitingReader;
  readonly #cards: CardKeeper;
  readonly #door: ArenaDoor;

  constructor({ client, clock, log, requestTtlS = keyTable.request.lifeS }: ArenaManagerDeps) {
    this.#client = client;
    this.#clock = clock;
    this.#log = log;
    this.#requestTtlMs = requestTtlS * 1_000;
    this.#cards = new CardKeeper(client, log);
    this.#reader = new WaitingReader({ client, clock, log, requestTtlMs: this.#requestTtlMs });
    this.#door = new ArenaDoor({ client, log, reader: this.#reader });
  }

  async addToQueue(charId: number, mode: Mode, gs: number): Promise<void> {
    await this.#client.zadd(keys.queue(mode), gs, charId);
  }

  async removeFromQueue(charId: number, mode: Mode): Promise<boolean> {
    const isTaken = (await this.#client.zrem(keys.queue(mode), charId)) === 1;
    if (isTaken) await this.#cards.forget(charId);
    return isTaken;
  }

  async getCandidates(
    mode: Mode,
    range: CandidateRange,
  ): Promise<{ charId: number; gs: number }[]> {
    return this.#reader.candidates(mode, range);
  }

  async getScore(charId: number, mode: Mode): Promise<number | null> {
    const score = await this.#client.zscore(keys.queue(mode), String(charId));
    return score === null ? null : Number(score);
  }

  /** With its entry in the list of who waits since when, by which expired requests are found. */
  async createRequest(request: QueueRequest): Promise<void> {
    const { charId, mode, startTimeMs } = request;
    const key = keys.request(charId);
    await this.#cards.forget(charId);
    await execReplies(
      this.#client
        .multi()
        .hset(key, requestFields(request))
        .pexpire(key, this.#requestTtlMs)
        .zadd(keys.since(mode), startTimeMs, charId),
    );
  }

  async getRequest(charId: number): Promise<QueueRequest | null> {
    return this.#reader.requestFrom(charId, await this.#client.hgetall(keys.request(charId)));
  }

  async deleteRequest(charId: number): Promise<void> {
    await this.#cards.forget(charId);
    const batch = this.#client.multi().del(keys.request(charId));
    for (const mode of modes) batch.zrem(keys.since(mode), charId);
    await execReplies(batch);
  }

  async enqueue(request: QueueRequest): Promise<EnqueueReply> {
    return enqueue(this.#client, request, { requestTtlMs: this.#requestTtlMs });
  }

  async survey(mode: Mode, arrivals: readonly Arrival[]): Promise<Surveyed[]> {
    return this.#door.survey(mode, arrivals);
  }

  async letIn(
    mode: Mode,
    admissions: readonly Admission[],
    nowMs: number,
  ): Promise<(AdmissionReply | AdmissionFailure)[]> {
    return this.#door.letIn({ mode, nowMs, requestTtlMs: this.#requestTtlMs }, admissions);
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
    const request = this.#reader.requestFrom(charId, hash);
    return request === null ? { kind: 'nowhere' } : { kind: 'waiting', request };
  }

  async getWaiting(charIds: readonly number[]): Promise<Waiting[]> {
    return this.#reader.waiting(charIds);
  }

  async look(mode: Mode, range: CandidateRange): Promise<Sight> {
    return this.#reader.look(mode, range);
  }

  async getOldest(mode: Mode, limit: number): Promise<Waiting[]> {
    return this.#reader.oldest(mode, limit);
  }

  async dropExpired(mode: Mode, nowMs: number): Promise<number[]> {
    const time = { nowMs, requestTtlMs: this.#requestTtlMs };
    const suspects = await this.#suspects(mode, time);
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
  async #suspects(mode: Mode, time: { nowMs: number; requestTtlMs: number }): Promise<number[]> {
    const [queue, since] = [keys.queue(mode), keys.since(mode)];
    const batch = this.#client
      .multi()
      .zrangebyscore(since, '-inf', time.nowMs - time.requestTtlMs)
      .zcard(queue)
      .zcard(since)
      .zcard(keys.line(mode))
      .hlen(keys.cards(mode));
    const [over, entries, waits, line, cards] = await execReplies(batch);
    const ids = idsOf(over);
    const isInStep = [waits, line, cards].every((count) => count === entries);
    if (!isInStep) await this.#cards.mend(mode, time);
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
}

function isEmpty(hash: Readonly<Record<string, string>>): boolean {
  return Object.keys(hash).length === 0;
}
