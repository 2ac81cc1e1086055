import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { connectDatabase } from '../../database/connect.ts';
import { seededDraw } from '../../sandbox/faults/seeded-draw.ts';
import { type Sandbox, startSandbox } from '../../sandbox/start-sandbox.ts';
import { startPostgres } from '../support/postgres-server.ts';
import { silentLog } from '../support/silent-log.ts';
import { BotCrew, type BotSettings } from './bot-crew.ts';
import {
  type Results,
  type Stores,
  arenaFaults,
  countResults,
  lastingFaults,
  untilNothing,
  leftOver,
  unsaved,
} from './count.ts';
import { type Fault, plannedFaults } from './fault-plan.ts';
import { LastingRedis } from './lasting-redis.ts';
import { nameOf } from './name-of.ts';
import { nextTapFault } from './next-tap.ts';
import { type Experience, RestlessPlayer, noExperience } from './restless-player.ts';

export interface OrdealWish {
  readonly seed: number;
  readonly players: number;
  /** One hears Telegram and, if it is alone, does all the rest as well. */
  readonly bots: number;
  /** How long faults are inflicted. */
  readonly forMs: number;
  /** Told of each fault as it begins. */
  readonly tell: (line: string) => void;
}

/** What was found when it was over. */
export interface Findings {
  readonly inflicted: readonly Fault[];
  readonly experience: Experience;
  readonly errors: ReadonlyMap<string, number>;
  readonly unaskedEnds: readonly string[];
  /** Of each process, in the order of their starts. */
  readonly outputs: readonly string[];
  /** Within the time in which nobody may be lost. */
  readonly arena: { readonly faults: readonly string[]; readonly afterMs: number };
  readonly nextTaps: readonly string[];
  readonly silence: { readonly faults: readonly string[]; readonly afterMs: number };
  readonly results: Results;
  readonly unsaved: { readonly faults: readonly string[]; readonly afterMs: number };
  readonly exits: readonly (number | string | null)[];
}

const TOKEN = '4747:token-of-an-ordeal-on-this-machine';
/** The game's times, short enough for everything to happen often. */
const game = {
  ARENA_TURN_S: '2.5',
  ARENA_IDLE_TURNS: '2',
  ARENA_SHADOW_AFTER_S: '3',
  ARENA_WAVE_S: '0.5',
  ARENA_SAVE_S: '1',
};
/** For everybody to make a character and find the arena; whoever needs longer does it under fire. */
const WARM_UP_MS = 12_000;
/** Within 10 s a claimed pair is a battle, or waits again; as much again for a busy machine. */
const NOBODY_LOST_MS = 20_000;
const SILENCE_MS = 60_000;
/** As long as what a dead process has taken is held, by a clock that went ahead. */
const SAVED_MS = 70_000;

/** Bots, Redis, database, players: faults are inflicted for a while, then all is counted. */
export async function undergo(wish: OrdealWish): Promise<Findings> {
  const closing: (() => unknown)[] = [];
  const kept = <T>(opened: T, close: (opened: T) => unknown): T => {
    closing.unshift(() => close(opened));
    return opened;
  };
  try {
    const postgres = kept(await startPostgres(), (one) => one.stop());
    const redis = kept(await LastingRedis.start(), (one) => one.stop());
    const sandbox = kept(await startSandbox({ token: TOKEN }), (one) => one.close());
    const shared: BotSettings = {
      ...game,
      NODE_ENV: 'production',
      BOT_TOKEN: TOKEN,
      TELEGRAM_API_ROOT: sandbox.url,
      REDIS_URL: redis.url,
      DATABASE_URL: postgres.url,
    };
    const crew = kept(
      new BotCrew(partsOf(wish.bots).map((parts) => ({ ...shared, ...parts }))),
      (one) => {
        one.killAll();
      },
    );
    await crew.areOpen();
    const { db } = kept(
      await connectDatabase({ url: postgres.url, dataDir: null, log: silentLog }),
      (one) => one.close(),
    );
    return await live(wish, { sandbox, redis, crew, stores: { redis: redis.client, db } });
  } finally {
    for (const close of closing) await close();
  }
}

function partsOf(bots: number): BotSettings[] {
  if (bots === 1) return [{}];
  const worker = { ARENA_PARTS: 'waves,timers' };
  return [{ ARENA_PARTS: 'updates' }, ...Array.from({ length: bots - 1 }, () => worker)];
}

