import { z } from 'zod';
import { type BattleRecord, storedBattleSchema } from '../../domains/combat/battle-record.ts';
import type {
  BattleStore,
  CheckLease,
  HeartbeatReply,
  Postponed,
  SwapReply,
  TimerHeartbeat,
} from '../../domains/combat/battle-store.ts';
import type { Log } from '../../domains/core/log.ts';
import { encode } from '../documents/document-text.ts';
import { keys } from '../keys.ts';
import { lostConnections } from '../lost-connections.ts';
import { integerText } from '../number-text.ts';
import type { RedisClient } from '../redis-client.ts';
import { type StoredBattle, createBattle } from '../scripts/create-battle.ts';
import { leaseChecks } from '../scripts/lease-checks.ts';
import { postponeCheck } from '../scripts/postpone-check.ts';
import { recordTimerHeartbeat } from '../scripts/record-timer-heartbeat.ts';
import { swapBattle } from '../scripts/swap-battle.ts';
import { ParseCache } from './parse-cache.ts';
import { readStored, readStoredJson } from './stored-json.ts';

const downtimeSchema = z.object({ fromMs: integerText, toMs: integerText });

/** The state stored under the id of a cancelled match, so that no battle is created with it. */
const PREVENTED = 'null';
/** Longer than any process can stall between claiming a match and creating its battle. */
const PREVENTED_TTL_S = 86_400;

/** Battles (`{combat:<id>}:battle`), when to check each, and the heartbeat of their timers. */
export class BattleManager implements BattleStore {
  readonly #client: RedisClient;
  readonly #log: Log;
  readonly #lost: { readonly count: number };
  #cache = new ParseCache<BattleRecord>();
  #cacheOf = 0;

  constructor({ client, log }: { readonly client: RedisClient; readonly log: Log }) {
    this.#client = client;
    this.#log = log;
    this.#lost = lostConnections(client);
  }

  async create(record: BattleRecord): Promise<'created' | 'exists'> {
    return createBattle(this.#client, storedOf(record));
  }

  async preventCreation(battleId: string): Promise<boolean> {
    const key = keys.battle(battleId);
    await createBattle(this.#client, { id: battleId, version: 0, state: PREVENTED });
    if ((await this.#client.hget(key, 'state')) !== PREVENTED) return false;
    await this.#client.expire(key, PREVENTED_TTL_S);
    return true;
  }

  async get(battleId: string): Promise<BattleRecord | null> {
    const text = await this.#client.hget(keys.battle(battleId), 'state');
    return text === null ? null : this.#parse(battleId, text);
  }

  /**
   * Null after the connection was lost, and in a cluster, where that is not seen: after a failover a
   * version may come twice, with different records.
   */
  known(battleId: string): BattleRecord | null {
    if (this.#client.isCluster) return null;
    if (this.#cacheOf !== this.#lost.count) this.#cache = new ParseCache();
    this.#cacheOf = this.#lost.count;
    return this.#cache.last(battleId);
  }

  #parse(battleId: string, text: string): BattleRecord | null {
    const key = keys.battle(battleId);
    if (text === PREVENTED) return null;
    const cached = this.#cache.get(battleId, text);
    if (cached !== null) return cached;
    const value = readStoredJson({ key, text, schema: storedBattleSchema, log: this.#log });
    if (value !== null) this.#cache.set(battleId, { text, value });
    return value;
  }

  async swap(record: BattleRecord): Promise<SwapReply> {
    const stored = storedOf(record);
    const reply = await swapBattle(this.#client, stored);
    if (reply.kind === 'stale')
      return { kind: 'stale', record: this.#parse(record.id, reply.state) };
    if (reply.kind === 'swapped') this.#cache.set(record.id, { text: stored.state, value: record });
    return reply;
  }

  async expire(battleId: string, ttlS: number): Promise<void> {
    await this.#client.expire(keys.battle(battleId), ttlS);
  }

  async scheduleCheck(battleId: string, dueAtMs: number): Promise<void> {
    await this.#client.zadd(keys.deadlines(), dueAtMs, battleId);
  }

  async cancelCheck(battleId: string): Promise<void> {
    await this.#client.zrem(keys.deadlines(), battleId);
  }

  async leaseDue(lease: CheckLease): Promise<string[]> {
    return leaseChecks(this.#client, lease);
  }

  async postponeCheck(battleId: string, until: Postponed): Promise<void> {
    await postponeCheck(this.#client, battleId, until);
  }

  async recordHeartbeat(heartbeat: TimerHeartbeat): Promise<HeartbeatReply> {
    const key = keys.timerHeartbeat();
    const hasResumed = (await recordTimerHeartbeat(this.#client, heartbeat)) === 'resumed';
    const [fromMs, toMs] = await this.#client.hmget(key, 'from', 'to');
    if (fromMs == null && toMs == null) return { downtime: null, hasResumed };
    const value = { fromMs, toMs };
    const downtime = readStored({ key, value, schema: downtimeSchema, log: this.#log });
    return { downtime, hasResumed };
  }
}

function storedOf(record: BattleRecord): StoredBattle {
  return { id: record.id, version: record.version, state: encode(record) };
}
