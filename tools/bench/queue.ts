import { parseArgs } from 'node:util';
import { Redis } from 'ioredis';
import { findRedisServer, startRedisServer } from '../../tests/support/redis-server.ts';
import { markdownTable, percent, print } from './print-table.ts';
import { type Batch, type Join, QueueBench } from './queue-bench.ts';
import { Sample } from './sample.ts';
import { perSecond, summarize } from './summary.ts';

/**
 * Joins per second, with their claims, through `ArenaSessionService` and by one bare EVALSHA each that
 * writes the same keys; on one `redis-server`, one connection, 50 in flight.
 * Rounds are repeated until the pace is flat.
 * `npm run bench -- queue [--joins 5000] [--rounds 5] [--waiting 0,10000] [--pairs 5000] [--full]`; --full
 * adds a queue of a million and a million pairs.
 */
const { values } = parseArgs({
  options: {
    joins: { type: 'string', default: '5000' },
    rounds: { type: 'string', default: '5' },
    pairs: { type: 'string' },
    waiting: { type: 'string' },
    full: { type: 'boolean', default: false },
  },
});
const joins = Number(values.joins);
const rounds = Math.max(1, Number(values.rounds));
const pairs = Number(values.pairs ?? (values.full ? 1_000_000 : 5_000));
const lengths = values.waiting?.split(',').map(Number) ?? [
  0,
  10_000,
  ...(values.full ? [1_000_000] : []),
];
/** The server is emptied after so many joins, so that the pairs fit into memory. */
const PAIRS_BATCH = 20_000;

/** More rounds follow until the pace of the service is flat, but not for ever on a busy machine. */
const MAX_ROUNDS = 20;
const FLAT = 0.1;
/** The bare ways are so fast that a round needs more joins to be measured well. */
const MIN_BARE_JOINS = 10_000;

interface Way {
  readonly name: string;
  readonly isBare: boolean;
  readonly bench: QueueBench;
  readonly join: Join;
  readonly batches: Batch[];
}

const matchesOf = new Map<number, number>();
let doubled = 0;
let claims = 0;

/** Every character joins once, so one that is in two matches was matched twice. */
function countMatch(pair: readonly [number, number]): void {
  claims += 1;
  for (const charId of pair) {
    const times = (matchesOf.get(charId) ?? 0) + 1;
    if (times > 1) doubled += 1;
    matchesOf.set(charId, times);
  }
}

async function measure(bench: QueueBench, bare: QueueBench, waiting: number): Promise<Way[]> {
  const bareWay = { isBare: true, bench: bare };
  const ways: Way[] = [
    { ...bareWay, name: 'bare, first match', join: await bare.bare('first'), batches: [] },
    { ...bareWay, name: 'bare, nearest', join: await bare.bare('nearest'), batches: [] },
    { isBare: false, bench, name: 'ArenaSessionService', join: bench.throughService, batches: [] },
  ];
  const service = ways.slice(-1);
  // The ways take turns, so that other load hits all alike; the first round only warms up.
  for (let round = 0; round <= MAX_ROUNDS; round += 1) {
    if (round > rounds && service.every(isFlat)) break;
    for (const way of ways) {
      if (waiting === 0) await way.bench.empty();
      const batch = await playRound(way, waiting);
      if (round > 0) way.batches.push(batch);
    }
  }
  await bench.empty();
  await bare.empty();
  return ways;
}

/** The last rounds, which the figures come from, differ little: the compiler has done its work. */
function isFlat({ batches }: Way): boolean {
  const speeds = new Sample(batches.slice(-rounds).map(({ perSecond }) => perSecond));
  return speeds.at(1) - speeds.at(0) <= FLAT * speeds.at(0.5);
}

/** In parts, before each of which the queue is filled up again, so that its length hardly changes. */
async function playRound({ isBare, bench, join }: Way, waiting: number): Promise<Batch> {
  const parts: Batch[] = [];
  const partSize = waiting === 0 ? Number.POSITIVE_INFINITY : Math.ceil(waiting / 10);
  let missing = isBare ? Math.max(joins, MIN_BARE_JOINS) : joins;
  while (missing > 0) {
    await bench.fill(waiting);
    const ids = await bench.newcomers(Math.min(missing, partSize));
    parts.push(await bench.run(ids, join, isBare ? () => null : countMatch));
    await bench.deleteAccounts(ids);
    missing -= ids.length;
  }
  return batchOf(parts);
}

