import type { Redis } from 'ioredis';
import type { BattleRecord } from '../../../domains/combat/battle-record.ts';
import type {
  BattleStore,
  CheckLease,
  Postponed,
  SwapReply,
  HeartbeatReply,
} from '../../../domains/combat/battle-store.ts';
import { keys } from '../../../redis/keys.ts';
import { createBattle } from '../../../redis/scripts/create-battle.ts';
import { swapBattle } from '../../../redis/scripts/swap-battle.ts';
import type { ScriptCall } from './arena-model.ts';

/** Battle records by number: Redis stores the numbers, which keeps the model small. */
export class BattleRecords {
  readonly #records: BattleRecord[] = [];
  readonly #stored = new Map<string, BattleRecord>();

  add(record: BattleRecord): string {
    return String(this.#records.push(record) - 1);
  }

  get(number: string): BattleRecord | null {
    return this.#records[Number(number)] ?? null;
  }

  /** Records a successful write, also of a process that crashed before the reply. */
  recordReply({ args }: ScriptCall, reply: string): void {
    if (reply !== 'created' && reply !== 'swapped') return;
    const record = this.get(args.at(-1) ?? '');
    if (record !== null) this.#stored.set(record.id, record);
  }

  open(): BattleRecord[] {
    return [...this.#stored.values()].filter((record) => record.endedAtMs === null);
  }

  isOpen(battleId: string): boolean {
    return this.#stored.get(battleId)?.endedAtMs === null;
  }
}

/** Like `BattleManager`, on the same scripts and keys, but with numbers instead of records. */
export class NumberedBattles implements BattleStore {
  readonly #client: Redis;
  readonly #records: BattleRecords;

  constructor(client: Redis, shelf: BattleRecords) {
    this.#client = client;
    this.#records = shelf;
  }

  async create(record: BattleRecord): Promise<'created' | 'exists'> {
    const { id, version } = record;
    return createBattle(this.#client, { id, version, state: this.#records.add(record) });
  }

  async preventCreation(battleId: string): Promise<boolean> {
    const stored = { id: battleId, version: 0, state: 'never' };
    await createBattle(this.#client, stored);
    return (await this.#client.hget(keys.battle(battleId), 'state')) === 'never';
  }

  async get(battleId: string): Promise<BattleRecord | null> {
    const number = await this.#client.hget(keys.battle(battleId), 'state');
    return number === null ? null : this.#records.get(number);
  }

  /** Nothing, so that every step of a tap is seen. */
  known(): null {
    return null;
  }

  async swap(record: BattleRecord): Promise<SwapReply> {
    const { id, version } = record;
    const stored = { id, version, state: this.#records.add(record) };
    const reply = await swapBattle(this.#client, stored);
    return reply.kind === 'stale' ? { ...reply, record: this.#records.get(reply.state) } : reply;
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

  async leaseDue({ nowMs, untilMs, limit }: CheckLease): Promise<string[]> {
    const due = [keys.deadlines(), '-inf', nowMs, 'LIMIT', 0, limit] as const;
    const ids = await this.#client.zrangebyscore(...due);
    for (const id of ids) await this.scheduleCheck(id, untilMs);
    return ids;
  }

  async postponeCheck(battleId: string, { untilMs, dueAtMs }: Postponed): Promise<void> {
    const held = await this.#client.zscore(keys.deadlines(), battleId);
    if (held === String(untilMs)) await this.scheduleCheck(battleId, dueAtMs);
  }

  recordHeartbeat(): Promise<HeartbeatReply> {
    return Promise.resolve({ downtime: null, hasResumed: false });
  }
}
