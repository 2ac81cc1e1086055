import { z } from 'zod';
import type { RedisClient } from '../redis-client.ts';
import { type BattleRecord, storedBattleSchema } from '../../domains/combat/battle-record.ts';
import type { BattleStore, Look, SwapReply, Watch } from '../../domains/combat/battle-store.ts';
import type { Log } from '../../domains/core/log.ts';
import { encode } from '../documents/document-text.ts';
import { keys } from '../keys.ts';
import { type StoredBattle, createBattle } from '../scripts/create-battle.ts';
import { noteBeat } from '../scripts/note-beat.ts';
import { swapBattle } from '../scripts/swap-battle.ts';
import { KnownTexts } from './known-texts.ts';
import { integerText } from '../number-text.ts';
import { readStored, readStoredJson } from './stored-json.ts';

export interface BattleManagerDeps {
  readonly client: RedisClient;
  readonly log: Log;
}

const outageSchema = z.object({ fromMs: integerText, toMs: integerText });

/** The state of a battle that shall not be: its match was given up. */
const FORESTALLED = 'null';
/** Longer than any process can stall between claiming a match and making its battle. */
const FORESTALLED_TTL_S = 86_400;

/** Battles (`{combat:<id>}:battle`), the list of when to look at each, and the watchman's own beat. */
export class BattleManager implements BattleStore {
  readonly #client: RedisClient;
  readonly #log: Log;
  readonly #known = new KnownTexts<BattleRecord>();

  constructor({ client, log }: BattleManagerDeps) {
    this.#client = client;
    this.#log = log;
  }

  async create(record: BattleRecord): Promise<'created' | 'exists'> {
    return createBattle(this.#client, storedOf(record));
  }

  async forestall(battleId: string): Promise<boolean> {
    const key = keys.battle(battleId);
    await createBattle(this.#client, { id: battleId, version: 0, state: FORESTALLED });
    if ((await this.#client.hget(key, 'state')) !== FORESTALLED) return false;
    await this.#client.expire(key, FORESTALLED_TTL_S);
    return true;
  }

  async get(battleId: string): Promise<BattleRecord | null> {
    const key = keys.battle(battleId);
    const text = await this.#client.hget(key, 'state');
    if (text === null || text === FORESTALLED) return null;
    return this.#known.find(battleId, text) ?? this.#read(battleId, text);
  }

  async swap(record: BattleRecord): Promise<SwapReply> {
    const stored = storedOf(record);
    const reply = await swapBattle(this.#client, stored);
    if (reply === 'swapped') this.#known.note(record.id, { text: stored.state, value: record });
    return reply;
  }

  async expire(battleId: string, ttlS: number): Promise<void> {
    await this.#client.expire(keys.battle(battleId), ttlS);
  }

  async watch(battleId: string, dueAtMs: number): Promise<void> {
    await this.#client.zadd(keys.deadlines(), dueAtMs, battleId);
  }

  async unwatch(battleId: string): Promise<void> {
    await this.#client.zrem(keys.deadlines(), battleId);
  }

  async due(nowMs: number, limit: number): Promise<string[]> {
    return this.#client.zrangebyscore(keys.deadlines(), '-inf', nowMs, 'LIMIT', 0, limit);
  }

  async beat(look: Look): Promise<Watch> {
    const key = keys.beat();
    const isBack = (await noteBeat(this.#client, look)) === 'back';
    const [fromMs, toMs] = await this.#client.hmget(key, 'from', 'to');
    if (fromMs == null && toMs == null) return { outage: null, isBack };
    const value = { fromMs, toMs };
    return { outage: readStored({ key, value, schema: outageSchema, log: this.#log }), isBack };
  }

  #read(battleId: string, text: string): BattleRecord | null {
    const key = keys.battle(battleId);
    const value = readStoredJson({ key, text, schema: storedBattleSchema, log: this.#log });
    if (value !== null) this.#known.note(battleId, { text, value });
    return value;
  }
}

function storedOf(record: BattleRecord): StoredBattle {
  return { id: record.id, version: record.version, state: encode(record) };
}
