import type {
  ArenaStore,
  CandidateRange,
  ClaimReply,
  CancelledMatch,
  JoinTerms,
  JoinedQueue,
  LeaveReply,
  Match,
  Place,
  QueueRequest,
  SoloMatch,
  TrainingReply,
  Waiting,
} from '../../domains/arena/arena-store.ts';
import type { Clock } from '../../domains/core/clock.ts';
import type { Log } from '../../domains/core/log.ts';
import type { Mode } from '../../domains/core/mode.ts';
import { execReplies } from '../exec-replies.ts';
import { keys, keyTable } from '../keys.ts';
import type { RedisClient } from '../redis-client.ts';
import { claimMatch } from '../scripts/claim-match.ts';
import { claimTraining } from '../scripts/claim-training.ts';
import { dropExpired } from '../scripts/drop-expired.ts';
import { freeSeat } from '../scripts/free-seat.ts';
import { getPlace } from '../scripts/get-place.ts';
import { joinQueue } from '../scripts/join-queue.ts';
import { leaveQueue } from '../scripts/leave-queue.ts';
import { restoreRequest } from '../scripts/restore-request.ts';
import { deleteMatch } from '../scripts/delete-match.ts';
import { matchSchemaOf } from './arena-records.ts';
import { readStored } from './stored-json.ts';
import { WaitingReader, idsOf } from './waiting-reader.ts';

export interface ArenaManagerDeps {
  readonly client: RedisClient;
  readonly clock: Clock;
  readonly log: Log;
  readonly requestTtlS?: number;
}

/**
 * Queues, requests, matches and seats of the arena. A script makes each change of several keys atomic.
 * A request expires at `start_time + requestTtlS` by the clock given, whether or not Redis still stores it.
 */
export class ArenaManager implements ArenaStore {
  readonly #client: RedisClient;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #requestTtlMs: number;
  readonly #reader: WaitingReader;

  constructor({ client, clock, log, requestTtlS = keyTable.request.lifeS }: ArenaManagerDeps) {
    this.#client = client;
    this.#clock = clock;
    this.#log = log;
    this.#requestTtlMs = requestTtlS * 1_000;
    this.#reader = new WaitingReader({ client, clock, log, requestTtlMs: this.#requestTtlMs });
  }

  async addToQueue(request: QueueRequest, terms: JoinTerms): Promise<JoinedQueue> {
    return joinQueue(this.#client, request, { ...terms, requestTtlMs: this.#requestTtlMs });
  }

  async removeFromQueue(charId: number, mode: Mode): Promise<LeaveReply> {
    return leaveQueue(this.#client, charId, mode);
  }

  async getCandidates(
    mode: Mode,
    range: CandidateRange,
  ): Promise<{ charId: number; gs: number }[]> {
    return this.#reader.candidates(mode, range);
  }

  async createRequest(
    request: QueueRequest,
    { matchId, isRequeued }: CancelledMatch,
  ): Promise<void> {
    const leftMs = Math.max(0, request.startTimeMs + this.#requestTtlMs - this.#clock.now());
    await restoreRequest(this.#client, request, { matchId, leftMs: isRequeued ? leftMs : 0 });
  }

  async getRequest(charId: number): Promise<QueueRequest | null> {
    return this.#reader.requestFrom(charId, await this.#client.hgetall(keys.request(charId)));
  }

  async deleteRequest(charId: number, mode: Mode, nowMs: number): Promise<boolean> {
    const time = { nowMs, requestTtlMs: this.#requestTtlMs };
    return (await dropExpired(this.#client, { charId, mode }, time)) === 'dropped';
  }

  async claimMatch(match: Match): Promise<ClaimReply> {
    return claimMatch(this.#client, match, { requestTtlMs: this.#requestTtlMs });
  }

  async claimTraining(match: SoloMatch): Promise<TrainingReply> {
    return claimTraining(this.#client, match, { requestTtlMs: this.#requestTtlMs });
  }

  async getPlace(charId: number): Promise<Place> {
    const stored = await getPlace(this.#client, charId);
    if (stored.seat !== '') return { kind: 'seated', battleId: stored.seat };
    const request = this.#reader.requestFrom(charId, stored.request);
    return request === null ? { kind: 'nowhere' } : { kind: 'waiting', request };
  }

  async getWaiting(charIds: readonly number[]): Promise<Waiting[]> {
    return this.#reader.waiting(charIds);
  }

  async getOldest(mode: Mode, limit: number): Promise<Waiting[]> {
    return this.#reader.oldest(mode, limit);
  }

  /** Expired ones by their start; where the queue is longer than that list, also entries without a start. */
  async getOverdue(mode: Mode, nowMs: number): Promise<number[]> {
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

  async queueSize(mode: Mode): Promise<number> {
    return this.#client.zcard(keys.queue(mode));
  }

  async getMatch(matchId: string): Promise<Match | null> {
    const hash = await this.#client.hgetall(keys.match(matchId));
    return isEmpty(hash) ? null : this.#matchFrom(matchId, hash);
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
      await deleteMatch(this.#client, id);
      dropped.push(id);
    }
    return dropped;
  }

  async isPending(matchId: string): Promise<boolean> {
    return (await this.#client.zscore(keys.matches(), matchId)) !== null;
  }

  async getSeated(battleId: string, alsoAsk: readonly number[] = []): Promise<number[]> {
    const listed = (await this.#client.get(keys.sides(battleId)))?.split(',') ?? [];
    const ids = idsOf([...new Set([...listed, ...alsoAsk.map(String)])]);
    if (ids.length === 0) return [];
    const held = await this.#client.mget(ids.map(keys.seat));
    const seated = ids.filter((_, index) => held[index] === battleId);
    return seated.toSorted((one, other) => one - other);
  }

  async deleteMatch(matchId: string): Promise<void> {
    await deleteMatch(this.#client, matchId);
  }

  async freeSeat(charId: number, battleId: string): Promise<boolean> {
    return (await freeSeat(this.#client, charId, battleId)) === 'freed';
  }

  /** Removes a match that no longer exists from the list; null also for an unreadable one. */
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
