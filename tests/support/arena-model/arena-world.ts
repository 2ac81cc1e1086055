import type fc from 'fast-check';
import type { Redis } from 'ioredis';
import { type AccountContext } from '../../../domains/account/account-context.ts';
import { arenaFeature } from '../../../domains/arena/arena-feature.ts';
import { ArenaService } from '../../../domains/arena/arena-service.ts';
import { ArenaSessionService } from '../../../domains/arena/arena-session-service.ts';
import { SearchRecorder } from '../../../domains/arena/search-recorder.ts';
import { noMetrics } from '../../../domains/core/metrics.ts';
import { duelFeature } from '../../../domains/arena/duel-feature.ts';
import { DuelService } from '../../../domains/arena/duel-service.ts';
import { NotLoggedInError } from '../../../domains/arena/not-logged-in-error.ts';
import { ActionRouter } from '../../../domains/arena/action-router.ts';
import { CombatService } from '../../../domains/combat/combat-service.ts';
import { FeatureRegistry } from '../../../domains/core/feature-registry.ts';
import { WaitingLine } from '../../../domains/core/waiting-line.ts';
import { ArenaManager } from '../../../redis/managers/arena-manager.ts';
import { turnRules } from '../battle-setup.ts';
import { FixedClock } from '../clock.ts';
import { finishedSession } from '../finished-session.ts';
import { PlainAccounts } from '../plain-accounts.ts';
import { MemoryBattleArchive } from '../memory-battle-archive.ts';
import { never } from '../never.ts';
import { silentLog } from '../silent-log.ts';
import { ArenaModel, type ScriptCall } from './arena-model.ts';
import { BattleRecords, NumberedBattles } from './numbered-battles.ts';
import { InvariantChecker } from './invariant-checker.ts';
import { rawState } from './raw-arena.ts';
import { type Command, steppedClient } from './stepped-client.ts';
import { keys } from '../../../redis/keys.ts';
import { listeners, noStandings, unobserved } from '../unobserved.ts';
import { openBlockList } from '../open-block-list.ts';

export const MODE = '1v1';
export const charIds = [1, 2, 3, 4, 5];
export const processes = [0, 1, 2];

export const rules = {
  widening: [
    { afterMs: 0, share: 0.15 },
    { afterMs: 10_000, share: 0.3 },
  ],
  shadowAfterMs: 45_000,
  requestTtlMs: 300_000,
};

/** 1 and 4 belong to one user; 5 is too strong for the others. */
const sessions = new Map(
  charIds.map((charId): [number, AccountContext] => {
    const session = finishedSession(charId, charId === 4 ? 1_001 : 1_000 + charId);
    const { attributes } = session;
    const strong = { ...attributes, strength: 90, agility: 90, endurance: 90 };
    return [charId, charId === 5 ? { ...session, attributes: strong } : session];
  }),
);

class RestorableAccounts extends PlainAccounts {
  constructor() {
    super(sessions);
  }

  restoreSession(charId: number): void {
    const session = sessions.get(charId);
    if (session !== undefined && !this.has(charId)) void this.createAccount(charId, session);
  }
}

/** The router's dependencies on users, which this test does not use. */
const noUsers = {
  login: {
    resume: () => Promise.resolve(null),
    recordSeen: () => Promise.resolve(),
    knows: () => true,
  },
  players: { registerUser: () => Promise.resolve() },
};

interface Bot {
  readonly arena: ArenaService;
  readonly combat: CombatService;
  /** Incremented by a crash; commands of an earlier life are never sent. */
  life: number;
  losesReply: boolean;
}

/** Several bots on one Redis; the scheduler orders their commands, and each is compared with the model. */
export class ArenaWorld {
  readonly clock = new FixedClock();
  readonly model = new ArenaModel();
  readonly accounts = new RestorableAccounts();
  readonly #checker = new InvariantChecker(rules.requestTtlMs);
  readonly #records = new BattleRecords();
  readonly #archive = new MemoryBattleArchive();
  readonly #client: Redis;
  readonly #bots: Bot[];
  readonly #unscheduled = new WaitingLine(1);
  #scheduler: fc.Scheduler | null;
  #matchIds: string[] = [];
  #ids = 0;
  #fault: Error | null = null;

  constructor(client: Redis, scheduler: fc.Scheduler) {
    this.#client = client;
    this.#scheduler = scheduler;
    this.#bots = processes.map((number) => this.#openBot(number));
  }

  bot(number: number): Bot {
    const bot = this.#bots[number];
    if (bot === undefined) throw new Error(`no process ${number}`);
    return bot;
  }

  start(act: () => Promise<unknown>): void {
    act().catch((error: unknown) => {
      if (!(error instanceof NotLoggedInError)) this.#fail(error);
    });
  }

  crash(number: number): void {
    const life = this.bot(number).life + 1;
    this.#bots[number] = { ...this.#openBot(number), life };
  }