function batchOf(parts: readonly Batch[]): Batch {
  const sum = (valueOf: (part: Batch) => number) =>
    parts.reduce((total, part) => total + valueOf(part), 0);
  const all = sum((part) => part.joins);
  const mean = (valueOf: (part: Batch) => number) =>
    sum((part) => part.joins * valueOf(part)) / all;
  return {
    joins: all,
    matched: sum(({ matched }) => matched),
    perSecond: all / sum((part) => part.joins / part.perSecond),
    clientUs: mean(({ clientUs }) => clientUs),
    serverUs: mean(({ serverUs }) => serverUs),
  };
}

const median = (way: Way | undefined, valueOf: (batch: Batch) => number) =>
  new Sample(way?.batches.slice(-rounds).map(valueOf)).at(0.5);

/** Processor time of client and server: unlike the speed, it hardly depends on other load. */
function costOf(way: Way | undefined): number {
  return median(way, ({ clientUs, serverUs }) => clientUs + serverUs);
}

function report(waiting: number, ways: readonly Way[]): void {
  const [first, nearest, service] = ways;
  const speed = (way: Way | undefined) => median(way, ({ perSecond }) => perSecond);
  const rows = ways.map((way) => [
    way.name,
    speed(way).toFixed(0),
    (speed(way) / speed(first)).toFixed(3),
    (speed(way) / speed(nearest)).toFixed(3),
    (costOf(nearest) / costOf(way)).toFixed(3),
    median(way, ({ clientUs }) => clientUs).toFixed(1),
    median(way, ({ serverUs }) => serverUs).toFixed(1),
    percent(
      median(way, (batch) => batch.matched / batch.joins),
      0,
    ),
  ]);
  summarize({
    what: `joins with their claims, ${waiting.toLocaleString('en')} waiting`,
    figure: perSecond(speed(service)),
    limit: `${perSecond(speed(nearest))}, one EVALSHA that takes the nearest`,
    ratio: speed(service) / speed(nearest),
    goal: '0.60',
  });
  const head = [`${waiting.toLocaleString('en')} waiting`, 'joins per second', 'of first match'];
  const costs = ['of nearest', 'by CPU', 'client µs', 'server µs', 'matched at once'];
  print(`${markdownTable([...head, ...costs], rows)}\n`);
}

/** The queue is empty, so joins in flight are matched with each other: two joins a pair. */
async function countDoubles(bench: QueueBench): Promise<number> {
  const before = claims;
  while (claims - before < pairs) {
    const ids = await bench.newcomers(Math.min(PAIRS_BATCH, 2 * (pairs - claims + before)));
    await bench.run(ids, bench.throughService, countMatch);
    await bench.deleteAccounts(ids);
    await bench.empty();
  }
  return claims - before;
}

async function accountsAlone(bench: QueueBench): Promise<number> {
  const ids = await bench.newcomers(joins);
  const { clientUs } = await bench.run(
    ids,
    async (charId) => (await bench.accounts.getFullAccount(charId), null),
    countMatch,
  );
  return clientUs;
}

if (findRedisServer() === null) {
  print('no redis-server on the PATH: skipped');
} else {
  const server = await startRedisServer();
  const client = new Redis(server.url);
  const bench = new QueueBench(client);
  const bareClient = new Redis(server.url, { db: 1 });
  const bareBench = new QueueBench(bareClient);
  print(
    `the last ${rounds} rounds of ${joins} joins each (bare: more), medians; accounts are in this process's memory.`,
  );
  print('"By CPU" is the ratio to nearest in processor time of client and server.\n');
  for (const waiting of lengths) report(waiting, await measure(bench, bareBench, waiting));
  print(
    `reading the account alone  ${(await accountsAlone(bench)).toFixed(1)} µs of the client for each join`,
  );
  const counted = await countDoubles(bench);
  print(`pairs through the service  ${counted} here, ${claims} in all: ${doubled} double`);
  print(
    'target                     0.6 of nearest by speed and 0.65 by CPU at 0 and 10,000; no double',
  );
  if (doubled > 0) process.exitCode = 1;
  client.disconnect();
  bareClient.disconnect();
  await server.stop();
}
