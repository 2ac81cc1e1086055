import { z } from 'zod';
import { type BattleRecord, storedBattleSchema } from '../../domains/combat/battle-record.ts';
import type {
  BattleStore,
  HeartbeatReply,
  SwapReply,
  TimerHeartbeat,
} from '../../domains/combat/battle-store.ts';
import type { Log } from '../../domains/core/log.ts';
import { encode } from '../documents/document-text.ts';
import { keys } from '../keys.ts';
import { integerText } from '../number-text.ts';
import type { RedisClient } from '../redis-client.ts';
import { type StoredBattle, createBattle } from '../scripts/create-battle.ts';
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
  readonly #cache = new ParseCache<BattleRecord>();

  constructor({ client, log }: { readonly client: RedisClient; readonly log: Log }) {
    this.#client = client;
    this.#log = log;
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
    const key = keys.battle(battleId);
    const text = await this.#client.hget(key, 'state');
    if (text === null || text === PREVENTED) return null;
    const cached = this.#cache.get(battleId, text);
    if (cached !== null) return cached;
    const value = readStoredJson({ key, text, schema: storedBattleSchema, log: this.#log });
    if (value !== null) this.#cache.set(battleId, { text, value });
    return value;
  }

  async swap(record: BattleRecord): Promise<SwapReply> {
    const stored = storedOf(record);
    const reply = await swapBattle(this.#client, stored);
    if (reply === 'swapped') this.#cache.set(record.id, { text: stored.state, value: record });
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

  async getDue(nowMs: number, limit: number): Promise<string[]> {
    return this.#client.zrangebyscore(keys.deadlines(), '-inf', nowMs, 'LIMIT', 0, limit);
  }

  async countRunning(): Promise<number> {
    return this.#client.zcard(keys.deadlines());
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
