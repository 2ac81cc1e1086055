import { once, setMaxListeners } from 'node:events';
import type { Sandbox } from 'telegram-sandbox';
import type { RunningPostgres } from '../../tests/support/postgres-server.ts';
import type { BotProcesses } from './bot-processes.ts';
import { type ChaosOptions, gapsOf } from './chaos-options.ts';
import { type Fault, planFaults } from './fault-plan.ts';
import type { OutageLog } from './outages.ts';
import type { PersistentRedis, Sleep } from './persistent-redis.ts';
import { setDiskFull, setReadOnly } from './postgres-faults.ts';
import { silencePolls, takeWebhook } from './telegram-faults.ts';
import { abortableSleep, withTimeout } from './timeouts.ts';

export interface InjectedFaults {
  readonly faults: readonly Fault[];
  /** Faults that did not end in time: the run proves nothing then. */
  readonly failures: readonly string[];
}

export interface FaultTargets {
  readonly redis: PersistentRedis;
  /** null: the database is embedded. */
  readonly postgres: RunningPostgres | null;
  readonly bots: BotProcesses;
  readonly outages: OutageLog;
  readonly sandbox: Pick<Sandbox, 'url' | 'token' | 'doubleNextUpdates' | 'faults' | 'calls'>;
}

/** For one fault, with the restarts after it. */
const FAULT_TIMEOUT_MS = 90_000;

/** Faults overlap, except those of one server, which wait for each other. */
export async function injectFaults(
  options: ChaosOptions,
  targets: FaultTargets,
): Promise<InjectedFaults> {
  const startedAt = performance.now();
  const over = AbortSignal.timeout(options.durationMs);
  // Every fault that lasts listens to it.
  setMaxListeners(0, over);
  const ending = once(over, 'abort');
  const faults: Fault[] = [];
  const failures: string[] = [];
  const running: Promise<void>[] = [];
  const lastOf = new Map<string, Promise<void>>();
  const without = new Set(gapsOf(options).flatMap(({ kinds }) => kinds));
  for (const { afterMs, fault } of planFaults({ ...options, without })) {
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
    const inject = () => injectFault(fault, { options, targets, over });
    const done = before
      .then(() => withTimeout(inject(), timeout))
      .catch((error: unknown) => void failures.push(String(error)));
    if (server !== null) lastOf.set(server, done);
    running.push(done);
  }
  await Promise.all(running);
  return { faults, failures };
}

/** null for bots and silent lines: several faults may hit them at once. */
function serverOf({ kind }: Fault): string | null {
  const servers = ['redis', 'postgres', 'webhook', 'release'];
  return servers.find((server) => kind.startsWith(server)) ?? null;
}

interface Injection {
  readonly options: ChaosOptions;
  readonly targets: FaultTargets;
  readonly over: AbortSignal;
}

async function injectFault(fault: Fault, { options, targets, over }: Injection): Promise<void> {
  const { bots, outages, sandbox } = targets;
  const sleep = (ms: number) => abortableSleep(ms, over);
  switch (fault.kind) {
    case 'bot killed':
      return bots.kill(fault.bot, fault.downMs);
    case 'bot stopped':
      return bots.stopOne(fault.bot, fault.downMs);
    case 'clock ahead':
      return bots.shiftClock(fault.bot, fault.durationMs, sleep);
    case 'release changed':
      return changeRelease(fault, { options, bots, sleep });
    case 'redis connections dropped':
      return targets.redis.disconnectClients();
    case 'redis flushed':
      return targets.redis.flush();
    case 'redis demoted':
      await targets.redis.addReplica();
      return outages.during('redis', () => targets.redis.demote());
    case 'redis killed':
    case 'redis restarted':
    case 'redis file lost':
    case 'redis paused':
    case 'redis full':
    case 'redis disk full':
    case 'redis read-only':
      return outages.during('redis', () => stopRedis(fault, targets.redis, sleep));
    case 'postgres killed':
    case 'postgres disk full':
    case 'postgres read-only':
      return stopPostgres(fault, targets.postgres, sleep);
    case 'telegram silent':
      outages.add('line', await silencePolls(sandbox, fault.durationMs, sleep));
      return;
    case 'webhook removed':
      outages.add('line', await takeWebhook(sandbox));
      return;
    case 'updates duplicated':
      sandbox.doubleNextUpdates(fault.count);
  }
}

/** Two receivers by webhook would need two ports and a load balancer; two cannot share a folder. */
async function changeRelease(
  { bot, durationMs }: Extract<Fault, { kind: 'release changed' }>,
  { options, bots, sleep }: { options: ChaosOptions; bots: BotProcesses; sleep: Sleep },
): Promise<void> {
  const { olderRelease, receives, database } = options;
  if (olderRelease === null) throw new Error('no older release');
  const isAlone = database === 'embedded' || (receives === 'webhook' && bot === 0);
  await bots.changeRelease(bot, olderRelease.folder, !isAlone);
  await sleep(durationMs);
  await bots.changeRelease(bot, null, !isAlone);
}

type RedisFault = Extract<Fault, { kind: `redis ${string}` }>;

async function stopRedis(
  fault: Exclude<
    RedisFault,
    { kind: 'redis connections dropped' | 'redis flushed' | 'redis demoted' }
  >,
  redis: PersistentRedis,
  sleep: Sleep,
): Promise<void> {
  switch (fault.kind) {
    case 'redis killed':
      return redis.crash(fault.downMs, sleep);
    case 'redis restarted':
      return redis.restart(fault.downMs, sleep);
    case 'redis file lost':
      return redis.loseFile(fault.downMs, sleep);
    case 'redis paused':
      return redis.pause(fault.durationMs, sleep);
    case 'redis full':
      return redis.exhaustMemory(fault.durationMs, sleep);
    case 'redis disk full':
      return redis.fillDisk(fault.durationMs, sleep);
    case 'redis read-only':
      return redis.makeReadOnly(fault.durationMs, sleep);
  }
}

async function stopPostgres(
  fault: Extract<Fault, { kind: `postgres ${string}` }>,
  postgres: RunningPostgres | null,
  sleep: Sleep,
): Promise<void> {
  if (postgres === null) throw new Error('no PostgreSQL in this run');
  switch (fault.kind) {
    case 'postgres killed':
      await postgres.crashAsync();
      await sleep(fault.downMs);
      return postgres.restart();
    case 'postgres disk full':
      await setDiskFull(postgres.url, true);
      await sleep(fault.durationMs);
      return setDiskFull(postgres.url, false);
    case 'postgres read-only':
      await setReadOnly(postgres.url, true);
      await sleep(fault.durationMs);
      return setReadOnly(postgres.url, false);
  }
}
