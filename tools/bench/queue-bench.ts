import { performance } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Redis } from 'ioredis';
import { seededDraw } from 'telegram-sandbox/testing';
import { systemClock, systemEntropy } from '../../bot/system.ts';
import { gearScore } from '../../domains/account/gear-score.ts';
import { type Attributes, attributeNames } from '../../domains/account/account-context.ts';
import { ArenaSessionService } from '../../domains/arena/arena-session-service.ts';
import { SearchRecorder } from '../../domains/arena/search-recorder.ts';
import { noMetrics } from '../../domains/core/metrics.ts';
import { ArenaManager } from '../../redis/managers/arena-manager.ts';
import { enqueue } from '../../tests/support/arena-steps.ts';
import { shippedRules } from '../../tests/support/matchmaking-notation.ts';
import { finishedSession } from '../../tests/support/finished-session.ts';
import { PlainAccounts } from '../../tests/support/plain-accounts.ts';
import { silentLog } from '../../tests/support/silent-log.ts';
import { loadBareJoin } from './bare-join.ts';
import { runConcurrently } from './run-concurrently.ts';
import { serverCpuUs } from './server-cpu.ts';

export type Join = (charId: number) => Promise<number | null>;

export interface Batch {
  readonly joins: number;
  readonly matched: number;
  readonly perSecond: number;
  /** Processor time for one join, of this process and of the server. */
  readonly clientUs: number;
  readonly serverUs: number;
}

const MODE = '1v1';
const IN_FLIGHT = 50;
const FILL_IN_FLIGHT = 1_000;
const userOf = (charId: number) => 1_000_000_000 + charId;

/** An arena in its own database, with a queue of a chosen length. Every character joins once. */
export class QueueBench {
  readonly sessions: ArenaSessionService;
  readonly accounts = new PlainAccounts();
  readonly #client: Redis;
  readonly #arena: ArenaManager;
  readonly #draw = seededDraw(1);
  #lastCharId = 0;

  constructor(client: Redis) {
    this.#client = client;
    const { accounts } = this;
    const recorder = new SearchRecorder({ metrics: noMetrics, log: silentLog, clock: systemClock });
    const deps = { clock: systemClock, entropy: systemEntropy, rules: shippedRules, recorder };
    this.#arena = new ArenaManager({
      client,
      clock: systemClock,
      log: silentLog,
    });
    const findBattle = () => Promise.resolve(null);
    this.sessions = new ArenaSessionService({ arena: this.#arena, accounts, findBattle, ...deps });
  }

  readonly throughService: Join = async (charId) => {
    const joined = await this.sessions.joinQueue(charId, MODE);
    if (joined.kind !== 'joined') throw new Error(`${charId} could not join: ${joined.kind}`);
    return joined.match?.opponent?.charId ?? null;
  };

  async bare(how: 'first' | 'nearest'): Promise<Join> {
    const join = await loadBareJoin(this.#client, how);
    return (charId) => join(this.#requestOf(charId, gsOf(charId)), `bare${charId}`);
  }

  /** Fills the queue up to this length; GearScores are uniform from 100 to 1,099. */
  async fill(waiting: number): Promise<void> {
    const missing = waiting - (await this.#arena.queueSize(MODE));
    const ids = this.#newIds(Math.max(0, missing));
    const enqueueOne = (charId: number) =>
      enqueue(this.#arena, this.#requestOf(charId, 100 + Math.floor(1_000 * this.#draw())));
    await runConcurrently(ids, enqueueOne, FILL_IN_FLIGHT);
  }

  async empty(): Promise<void> {
    await this.#client.flushdb();
  }

  async newcomers(count: number): Promise<number[]> {
    const ids = this.#newIds(count);
    for (const charId of ids) {
      const attributes = attributesOf(charId);
      await this.accounts.createAccount(charId, {
        ...anySession,
        user_id: userOf(charId),
        attributes,
      });
    }
    return ids;
  }

  async run(
    ids: readonly number[],
    join: Join,
    onMatch: (pair: readonly [number, number]) => void,
  ): Promise<Batch> {
    promoteNewcomers();
    const serverBefore = await serverCpuUs(this.#client);
    const clientBefore = process.cpuUsage();
    const startedAt = performance.now();
    let matched = 0;
    const joinOne = async (charId: number) => {
      const opponentId = await join(charId);
      if (opponentId === null) return;
      matched += 1;
      onMatch([charId, opponentId]);
    };
    await runConcurrently(ids, joinOne, IN_FLIGHT);
    const tookMs = performance.now() - startedAt;
    const client = process.cpuUsage(clientBefore);
    const serverUs = ((await serverCpuUs(this.#client)) - serverBefore) / ids.length;
    const clientUs = (client.user + client.system) / ids.length;
    const joins = ids.length;
    return { joins, matched, perSecond: (1_000 * joins) / tookMs, clientUs, serverUs };
  }

  async deleteAccounts(ids: readonly number[]): Promise<void> {
    for (const charId of ids) await this.accounts.deleteAccount(charId);
  }

  #newIds(count: number): number[] {
    const first = this.#lastCharId + 1;
    this.#lastCharId += count;
    return Array.from({ length: count }, (_, index) => first + index);
  }

  #requestOf(charId: number, gs: number) {
    return {
      charId,
      userId: userOf(charId),
      mode: MODE,
      gs,
      startTimeMs: systemClock.now(),
    } as const;
  }
}

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as (how: { readonly type: 'minor' }) => void;

/** Two minor collections move the new sessions to the old generation, which is no part of a join. */
function promoteNewcomers(): void {
  collect({ type: 'minor' });
  collect({ type: 'minor' });
}

/** Shared by all sessions, so that the garbage collector has little to move. */
const anySession = finishedSession(0, 0);

/** Equal points in all attributes, from 8 to 87: GearScores from 100 to 1,088. */
const strengths = Array.from(
  { length: 80 },
  (_, more) => Object.fromEntries(attributeNames.map((name) => [name, 8 + more])) as Attributes,
);

function attributesOf(charId: number): Attributes {
  return strengths[(charId * 7_919) % strengths.length] ?? anySession.attributes;
}

function gsOf(charId: number): number {
  return gearScore(attributesOf(charId));
}
