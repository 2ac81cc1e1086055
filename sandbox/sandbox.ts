import type { CallLog } from './faults/call-log.ts';
import type { FaultStore } from './faults/fault-store.ts';
import type { People } from './people/people.ts';
import type { Traffic, TrafficOptions } from './traffic/traffic.ts';
import type { Time } from './world/time.ts';

export interface SandboxOptions {
  /** `<number>:<anything>`; the number is the bot's user id. By default the anything is random. */
  readonly token?: string;
  /** On 127.0.0.1; 0, the default, picks a free one. */
  readonly port?: number;
  /** Without the "@". */
  readonly botUsername?: string;
  readonly botName?: string;
  /** Milliseconds since the Unix epoch: dates of messages, ages of taps and updates. */
  readonly now?: () => number;
  /** Used by polls and delayed answers; resolves after `ms` or when the signal is aborted. */
  readonly wait?: Time['wait'];
  /** How long a callback query can be answered; about 15 s with Telegram. */
  readonly callbackLifetimeMs?: number;
  /** Refuse unknown parameters, and values and keyboards that Telegram would silently change; true by default. */
  readonly strict?: boolean;
  readonly bodyLimitBytes?: number;
  /** Random by default, as with Telegram. */
  readonly firstUpdateId?: number;
  /** Decides which calls a fault with a share hits; random by default. */
  readonly faultSeed?: number;
  /** How long a webhook may take to answer. */
  readonly webhookTimeoutMs?: number;
  /** Limits per chat: calls beyond them are delayed, then answered with 429. None by default. */
  readonly traffic?: TrafficOptions;
}

export interface Sandbox {
  /** `http://127.0.0.1:<port>`: a bot's API root. */
  readonly url: string;
  readonly token: string;
  readonly people: People;
  readonly faults: FaultStore;
  /** Limits per chat, which can change at any time. */
  readonly traffic: Traffic;
  readonly calls: CallLog;
  /**
   * Delivers each of the next `times` updates once more after it was confirmed; null is every update, until a call with
   * 0.
   */
  readonly doubleNextUpdates: (times: number | null) => void;
  /** How many updates the bot has not confirmed. */
  readonly pendingUpdateCount: () => number;
  /**
   * Breaks all connections, refuses new ones for `downMs`, and listens again on the same port with its state unchanged.
   * Resolves when it listens. Calls during a restart share it.
   */
  readonly restart: (options?: RestartOptions) => Promise<void>;
  /** Breaks all connections and ends every wait. */
  readonly close: () => Promise<void>;
}

export interface RestartOptions {
  /** 0 by default. */
  readonly downMs?: number;
}
