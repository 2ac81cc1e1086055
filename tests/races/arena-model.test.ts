import fc from 'fast-check';
import { Redis } from 'ioredis';
import { describe, expect, test } from 'vitest';
import { openInProcessRedis } from '../../redis/in-process-redis.ts';
import type { ArenaModel } from '../support/arena-model/arena-model.ts';
import { ArenaWorld, MODE, charIds, processes } from '../support/arena-model/arena-world.ts';
import { describeOnRedisServer } from '../support/redis-engines.ts';
import { repetitions } from '../support/repetitions.ts';
import { findRedisServer, startRedisServer } from '../support/redis-server.ts';

type Steps = Iterable<fc.AsyncCommand<ArenaModel, ArenaWorld>>;

/** Starts an operation or changes a process or the time; earlier operations still run. */
class Step implements fc.AsyncCommand<ArenaModel, ArenaWorld> {
  readonly #words: string;
  readonly #happen: (world: ArenaWorld) => void | Promise<void>;

  constructor(words: string, happen: (world: ArenaWorld) => void | Promise<void>) {
    this.#words = words;
    this.#happen = happen;
  }

  check(): boolean {
    return true;
  }

  async run(_: ArenaModel, world: ArenaWorld): Promise<void> {
    world.verify();
    await this.#happen(world);
  }

  toString(): string {
    return this.#words;
  }
}

const who = fc.constantFrom(...charIds);
const bot = fc.constantFrom(...processes);

const join = fc.tuple(bot, who).map(
  ([at, charId]) =>
    new Step(`${charId} joins at ${at}`, (world) => {
      world.accounts.restoreSession(charId);
      world.start(() => world.bot(at).arena.joinQueue(charId, MODE));
    }),
);
const check = fc.tuple(bot, who).map(
  ([at, charId]) =>
    new Step(`${charId} checks at ${at}`, (world) => {
      world.accounts.restoreSession(charId);
      world.start(() => world.bot(at).arena.checkMatch(charId, MODE));
    }),
);
const takeShadow = fc.tuple(bot, who).map(
  ([at, charId]) =>
    new Step(`${charId} waits no longer at ${at}`, (world) => {
      world.accounts.restoreSession(charId);
      world.start(() => world.bot(at).arena.checkMatch(charId, MODE, { waivesWait: true }));
    }),
);
const train = fc.tuple(bot, who).map(
  ([at, charId]) =>
    new Step(`${charId} trains at ${at}`, (world) => {
      world.accounts.restoreSession(charId);
      world.start(() => world.bot(at).arena.train(charId, MODE, 'novice'));
    }),
);
const cancel = fc.tuple(bot, who).map(
  ([at, charId]) =>
    new Step(`${charId} cancels at ${at}`, (world) => {
      world.accounts.restoreSession(charId);
      world.start(() => world.bot(at).arena.cancelQueue(charId, MODE));
    }),
);
/** A new request of the same character: decisions on its old one are void. */
const rejoin = fc.tuple(bot, who).map(
  ([at, charId]) =>
    new Step(`${charId} leaves and joins again at ${at}`, (world) => {
      world.accounts.restoreSession(charId);
      world.start(async () => {
        await world.bot(at).arena.cancelQueue(charId, MODE);
        world.clock.advance(1);
        await world.bot(at).arena.joinQueue(charId, MODE);
      });
    }),
);
const surrender = fc.tuple(bot, who).map(
  ([at, charId]) =>
    new Step(`${charId} surrenders at ${at}`, (world) => {
      const battleId = world.model.seats.get(String(charId));
      if (battleId !== undefined)
        world.start(() => world.bot(at).combat.surrender(charId, battleId));
    }),
);
const wave = bot.map(
  (at) =>
    new Step(`a wave of ${at}`, (world) => {
      world.start(() => world.bot(at).arena.wave());
    }),
);
const tick = bot.map(
  (at) =>
    new Step(`${at} looks at the clocks`, (world) => {
      world.start(() => world.bot(at).combat.tick());
    }),
);
const later = fc.constantFrom(500, 4_000, 12_000, 45_000, 300_000).map(
  (ms) =>
    new Step(`${ms} ms later`, (world) => {
      world.clock.advance(ms);
    }),
);
const expire = fc.constant(new Step('Redis drops what is over', (world) => world.expireRequests()));
const crash = bot.map(
  (at) =>
    new Step(`${at} dies`, (world) => {
      world.crash(at);
    }),
);
const loseReply = bot.map(
  (at) =>
    new Step(`${at} loses a reply`, (world) => {
      world.bot(at).losesReply = true;
    }),
);
const vanish = who.map(
  (charId) =>
    new Step(`the session of ${charId} is gone`, (world) => world.accounts.deleteAccount(charId)),
);

const steps = fc.commands(
  [
    join,
    join,
    join,
    rejoin,
    check,
    takeShadow,
    train,
    cancel,
    surrender,
    wave,
    tick,
    later,
    expire,
    crash,
    loseReply,
    vanish,
  ],
  { maxCommands: 12, size: 'max' },
);

/** ARENA_INTERLEAVINGS asks for more, with other seeds in each run. */
const given = process.env['ARENA_INTERLEAVINGS'];
const asked = given === undefined ? repetitions({ short: 200, full: 10_000 }) : Number(given);
const seed = given === undefined ? 20_260_101 : Date.now();
/** The stand-in is a fiftieth as fast as a server: where there is one, the stand-in does less. */
const onStandIn = findRedisServer() === null ? 600 : repetitions({ short: 20, full: 120 });
const CLIENTS = 4;

async function live(client: Redis, what: Steps, scheduler: fc.Scheduler) {
  await client.flushdb();
  const world = new ArenaWorld(client, scheduler);
  await fc.scheduledModelRun(scheduler, () => ({ model: world.model, real: world }), what);
  await world.drain(scheduler);
  await world.verifyRecovery();
}

/** Answers the number of interleavings; raises the smallest one that breaks a rule. */
async function liveOften(
  client: Redis,
  runs: { readonly seed: number; readonly numRuns: number },
): Promise<number> {
  let lived = 0;
  const property = fc.asyncProperty(steps, fc.scheduler(), async (what, scheduler) => {
    await live(client, what, scheduler);
    lived += 1;
  });
  await fc.assert(property, runs);
  return lived;
}

describe('any order of operations, with crashes and lost replies', () => {
  const rule = 'no character is in two places, half claimed, lost, or claimed without a request';

  test(`${rule} (in-process stand-in)`, async () => {
    const { client } = await openInProcessRedis();
    expect(await liveOften(client, { seed, numRuns: onStandIn })).toBe(onStandIn);
    client.disconnect();
  }, 120_000);

  describeOnRedisServer(rule, () => {
    test(`in ${asked} interleavings`, async () => {
      const server = await startRedisServer();
      const clients = Array.from({ length: CLIENTS }, (_, db) => new Redis(server.url, { db }));
      const lived = await Promise.all(
        clients.map((client, index) =>
          liveOften(client, { seed: seed + index, numRuns: Math.ceil(asked / CLIENTS) }),
        ),
      );
      for (const client of clients) client.disconnect();
      await server.stop();
      expect(lived.reduce((sum, count) => sum + count)).toBeGreaterThanOrEqual(asked);
    }, 600_000);
  });
});
