import type { CallLog } from './faults/call-log.ts';
import type { FaultStore } from './faults/fault-store.ts';
import type { People } from './people/people.ts';
import type { Traffic, TrafficWish } from './traffic/traffic.ts';
import type { Time } from './world/time.ts';

export interface SandboxOptions {
  /** `<number>:<anything>`; the number is the bot's user id. */
  readonly token: string;
  /** On 127.0.0.1; 0, the default, picks a free one. */
  readonly port?: number;
  /** Without the "@". */
  readonly botUsername?: string;
  readonly botName?: string;
  /** Milliseconds since the Unix epoch: dates of messages, ages of taps and updates. */
  readonly now?: () => number;
  /** How long polls and slow answers wait; resolves after `ms` or when the signal is aborted. */
  readonly wait?: Time['wait'];
  /** How long a tap may be answered. About 15 s with Telegram. */
  readonly callbackLifetimeMs?: number;
  /** Refuse unknown parameters and keyboards that Telegram would quietly change. On unless it is switched off. */
  readonly strict?: boolean;
  readonly bodyLimitBytes?: number;
  /** Random unless given, as with Telegram. */
  readonly firstUpdateId?: number;
  /** Which calls a fault with a share hits; random unless given. */
  readonly faultSeed?: number;
  /** How long a webhook may take to answer. */
  readonly webhookTimeoutMs?: number;
  /** What a chat takes before answers come slowly and then as 429; without limits unless they are switched on. */
  readonly traffic?: TrafficWish;
}

export interface Sandbox {
  /** `http://127.0.0.1:<port>`: a bot's API root. */
  readonly url: string;
  readonly token: string;
  readonly people: People;
  readonly faults: FaultStore;
  /** Limits per chat; to be switched on, changed and off at any time. */
  readonly traffic: Traffic;
  readonly calls: CallLog;
  /**
   * Each of the next `times` updates comes once more after it was confirmed; null: each one until it is called off
   * with 0.
   */
  readonly doubleNextUpdates: (times: number | null) => void;
  /** How many updates the bot has not confirmed. */
  readonly pendingUpdateCount: () => number;
  /**
   * Breaks all connections, refuses new ones for `downMs` and is back on the same port with everything it knew.
   * Resolves when it is back. One that is under way already is not made longer.
   */
  readonly restart: (options?: RestartOptions) => Promise<void>;
  /** Breaks all connections and ends every wait. */
  readonly close: () => Promise<void>;
}

export interface RestartOptions {
  /** 0 unless said otherwise. */
  readonly downMs?: number;
}
