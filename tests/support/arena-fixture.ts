import type { Redis } from 'ioredis';
import type { ClaimReply, Match, QueueRequest } from '../../domains/arena/arena-store.ts';
import { ArenaManager } from '../../redis/managers/arena-manager.ts';
import { keys } from '../../redis/keys.ts';
import { enqueue } from './arena-steps.ts';
import { FixedClock } from './clock.ts';
import { RecordingLog } from './recording-log.ts';
import type { RedisUnderTest } from './redis-engines.ts';

const MODE = '1v1';

/** An empty arena with a fixed clock, used by two processes. */
export class ArenaFixture {
  readonly client: Redis;
  readonly clock = new FixedClock();
  readonly log = new RecordingLog();
  readonly arena: ArenaManager;
  readonly other: ArenaManager;

  private constructor({ client, clients }: RedisUnderTest) {
    const { clock, log } = this;
    this.client = client;
    this.arena = new ArenaManager({ client, clock, log });
    this.other = new ArenaManager({ client: clients[1] ?? client, clock, log });
  }

  static async open(redis: RedisUnderTest): Promise<ArenaFixture> {
    await redis.client.flushall();
    return new ArenaFixture(redis);
  }

  /** A request made now; each character has its own user. */
  requestOf(charId: number, gs = 100): QueueRequest {
    return { charId, userId: 1_000 + charId, mode: MODE, gs, startTimeMs: this.clock.now() };
  }

  async join(...charIds: number[]): Promise<void> {
    for (const charId of charIds) {
      const reply = await enqueue(this.arena, this.requestOf(charId));
      if (reply !== 'queued') throw new Error(`join of ${charId}: ${reply}`);
    }
  }

  /** A match decided now, of the given requests or of new ones; null is the Shadow. */
  matchOf(
    id: string,
    seeker: number | QueueRequest,
    opponent: number | QueueRequest | null,
  ): Match {
    const request = (side: number | QueueRequest) =>
      typeof side === 'number' ? this.requestOf(side) : side;
    return {
      id,
      mode: MODE,
      seeker: request(seeker),
      opponent: opponent === null ? null : request(opponent),
      claimedAtMs: this.clock.now(),
    };
  }

  claim(...decision: Parameters<ArenaFixture['matchOf']>): Promise<ClaimReply> {
    return this.arena.claimMatch(this.matchOf(...decision));
  }

  async claimed(id: string, seekerId: number, opponentId: number): Promise<Match> {
    const match = this.matchOf(id, seekerId, opponentId);
    await this.join(seekerId, opponentId);
    const reply = await this.arena.claimMatch(match);
    if (reply !== 'claimed') throw new Error(`claim of ${id}: ${reply}`);
    return match;
  }

  async addOrphanEntry(charId: number, gs = 100): Promise<void> {
    await this.client.zadd(keys.queue(MODE), gs, charId);
  }

  async scoreOf(charId: number): Promise<number | null> {
    const score = await this.client.zscore(keys.queue(MODE), String(charId));
    return score === null ? null : Number(score);
  }

  async waitingIds(): Promise<number[]> {
    return (await this.arena.getOldest(MODE, 100)).map(({ charId }) => charId);
  }

  /** The place of each, as `nowhere`, `waiting` or `seated:<battle>`. */
  async placesOf(...charIds: number[]): Promise<string> {
    const places = await Promise.all(charIds.map((charId) => this.arena.getPlace(charId)));
    return places
      .map((place) => (place.kind === 'seated' ? `seated:${place.battleId}` : place.kind))
      .join(' ');
  }
}