interface World {
  readonly sandbox: Sandbox;
  readonly redis: LastingRedis;
  readonly crew: BotCrew;
  readonly stores: Stores;
}

async function live(wish: OrdealWish, world: World): Promise<Findings> {
  const { sandbox, crew, stores } = world;
  const experience = noExperience();
  const ending = new AbortController();
  const players = Array.from({ length: wish.players }, (_, index) => {
    const person = sandbox.people.add({ firstName: nameOf(index), languageCode: 'en' });
    const chance = seededDraw(wish.seed + index);
    return new RestlessPlayer(person, {
      name: nameOf(index),
      experience,
      chance,
      over: ending.signal,
    });
  });
  const playing = players.map((one) => one.play());
  await untilNothing(() => Promise.resolve(strangersAmong(players)), WARM_UP_MS);
  const inflicted = await inflictAll(wish, world);
  await crew.areOpen();
  ending.abort();
  await Promise.all(playing);

  wish.tell('the faults are over: counting');
  const arena = await lastingFaults(() => arenaFaults(stores), NOBODY_LOST_MS);
  const nextTaps = await Promise.all(
    players.map(({ person }) => nextTapFault(stores.redis, person)),
  );
  wish.tell('everybody has tapped once more; now all are silent');
  const silence = await untilNothing(() => leftOver(stores), SILENCE_MS);
  const saved = await untilNothing(() => unsaved(stores), SAVED_MS);
  const results = await countResults(stores);
  const late = await lastingFaults(() => arenaFaults(stores), NOBODY_LOST_MS);
  const exits = await crew.stop();
  return {
    ...{ inflicted, experience, silence, results, exits, unsaved: saved },
    arena: {
      ...arena,
      faults: [...arena.faults, ...late.faults.map((one) => `at the end: ${one}`)],
    },
    nextTaps: nextTaps.flatMap((one) => one ?? []),
    errors: crew.errors(),
    outputs: crew.outputs(),
    unaskedEnds: crew.unaskedEnds(),
  };
}

function strangersAmong(players: readonly RestlessPlayer[]): string[] {
  return players.filter((one) => !one.hasFoundArena).map(({ person }) => person.profile.firstName);
}

/** One after the other begins; those of Redis wait for each other, all else is as it comes. */
async function inflictAll(wish: OrdealWish, world: World): Promise<Fault[]> {
  const startedAt = performance.now();
  const over = AbortSignal.timeout(wish.forMs);
  const ending = once(over, 'abort');
  const inflicted: Fault[] = [];
  const underWay: Promise<void>[] = [];
  let redisIsFree: Promise<void> = Promise.resolve();
  for (const { afterMs, fault } of plannedFaults(wish.seed, world.crew.size)) {
    // On a busy machine starts take long, and a bot that never gets up meets no other fault.
    await Promise.race([world.crew.areOpen(), ending]);
    await sleep(afterMs, undefined, { signal: over }).catch(() => undefined);
    if (over.aborted) break;
    inflicted.push(fault);
    wish.tell(`${((performance.now() - startedAt) / 1000).toFixed(1)} s ${JSON.stringify(fault)}`);
    if (fault.kind.startsWith('redis')) {
      redisIsFree = redisIsFree.then(() => inflict(fault, world, over));
      underWay.push(redisIsFree);
    } else underWay.push(inflict(fault, world, over));
  }
  await Promise.all(underWay);
  return inflicted;
}

async function inflict(fault: Fault, { redis, crew }: World, over: AbortSignal): Promise<void> {
  const wait = (ms: number) => sleep(ms, undefined, { signal: over }).catch(() => undefined);
  switch (fault.kind) {
    case 'bot killed':
      return crew.kill(fault.bot, fault.downMs);
    case 'clock ahead':
      return crew.shiftClock(fault.bot, fault.forMs, over);
    case 'redis killed':
      return redis.crash(fault.downMs, wait);
    case 'redis paused':
      return redis.pause(fault.forMs, wait);
    case 'redis drops all':
      return redis.dropClients();
    case 'redis full':
      return redis.starve(fault.forMs, wait);
    case 'redis read-only':
      return redis.demote(fault.forMs, wait);
  }
}
