import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { systemClock } from '../../bot/system.ts';
import type { QueueRequest } from '../../domains/arena/arena-store.ts';
import { WAVE_LIMIT } from '../../domains/arena/arena-session-service.ts';
import { keys } from '../../redis/keys.ts';
import { ArenaManager } from '../../redis/managers/arena-manager.ts';
import { enqueue } from '../../tests/support/arena-steps.ts';
import { freshBattle } from '../../tests/support/battle-setup.ts';
import { finishedSession } from '../../tests/support/finished-session.ts';
import { findRedisServer, startRedisServer } from '../../tests/support/redis-server.ts';
import { silentLog } from '../../tests/support/silent-log.ts';
import { openBenchServices } from './bench-services.ts';
import { markdownTable, print } from './print-table.ts';
import { runConcurrently } from './run-concurrently.ts';
import { Sample } from './sample.ts';
import { perSecond, summarize } from './summary.ts';

/**
 * Battles a second that the waves of one process make of waiting pairs, and a bare claim with one write of
 * the battle and of each session, 16 at a time. `npm run bench -- battles-made [--pairs 1000] [--rounds 5]`.
 */
const { values } = parseArgs({
  options: {
    pairs: { type: 'string', default: '1000' },
    rounds: { type: 'string', default: '5' },
  },
});
const pairs = Number(values.pairs);
const rounds = Number(values.rounds);
const MODE = '1v1';
const TARGET_PER_S = 600;

type Opened = Awaited<ReturnType<typeof openBenchServices>>;

const userOf = (charId: number) => 1_000_000 + charId;
const ids = Array.from({ length: 2 * pairs }, (_, index) => index + 1);
const requestOf = (charId: number): QueueRequest => {
  return { charId, userId: userOf(charId), mode: MODE, gs: 100, startTimeMs: systemClock.now() };
};

/** All wait, and nobody has been matched. */
async function fill({ redis: { client }, services }: Opened): Promise<void> {
  await client.flushall();
  const arena = new ArenaManager({ client, clock: systemClock, log: silentLog });
  await runConcurrently(ids, async (charId) => {
    await services.accounts.createAccount(charId, finishedSession(charId, userOf(charId)));
    await enqueue(arena, requestOf(charId));
  });
}

async function byWaves({ redis: { client }, services }: Opened): Promise<number> {
  const startedAt = performance.now();
  for (let wave = 0; wave < 2 + Math.ceil((2 * pairs) / WAVE_LIMIT); wave += 1)
    await services.arena.wave();
  const tookS = (performance.now() - startedAt) / 1_000;
  const made = await client.zcard(keys.deadlines());
  if (made !== pairs) throw new Error(`${made} battles of ${pairs} pairs`);
  return pairs / tookS;
}

async function bare({ redis: { client } }: Opened): Promise<number> {
  const arena = new ArenaManager({ client, clock: systemClock, log: silentLog });
  const battle = JSON.stringify(freshBattle({ id: 'b00000000000' }));
  const session = JSON.stringify(finishedSession(1, userOf(1)));
  const startedAt = performance.now();
  const make = async (charId: number) => {
    const id = `b${String(charId).padStart(11, '0')}`;
    const [seeker, opponent] = await arena.getWaiting([charId, charId + 1]);
    if (seeker === undefined || opponent === undefined) throw new Error(`${charId} waits alone`);
    await arena.claimMatch({ id, mode: MODE, seeker, opponent, claimedAtMs: systemClock.now() });
    await client.zadd(keys.deadlines(), systemClock.now(), id);
    await client.hset(keys.battle(id), { version: 1, state: battle });
    for (const one of [charId, charId + 1]) await client.set(keys.account(one), session);
  };
  const seekers = ids.filter((charId) => charId % 2 === 1);
  await runConcurrently(seekers, make, 16);
  return pairs / ((performance.now() - startedAt) / 1_000);
}

if (findRedisServer() === null) {
  print('no redis-server on the PATH: skipped');
} else {
  const server = await startRedisServer();
  const opened = await openBenchServices(server.url);
  const samples = { bare: new Sample(), waves: new Sample() };
  // The ways take turns, so that other load hits all alike; the first round only warms up.
  for (let round = 0; round <= rounds; round += 1) {
    await fill(opened);
    const bareRate = await bare(opened);
    await fill(opened);
    const rate = await byWaves(opened);
    if (round === 0) continue;
    samples.bare.add(bareRate);
    samples.waves.add(rate);
  }
  const [bareRate, rate] = [samples.bare.at(0.5), samples.waves.at(0.5)];
  print(`${rounds} rounds of ${pairs} pairs, medians; one process, one redis-server\n`);
  const rows = [
    ['bare claim and writes', bareRate.toFixed(0), '1.00'],
    ['waves', rate.toFixed(0), (rate / bareRate).toFixed(2)],
  ];
  print(markdownTable(['', 'battles made per second', 'of bare'], rows));
  summarize({
    what: 'battles that the waves of one process make',
    figure: perSecond(rate),
    limit: `${perSecond(bareRate)}, a bare claim and its writes`,
    ratio: rate / bareRate,
    goal: perSecond(TARGET_PER_S),
  });
  print(`\ntarget ${TARGET_PER_S} a second: ${rate >= TARGET_PER_S ? 'reached' : 'MISSED'}`);
  await opened.redis.close();
  await server.stop();
}
