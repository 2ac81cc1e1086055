import { performance } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Redis } from 'ioredis';
import { seededDraw } from 'telegram-sandbox/testing';
import { systemClock, systemEntropy } from '../../bot/system.ts';
import { gearScore } from '../../domains/account/gear-score.ts';
import { type Attributes, attributeNames } from '../../domains/account/account-context.ts';
import { ArenaSessionService } from '../../domains/arena/arena-session-service.ts';
import { ArenaManager } from '../../redis/managers/arena-manager.ts';
import { enqueue } from '../../tests/support/arena-steps.ts';
import { shippedRules } from '../../tests/support/matchmaking-notation.ts';
import { finishedSession } from '../../tests/support/finished-session.ts';
import { PlainAccounts } from '../../tests/support/plain-accounts.ts';
import { silentLog } from '../../tests/support/silent-log.ts';
import { loadBareJoin } from './bare-join.ts';

/** One way to join; answers the opponent, or null where he waits now. */
export type Join = (charId: number) => Promise<number | null>;

/** What a batch of joins took. */
export interface Batch {
  readonly joins: number;
  readonly matched: number;
  readonly perSecond: number;
  /** Of this process and of the server, for one join: what else runs on the machine is not in it. */
  readonly clientUs: number;
  readonly serverUs: number;
}

const MODE = '1v1';
const IN_FLIGHT = 50;
const FILL_IN_FLIGHT = 1_000;
const userOf = (charId: number) => 1_000_000_000 + charId;

/**
 * An arena in a database of its own, with a queue as long as wanted. Everybody joins once.
 */
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
    const around = { clock: systemClock, entropy: systemEntropy, rules: shippedRules };
    this.#arena = new ArenaManager({
      client: client,
      clock: systemClock,
      log: silentLog,
    });
    this.sessions = new ArenaSessionService({ arena: this.#arena, accounts, ...around });
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

  /** As many wait as wanted, evenly from 100 to 1,099, each for some of the time until the Shadow. */
  async fill(waiting: number): Promise<void> {
    const missing = waiting - (await this.#arena.queueSize(MODE));
    const ids = this.#newIds(Math.max(0, missing));
    await inFlight(ids, FILL_IN_FLIGHT, async (charId) => {
      await enqueue(this.#arena, this.#requestOf(charId, 100 + Math.floor(1_000 * this.#draw())));
    });
  }

  async empty(): Promise<void> {
    await this.#client.flushdb();
  }

  /** Characters with a session who have never joined. */
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

  /** Lets all of them join by `join`, so many at once on the one connection. */
  async run(
    ids: readonly number[],
    join: Join,
    told: (pair: readonly [number, number]) => void,
  ): Promise<Batch> {
    settleNewcomers();
    const serverBefore = await this.#serverCpuUs();
    const clientBefore = process.cpuUsage();
    const startedAt = performance.now();
    let matched = 0;
    await inFlight(ids, IN_FLIGHT, async (charId) => {
      const opponentId = await join(charId);
      if (opponentId === null) return;
      matched += 1;
      told([charId, opponentId]);
    });
    const tookMs = performance.now() - startedAt;
    const client = process.cpuUsage(clientBefore);
    const serverUs = ((await this.#serverCpuUs()) - serverBefore) / ids.length;
    const clientUs = (client.user + client.system) / ids.length;
    const joins = ids.length;
    return { joins, matched, perSecond: (1_000 * joins) / tookMs, clientUs, serverUs };
  }

  async forget(ids: readonly number[]): Promise<void> {
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

  async #serverCpuUs(): Promise<number> {
    const info = await this.#client.info('cpu');
    const used = [...info.matchAll(/^used_cpu_(?:sys|user):([\d.]+)/gm)];
    return used.reduce((sum, [, seconds]) => sum + 1e6 * Number(seconds), 0);
  }
}

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as (how: { readonly type: 'minor' }) => void;

/** To move the newcomers where what lasts is kept is no part of a join; it takes two collections. */
function settleNewcomers(): void {
  collect({ type: 'minor' });
  collect({ type: 'minor' });
}

/** What is alike in all of them is there once: moving it about is no part of a join. */
const anySession = finishedSession(0, 0);

/** The same points in everything, from 8 to 87: GearScores from 100 to 1,088. */
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

async function inFlight<T>(all: readonly T[], width: number, act: (one: T) => Promise<void>) {
  const rest = all.values();
  const worker = async () => {
    for (const one of rest) await act(one);
  };
  await Promise.all(Array.from({ length: width }, worker));
}
