import { once } from 'node:events';
import { Client } from 'pg';
import type { Sandbox } from 'telegram-sandbox';
import type { RunningPostgres } from '../../tests/support/postgres-server.ts';
import type { BotProcesses } from './bot-processes.ts';
import { type Fault, type Range, planFaults } from './fault-plan.ts';
import type { PersistentRedis } from './persistent-redis.ts';
import { withTimeout, abortableSleep } from './timeouts.ts';

export interface InjectOptions {
  readonly seed: number;
  readonly forMs: number;
  readonly pauseMs: Range;
  readonly tell: (line: string) => void;
}

export interface InjectedFaults {
  readonly inflicted: readonly Fault[];
  /** Faults that did not come to their end: then what was counted is worth nothing. */
  readonly failures: readonly string[];
}

/** Who can be hit. */
export interface FaultTargets {
  readonly redis: PersistentRedis;
  readonly postgres: RunningPostgres;
  readonly crew: BotProcesses;
  readonly sandbox: Pick<Sandbox, 'doubleNextUpdates' | 'faults'>;
}

/** No fault lasts longer, with all that starts again after it. */
const LONGEST_MS = 90_000;

/** One after the other begins; those of one server wait for each other, all else is as it comes. */
export async function injectFaults(
  wish: InjectOptions,
  scene: FaultTargets,
): Promise<InjectedFaults> {
  const startedAt = performance.now();
  const over = AbortSignal.timeout(wish.forMs);
  const ending = once(over, 'abort');
  const inflicted: Fault[] = [];
  const failures: string[] = [];
  const underWay: Promise<void>[] = [];
  const isFree = new Map<string, Promise<void>>();
  for (const { afterMs, fault } of planFaults({ ...wish, bots: scene.crew.size })) {
    // On a busy machine starts take long, and a bot that never gets up meets no other fault. One
    // that does not get up at all is told of when the faults are over.
    await Promise.race([scene.crew.waitUntilReady().catch(() => undefined), ending]);
    await abortableSleep(afterMs, over);
    if (over.aborted) break;
    inflicted.push(fault);
    wish.tell(`${((performance.now() - startedAt) / 1000).toFixed(1)} s ${JSON.stringify(fault)}`);
    const server = serverOf(fault);
    const free = server === null ? null : isFree.get(server);
    const done = (free ?? Promise.resolve())
      .then(() => withTimeout(injectFault(fault, scene, over), waitFor(fault)))
      .catch((error: unknown) => void failures.push(String(error)));
    if (server !== null) isFree.set(server, done);
    underWay.push(done);
  }
  await Promise.all(underWay);
  return { inflicted, failures };
}

/** Which server it hits; bots, and Telegram, can be hit by several at once. */
function serverOf({ kind }: Fault): string | null {
  return ['redis', 'postgres'].find((server) => kind.startsWith(server)) ?? null;
}

function waitFor(fault: Fault) {
  return { what: `the end of ${JSON.stringify(fault)}`, withinMs: LONGEST_MS };
}

async function injectFault(fault: Fault, scene: FaultTargets, over: AbortSignal): Promise<void> {
  const { redis, postgres, crew, sandbox } = scene;
  const wait = (ms: number) => abortableSleep(ms, over);
  switch (fault.kind) {
    case 'bot killed':
      return crew.kill(fault.bot, fault.downMs);
    case 'bot stopped':
      return crew.stopOne(fault.bot, fault.downMs);
    case 'clock ahead':
      return crew.shiftClock(fault.bot, fault.forMs, wait);
    case 'redis killed':
      return redis.crash(fault.downMs, wait);
    case 'redis restarted':
      return redis.restart(fault.downMs, wait);
    case 'redis paused':
      return redis.pause(fault.forMs, wait);
    case 'redis drops all':
      return redis.disconnectClients();
    case 'redis full':
      return redis.exhaustMemory(fault.forMs, wait);
    case 'redis read-only':
      return redis.makeReadOnly(fault.forMs, wait);
    case 'postgres killed':
      await postgres.crashAsync();
      await wait(fault.downMs);
      return postgres.restart();
    case 'postgres read-only':
      await setReadOnly(postgres.url, true);
      await wait(fault.forMs);
      return setReadOnly(postgres.url, false);
    case 'telegram silent':
      sandbox.faults.add({ method: 'getUpdates', kind: 'slow', delayMs: fault.forMs });
      return wait(fault.forMs);
    case 'updates doubled':
      sandbox.doubleNextUpdates(fault.count);
  }
}

/** For all sessions, those that are open included. */
async function setReadOnly(url: string, isOn: boolean): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(`alter system set default_transaction_read_only = ${isOn ? 'on' : 'off'}`);
  await client.query('select pg_reload_conf()');
  await client.end();
}
