import { once } from 'node:events';
import { Client } from 'pg';
import type { Sandbox } from 'telegram-sandbox';
import type { RunningPostgres } from '../../tests/support/postgres-server.ts';
import type { BotProcesses } from './bot-processes.ts';
import { type Fault, type Range, planFaults } from './fault-plan.ts';
import type { PersistentRedis } from './persistent-redis.ts';
import { abortableSleep, withTimeout } from './timeouts.ts';

export interface InjectOptions {
  readonly seed: number;
  readonly durationMs: number;
  readonly intervalMs: Range;
  readonly print: (line: string) => void;
}

export interface InjectedFaults {
  readonly faults: readonly Fault[];
  /** Faults that did not end in time: the run proves nothing then. */
  readonly failures: readonly string[];
}

export interface FaultTargets {
  readonly redis: PersistentRedis;
  readonly postgres: RunningPostgres;
  readonly bots: BotProcesses;
  readonly sandbox: Pick<Sandbox, 'doubleNextUpdates' | 'faults'>;
}

/** For one fault, with the restarts after it. */
const FAULT_TIMEOUT_MS = 90_000;

/** Faults overlap, except those of one server, which wait for each other. */
export async function injectFaults(
  options: InjectOptions,
  targets: FaultTargets,
): Promise<InjectedFaults> {
  const startedAt = performance.now();
  const over = AbortSignal.timeout(options.durationMs);
  const ending = once(over, 'abort');
  const faults: Fault[] = [];
  const failures: string[] = [];
  const running: Promise<void>[] = [];
  const lastOf = new Map<string, Promise<void>>();
  for (const { afterMs, fault } of planFaults({ ...options, bots: targets.bots.size })) {
    // A bot that is still starting meets no fault, so on a busy machine faults wait for it. One that
    // never starts is reported after the faults.
    await Promise.race([targets.bots.waitUntilReady().catch(() => undefined), ending]);
    await abortableSleep(afterMs, over);
    if (over.aborted) break;
    faults.push(fault);
    const elapsedS = (performance.now() - startedAt) / 1000;
    options.print(`${elapsedS.toFixed(1)} s ${JSON.stringify(fault)}`);
    const server = serverOf(fault);
    const before = (server === null ? null : lastOf.get(server)) ?? Promise.resolve();
    const timeout = { what: JSON.stringify(fault), timeoutMs: FAULT_TIMEOUT_MS };
    const done = before
      .then(() => withTimeout(injectFault(fault, targets, over), timeout))
      .catch((error: unknown) => void failures.push(String(error)));
    if (server !== null) lastOf.set(server, done);
    running.push(done);
  }
  await Promise.all(running);
  return { faults, failures };
}

/** null for bots and Telegram: several faults may hit them at once. */
function serverOf({ kind }: Fault): string | null {
  return ['redis', 'postgres'].find((server) => kind.startsWith(server)) ?? null;
}

async function injectFault(fault: Fault, targets: FaultTargets, over: AbortSignal): Promise<void> {
  const { redis, postgres, bots, sandbox } = targets;
  const sleep = (ms: number) => abortableSleep(ms, over);
  switch (fault.kind) {
    case 'bot killed':
      return bots.kill(fault.bot, fault.downMs);
    case 'bot stopped':
      return bots.stopOne(fault.bot, fault.downMs);
    case 'clock ahead':
      return bots.shiftClock(fault.bot, fault.durationMs, sleep);
    case 'redis killed':
      return redis.crash(fault.downMs, sleep);
    case 'redis restarted':
      return redis.restart(fault.downMs, sleep);
    case 'redis paused':
      return redis.pause(fault.durationMs, sleep);
    case 'redis connections dropped':
      return redis.disconnectClients();
    case 'redis full':
      return redis.exhaustMemory(fault.durationMs, sleep);
    case 'redis read-only':
      return redis.makeReadOnly(fault.durationMs, sleep);
    case 'postgres killed':
      await postgres.crashAsync();
      await sleep(fault.downMs);
      return postgres.restart();
    case 'postgres read-only':
      await setReadOnly(postgres.url, true);
      await sleep(fault.durationMs);
      return setReadOnly(postgres.url, false);
    case 'telegram silent':
      sandbox.faults.add({ method: 'getUpdates', kind: 'slow', delayMs: fault.durationMs });
      return sleep(fault.durationMs);
    case 'updates duplicated':
      sandbox.doubleNextUpdates(fault.count);
  }
}

/** For new sessions and those that are open. */
async function setReadOnly(url: string, isOn: boolean): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(`alter system set default_transaction_read_only = ${isOn ? 'on' : 'off'}`);
  await client.query('select pg_reload_conf()');
  await client.end();
}
