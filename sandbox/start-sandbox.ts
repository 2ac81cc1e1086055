import { randomInt } from 'node:crypto';
import { ControlEndpoint } from './control/control-endpoint.ts';
import { CallLog } from './faults/call-log.ts';
import { FaultStore } from './faults/fault-store.ts';
import { seededDraw } from './faults/seeded-draw.ts';
import { BotEndpoint } from './http/bot-endpoint.ts';
import { listen } from './http/sandbox-server.ts';
import { People } from './people/people.ts';
import { Traffic } from './traffic/traffic.ts';
import type { TrafficWish } from './traffic/traffic.ts';
import { BotUser } from './world/bot-user.ts';
import { realTime } from './world/time.ts';
import type { Time } from './world/time.ts';
import { World } from './world/world.ts';

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

const DEFAULTS = {
  botUsername: 'arena_sandbox_bot',
  botName: 'Arena',
  callbackLifetimeMs: 15_000,
  bodyLimitBytes: 50 << 20,
};

/**
 * Starts a Bot API of one's own with one bot and no people. Rejects when the port is taken; throws RangeError for a
 * token without a number.
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { token } = options;
  const world = newWorld(options);
  const faults = new FaultStore(seededDraw(options.faultSeed ?? randomInt(2 ** 32)));
  const traffic = new Traffic(world.time, options.traffic ?? false);
  const calls = new CallLog();
  const people = new People(world);
  const closing = new AbortController();
  const bot = new BotEndpoint({
    ...{ world, token, faults, traffic, calls, closing: closing.signal },
    isStrict: options.strict ?? true,
    bodyLimitBytes: options.bodyLimitBytes ?? DEFAULTS.bodyLimitBytes,
  });
  const restart = joined((downMs) => server.restart(() => world.time.wait(downMs, closing.signal)));
  const control = new ControlEndpoint({ world, people, faults, traffic, calls, restart });
  const ports = { port: options.port ?? 0, closing: closing.signal };
  const server = await listen({ bot, control }, ports);
  return {
    ...{ url: server.url, token, people, faults, traffic, calls },
    doubleNextUpdates: (times) => {
      world.updates.doubleNext(times);
    },
    pendingUpdateCount: () => world.updates.pendingCount,
    restart: ({ downMs = 0 } = {}) => restart(downMs),
    close: async () => {
      closing.abort();
      traffic.set(false);
      world.updates.close();
      await server.close();
    },
  };
}

function newWorld(options: SandboxOptions): World {
  const username = options.botUsername ?? DEFAULTS.botUsername;
  return new World({
    bot: new BotUser(options.token, username, options.botName ?? DEFAULTS.botName),
    time: { now: options.now ?? realTime.now, wait: options.wait ?? realTime.wait },
    firstUpdateId: options.firstUpdateId ?? randomInt(100_000_000, 1_000_000_000),
    callbackLifetimeMs: options.callbackLifetimeMs ?? DEFAULTS.callbackLifetimeMs,
  });
}

type Restart = (downMs: number) => Promise<void>;

/** Whoever asks while one is under way waits for that one. */
function joined(restart: Restart): Restart {
  let underWay: Promise<void> | null = null;
  return (downMs) => {
    underWay ??= restart(downMs).finally(() => {
      underWay = null;
    });
    return underWay;
  };
}
