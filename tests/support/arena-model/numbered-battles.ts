import type { Redis } from 'ioredis';
import type { BattleRecord } from '../../../domains/combat/battle-record.ts';
import type { SwapReply, HeartbeatReply } from '../../../domains/combat/battle-store.ts';
import { keys } from '../../../redis/keys.ts';
import { BattleManager } from '../../../redis/managers/battle-manager.ts';
import { createBattle } from '../../../redis/scripts/create-battle.ts';
import { swapBattle } from '../../../redis/scripts/swap-battle.ts';
import { silentLog } from '../silent-log.ts';
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

/** A `BattleManager` that stores numbers instead of records, by the same scripts. */
export class NumberedBattles extends BattleManager {
  readonly #client: Redis;
  readonly #records: BattleRecords;

  constructor(client: Redis, shelf: BattleRecords) {
    super({ client, log: silentLog });
    this.#client = client;
    this.#records = shelf;
  }

  override async create(record: BattleRecord): Promise<'created' | 'exists'> {
    const { id, version } = record;
    return createBattle(this.#client, { id, version, state: this.#records.add(record) });
  }

  override async preventCreation(battleId: string): Promise<boolean> {
    const stored = { id: battleId, version: 0, state: 'never' };
    await createBattle(this.#client, stored);
    return (await this.#client.hget(keys.battle(battleId), 'state')) === 'never';
  }

  override async get(battleId: string): Promise<BattleRecord | null> {
    const number = await this.#client.hget(keys.battle(battleId), 'state');
    return number === null ? null : this.#records.get(number);
  }

  /** Nothing, so that every step of a tap is seen. */
  override known(): null {
    return null;
  }

  override async swap(record: BattleRecord): Promise<SwapReply> {
    const { id, version } = record;
    const stored = { id, version, state: this.#records.add(record) };
    const reply = await swapBattle(this.#client, stored);
    return reply.kind === 'stale' ? { ...reply, record: this.#records.get(reply.state) } : reply;
  }

  override recordHeartbeat(): Promise<HeartbeatReply> {
    return Promise.resolve({ downtime: null, hasResumed: false });
  }
}
