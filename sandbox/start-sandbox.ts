import { randomInt } from 'node:crypto';
import { ControlEndpoint } from './control/control-endpoint.ts';
import { PageEndpoint } from './control/page-endpoint.ts';
import { CallLog } from './faults/call-log.ts';
import { FaultStore } from './faults/fault-store.ts';
import { BotEndpoint } from './http/bot-endpoint.ts';
import { listen } from './http/sandbox-server.ts';
import { People } from './people/people.ts';
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
}

export interface Sandbox {
  /** `http://127.0.0.1:<port>`: a bot's API root. */
  readonly url: string;
  readonly token: string;
  readonly people: People;
  readonly faults: FaultStore;
  readonly calls: CallLog;
  /** Each of the next `times` updates comes once more after it was confirmed. */
  readonly doubleNextUpdates: (times: number) => void;
  /** How many updates the bot has not confirmed. */
  readonly pendingUpdateCount: () => number;
  /** Breaks all connections and ends every wait. */
  readonly close: () => Promise<void>;
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
  const faults = new FaultStore();
  const calls = new CallLog((call) => {
    world.feed.add({ kind: 'call', call });
    if (call.fault !== null) world.feed.add({ kind: 'faults' });
  });
  const people = new People(world);
  const closing = new AbortController();
  const bot = new BotEndpoint({
    ...{ world, token, faults, calls, closing: closing.signal },
    isStrict: options.strict ?? true,
    bodyLimitBytes: options.bodyLimitBytes ?? DEFAULTS.bodyLimitBytes,
  });
  const control = new ControlEndpoint({ world, people, faults, calls });
  const page = new PageEndpoint({ world, closing: closing.signal });
  const server = await listen({ bot, control, page }, options.port ?? 0);
  return {
    ...{ url: server.url, token, people, faults, calls },
    doubleNextUpdates: (times) => {
      world.updates.doubleNext(times);
    },
    pendingUpdateCount: () => world.updates.pendingCount,
    close: async () => {
      closing.abort();
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