  verify(): void {
    if (this.#fault !== null) throw this.#fault;
  }

  async expireRequests(): Promise<void> {
    const nowMs = this.clock.now();
    for (const [charId, { startMs }] of this.model.requests) {
      if (Number(startMs) + rules.requestTtlMs > nowMs) continue;
      this.model.expire(charId);
      await this.#client.del(keys.request(Number(charId)));
    }
  }

  async drain(scheduler: fc.Scheduler): Promise<void> {
    do {
      await scheduler.waitIdle();
      await new Promise((resolve) => setImmediate(resolve));
    } while (scheduler.count() > 0);
    this.verify();
  }

  /** Throws if crashed processes leave unfinished work after a few seconds and a wave. */
  async verifyRecovery(): Promise<void> {
    this.#scheduler = null;
    // Longer than the leases of processes that have crashed.
    this.clock.advance(6_000);
    const { arena, combat } = this.bot(0);
    await arena.wave();
    await combat.tick();
    this.verify();
    const nowMs = this.clock.now();
    const open = this.#checker.unfinished(this.model, nowMs, (id) => this.#records.isOpen(id));
    if (open.length > 0) throw new Error(`unfinished: ${open.join('; ')}`);
  }

  #openBot(number: number): Bot {
    const client = steppedClient(this.#client, (command, send) =>
      this.#step(number, command, send),
    );
    const { clock, accounts } = this;
    const log = silentLog;
    const entropy = { id: () => `m${(this.#ids += 1)}`, seed: () => '0'.repeat(32) };
    const arena = new ArenaManager({ client, clock, log });
    const sessionService = new ArenaSessionService({
      arena,
      accounts,
      clock,
      entropy,
      rules,
      recorder: new SearchRecorder({ metrics: noMetrics, log, clock }),
      findBattle: (battleId) => combat.find(battleId),
    });
    const combat: CombatService = new CombatService({
      battles: new NumberedBattles(client, this.#records),
      archive: this.#archive,
      accounts,
      seats: arena,
      restore: () => Promise.resolve(null),
      observer: unobserved,
      clock,
      log,
      wait: never,
      rules: turnRules,
    });
    const service: ArenaService = new ArenaService({
      sessions: sessionService,
      combat,
      accounts,
      live: { getOrRestore: (charId) => accounts.getFullAccount(charId) },
      queues: arena,
      levels: { reachedBy: () => Promise.resolve('master') },
      standings: noStandings,
      chances: { of: () => ({ chance: 0.5, isCalibrated: false }) },
      forecast: { of: () => Promise.resolve(null) },
      announcer: { announce() {} },
      drain: { isOn: () => false },
      currentScreen: (charId) => router.screenOf(charId),
      clock,
      entropy,
      log,
    });
    const features = new FeatureRegistry([
      duelFeature({
        duel: new DuelService({
          combat,
          standings: noStandings,
          players: listeners,
          blockList: openBlockList(),
        }),
      }),
      arenaFeature({ arena: service, sessions: sessionService }),
    ]);
    const router = new ActionRouter({
      features,
      accounts,
      ...noUsers,
      gate: { stops: () => false, stopsText: () => false },
      sessions: sessionService,
      news: { linesFor: () => Promise.resolve([]) },
      ladders: { endLines: () => Promise.resolve([]) },
    });
    return { arena: service, combat, life: 0, losesReply: false };
  }

  #step(number: number, command: Command, send: () => Promise<unknown>): Promise<unknown> {
    const { life } = this.bot(number);
    const scheduler = this.#scheduler;
    const execute = () => this.#execute(number, command, send);
    // One command at a time, because each is compared with the model.
    if (scheduler === null) return this.#unscheduled.run(execute);
    // A crashed process gets no reply: its promise stays pending.
    return new Promise((resolve, reject) => {
      const builder = async () => {
        if (this.bot(number).life === life) await execute().then(resolve, reject);
      };
      scheduler.scheduleSequence([{ builder, label: `process ${number}: ${command.label}` }]);
    });
  }

  async #execute(number: number, command: Command, send: () => Promise<unknown>) {
    const bot = this.bot(number);
    const reply = await this.#runAndCompare(command, send);
    if (command.script === null || !bot.losesReply) return reply;
    // The reply is lost, so the client retries the command.
    bot.losesReply = false;
    const before = JSON.stringify(this.model.state());
    const again = await this.#runAndCompare(command, send);
    if (JSON.stringify(this.model.state()) !== before) {
      this.#fail(new Error(`${command.label} has another effect when retried`));
    }
    return again;
  }

  async #runAndCompare({ script, label }: Command, send: () => Promise<unknown>): Promise<unknown> {
    const reply = await send();
    if (script === null) return reply;
    this.#matchIds = [...new Set([...this.#matchIds, ...matchIdsIn(script)])];
    const violations = this.#checker.violationsOfReply(script, String(reply), this.model);
    const expectedReply = this.model.run(script);
    if (reply !== expectedReply)
      violations.push(`${label} replied ${String(reply)}, the model ${expectedReply}`);
    this.#checker.recordReply(script, String(reply));
    this.#records.recordReply(script, String(reply));
    const raw = await rawState(this.#client, charIds, this.#matchIds);
    const expected = this.model.state();
    violations.push(...differences(raw, expected));
    violations.push(...this.#checker.violationsIn(raw, this.clock.now(), this.#records.open()));
    if (violations.length > 0) this.#fail(new Error(`after ${label}: ${violations.join('; ')}`));
    return reply;
  }

  #fail(error: unknown): void {
    this.#fault ??= error instanceof Error ? error : new Error(String(error));
  }
}

function matchIdsIn({ stem, args }: ScriptCall): string[] {
  if (stem === 'claim-match' || stem === 'claim-training') return args.slice(0, 1);
  return stem === 'join-queue' ? args.slice(8, 9) : [];
}

function differences(
  raw: Readonly<Record<string, string>>,
  expected: Readonly<Record<string, string>>,
): string[] {
  const names = new Set([...Object.keys(raw), ...Object.keys(expected)]);
  return [...names]
    .filter((name) => raw[name] !== expected[name])
    .map((name) => `${name} is "${raw[name] ?? '-'}", in the model "${expected[name] ?? '-'}"`);
}
