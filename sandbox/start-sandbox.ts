import { randomBytes, randomInt } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { ControlEndpoint } from './control/control-endpoint.ts';
import { PageEndpoint } from './control/page-endpoint.ts';
import { CallLog } from './faults/call-log.ts';
import { FaultStore } from './faults/fault-store.ts';
import { seededDraw } from './faults/seeded-draw.ts';
import { BotEndpoint } from './http/bot-endpoint.ts';
import { CallHandler } from './http/call-handler.ts';
import { listen } from './http/sandbox-server.ts';
import { performReply } from './http/webhook-reply.ts';
import { People } from './people/people.ts';
import type { Sandbox, SandboxOptions } from './sandbox.ts';
import { Traffic } from './traffic/traffic.ts';
import { WebhookService } from './webhook/webhook-service.ts';
import { BotUser } from './world/bot-user.ts';
import { realTime } from './world/time.ts';
import { World } from './world/world.ts';

export type { RestartOptions, Sandbox, SandboxOptions } from './sandbox.ts';

const DEFAULTS = {
  botId: 1_000_000_001,
  botUsername: 'sandbox_bot',
  botName: 'Sandbox bot',
  callbackLifetimeMs: 15_000,
  webhookTimeoutMs: 60_000,
  bodyLimitBytes: 50 << 20,
};

/**
 * Starts a Bot API with one bot and no people. Rejects when the port is taken, and with a RangeError for a token without
 * a number.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const token = options.token ?? `${DEFAULTS.botId}:${randomBytes(24).toString('base64url')}`;
  const parts = newParts(options, token);
  const { world, people, faults, traffic, calls, callHandler, webhooks, closing } = parts;
  const bot = new BotEndpoint({
    calls: callHandler,
    files: world.files,
    token,
    bodyLimitBytes: options.bodyLimitBytes ?? DEFAULTS.bodyLimitBytes,
  });
  const restart = singleFlight(async (downMs) => {
    webhooks.suspend();
    await server.restart(() => world.time.wait(downMs, closing.signal));
    if (!closing.signal.aborted) webhooks.resume();
  });
  const control = new ControlEndpoint({ world, people, faults, traffic, calls, restart });
  const ports = { port: options.port ?? 0, closing: closing.signal };
  const page = new PageEndpoint({ world, closing: closing.signal });
  const server = await listen({ bot, control, page }, ports);
  return {
    url: server.url,
    token,
    people,
    faults,
    traffic,
    calls,
    doubleNextUpdates: (times) => {
      world.updates.doubleNext(times);
    },
    pendingUpdateCount: () => world.updates.pendingCount,
    restart: ({ downMs = 0 } = {}) => restart(downMs),
    close: async () => {
      endWaits(parts);
      await server.close();
    },
  };
}

type Parts = ReturnType<typeof newParts>;

/** Everything but the server. */
function newParts(options: SandboxOptions, token: string) {
  const world = newWorld(options, token);
  const faults = new FaultStore(seededDraw(options.faultSeed ?? randomInt(2 ** 32)));
  const traffic = new Traffic(world.time, options.traffic ?? false);
  const calls = new CallLog((call) => {
    world.feed.add({ kind: 'call', call });
    if (call.fault !== null) world.feed.add({ kind: 'faults' });
  });
  const closing = new AbortController();
  /* Every delayed call adds a listener. */
  setMaxListeners(0, closing.signal);
  const callHandler = new CallHandler({
    world,
    faults,
    traffic,
    calls,
    closing: closing.signal,
    isStrict: options.strict ?? true,
  });
  const webhooks = new WebhookService({
    world,
    timeoutMs: options.webhookTimeoutMs ?? DEFAULTS.webhookTimeoutMs,
    perform: (reply) => performReply(callHandler, reply, closing.signal),
  });
  return {
    world,
    people: new People(world),
    faults,
    traffic,
    calls,
    callHandler,
    webhooks,
    closing,
  };
}

function endWaits({ closing, webhooks, traffic, world }: Parts): void {
  closing.abort();
  webhooks.suspend();
  traffic.set(false);
  world.updates.endPoll('gone');
}

function newWorld(options: SandboxOptions, token: string): World {
  const username = options.botUsername ?? DEFAULTS.botUsername;
  return new World({
    bot: new BotUser(token, username, options.botName ?? DEFAULTS.botName),
    time: { now: options.now ?? realTime.now, wait: options.wait ?? realTime.wait },
    firstUpdateId: options.firstUpdateId ?? randomInt(100_000_000, 1_000_000_000),
    callbackLifetimeMs: options.callbackLifetimeMs ?? DEFAULTS.callbackLifetimeMs,
  });
}

type Restart = (downMs: number) => Promise<void>;

/** Requests during a restart share it. */
function singleFlight(restart: Restart): Restart {
  let running: Promise<void> | null = null;
  return (downMs) => {
    running ??= restart(downMs).finally(() => {
      running = null;
    });
    return running;
  };
}
