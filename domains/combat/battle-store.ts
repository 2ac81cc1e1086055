import type { BattleRecord } from './battle-record.ts';
import type { Downtime } from './battle-session.ts';

export type SwapReply = 'swapped' | 'stale' | 'missing';

export interface TimerHeartbeat {
  readonly nowMs: number;
  /** Longer than this without a look is an outage; null where there can be none. */
  readonly maxGapMs: number | null;
  /** Outages that are no further apart count as one: a process may die before it made up for the first. */
  readonly mergeGapMs: number;
}

/** What is known of how the clocks were looked after, by all processes together. */
export interface HeartbeatReply {
  /** The last time when nobody did; null if there was none. */
  readonly downtime: Downtime | null;
  /** By this look it has ended. */
  readonly hasResumed: boolean;
}

/** Battles under way and just ended. A record carries its version; a swap wins only against that version. */
export interface BattleStore {
  /** Stores a new battle once; 'exists' if the id is taken, by whomever. */
  create(record: BattleRecord): Promise<'created' | 'exists'>;
  /** Takes the id so that no battle can be made under it any more; false if there is one already. */
  preventCreation(battleId: string): Promise<boolean>;
  /** null: no such battle, or a record that cannot be read (logged). */
  get(battleId: string): Promise<BattleRecord | null>;
  /** Replaces the record if the stored version is `record.version - 1`. */
  swap(record: BattleRecord): Promise<SwapReply>;
  /** Lets the record live on for `ttlS` seconds; used once a battle has ended. */
  expire(battleId: string, ttlS: number): Promise<void>;

  /** The clock's list: look at this battle at `dueAtMs`. A hint that may be early, never late. */
  scheduleCheck(battleId: string, dueAtMs: number): Promise<void>;
  cancelCheck(battleId: string): Promise<void>;
  /** Battles to look at, earliest first. */
  getDue(nowMs: number, limit: number): Promise<string[]>;

  /** Notes that the clocks are being looked after. */
  recordHeartbeat(look: TimerHeartbeat): Promise<HeartbeatReply>;
}
