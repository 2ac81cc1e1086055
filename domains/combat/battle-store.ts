import type { BattleRecord } from './battle-record.ts';
import type { Downtime } from './battle-session.ts';

export type SwapReply =
  | { readonly kind: 'swapped' | 'missing' }
  /** Another record was stored meanwhile; null if it cannot be read. */
  | { readonly kind: 'stale'; readonly record: BattleRecord | null };

/** Up to `limit` battles that are due at `nowMs`, until `untilMs`. */
export interface CheckLease {
  readonly nowMs: number;
  readonly untilMs: number;
  readonly limit: number;
}

/** `untilMs`: the end of the caller's lease. */
export interface Postponed {
  readonly untilMs: number;
  readonly dueAtMs: number;
}

/** A sign that some process runs the turn timers. */
export interface TimerHeartbeat {
  readonly nowMs: number;
  /** A longer time without a heartbeat was a downtime. */
  readonly maxGapMs: number;
  /** Downtimes this close count as one: a process may die before it compensates the first. */
  readonly mergeGapMs: number;
}

export interface HeartbeatReply {
  /** The last time when no process ran the timers; null if there was none. */
  readonly downtime: Downtime | null;
  /** Whether this heartbeat ended it. */
  readonly hasResumed: boolean;
}

/** Running and recently ended battles. */
export interface BattleStore {
  /** 'exists': the id is taken, by a battle or by `preventCreation`. */
  create(record: BattleRecord): Promise<'created' | 'exists'>;
  /** Reserves the id so that no battle can be created with it; false if one exists already. */
  preventCreation(battleId: string): Promise<boolean>;
  /** null: no such battle, or its record cannot be read, which is logged. */
  get(battleId: string): Promise<BattleRecord | null>;
  /** As this process last read or wrote it; null: it has not. Asks nobody. */
  known(battleId: string): BattleRecord | null;
  /** Replaces the record if the stored version is `record.version - 1`. */
  swap(record: BattleRecord): Promise<SwapReply>;
  expire(battleId: string, ttlS: number): Promise<void>;

  /** Puts the battle on the list of timers; `dueAtMs` may be early, never late. */
  scheduleCheck(battleId: string, dueAtMs: number): Promise<void>;
  cancelCheck(battleId: string): Promise<void>;
  /** Battles that are due, the earliest first; nobody else gets them until the lease ends. */
  leaseDue(lease: CheckLease): Promise<string[]>;
  /** Ends a lease with the next time to look; does nothing if that time was changed meanwhile. */
  postponeCheck(battleId: string, until: Postponed): Promise<void>;

  /** How many battles run, those included that have ended and are not settled yet. */
  countRunning(): Promise<number>;

  recordHeartbeat(heartbeat: TimerHeartbeat): Promise<HeartbeatReply>;
}
