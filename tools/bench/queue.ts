import { parseArgs } from 'node:util';
import { Redis } from 'ioredis';
import { findRedisServer, startRedisServer } from '../../tests/support/redis-server.ts';
import { markdownTable, percent, print } from './print-table.ts';
import { type Batch, type Join, QueueBench } from './queue-bench.ts';
import { Sample } from './sample.ts';

/**
 * Joins with their claims a second, through `ArenaSessionService` and by one bare EVALSHA each that
 * leaves the same traces, on one `redis-server`, one connection, 50 in flight.
 * `npm run bench -- queue [--joins 5000] [--rounds 5] [--waiting 0,10000] [--pairs 5000] [--full]`; with
 * --full also behind a million who wait, and a million pairs.
 */
const { values: wish } = parseArgs({
  options: {
    joins: { type: 'string', default: '5000' },
    rounds: { type: 'string', default: '5' },
    pairs: { type: 'string' },
    waiting: { type: 'string' },
    full: { type: 'boolean', default: false },
  },
});
const joins = Number(wish.joins);
const rounds = Number(wish.rounds);
const pairs = Number(wish.pairs ?? (wish.full ? 1_000_000 : 5_000));
const lengths = wish.waiting?.split(',').map(Number) ?? [
  0,
  10_000,
  ...(wish.full ? [1_000_000] : []),
];
/** After so many joins of the pairs the server forgets, so that it needs no memory for all. */
const PAIRS_BATCH = 20_000;

/** The bare ways are so much faster that more joins of theirs may be needed for a figure. */
const LEAST_BARE_JOINS = 10_000;

interface Way {
  readonly name: string;
  readonly isBare: boolean;
  readonly bench: QueueBench;
  readonly join: Join;
  readonly batches: Batch[];
}

const seated = new Map<number, number>();
let doubled = 0;
let claims = 0;

/** Everybody joins once: whoever is told of twice was matched twice. */
function note(pair: readonly [number, number]): void {
  claims += 1;
  for (const charId of pair) {
    const times = (seated.get(charId) ?? 0) + 1;
    if (times > 1) doubled += 1;
    seated.set(charId, times);
  }
}

/** The bare ways have a queue of their own. */
async function measure(bench: QueueBench, bare: QueueBench, waiting: number): Promise<Way[]> {
  const bareWay = { isBare: true, bench: bare };
  const ways: Way[] = [
    { ...bareWay, name: 'bare, first match', join: await bare.bare('first'), batches: [] },
    { ...bareWay, name: 'bare, nearest', join: await bare.bare('nearest'), batches: [] },
    { isBare: false, bench, name: 'ArenaSessionService', join: bench.throughService, batches: [] },
  ];
  // By turns, so that whatever else the machine does meets all three; the first round is for warming.
  for (let round = 0; round <= rounds; round += 1) {
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

/** As many joins as wanted, in parts: before each the queue is filled up, so that it stays about as long. */
async function playRound({ isBare, bench, join }: Way, waiting: number): Promise<Batch> {
  const parts: Batch[] = [];
  const most = waiting === 0 ? Number.POSITIVE_INFINITY : Math.ceil(waiting / 10);
  let missing = isBare ? Math.max(joins, LEAST_BARE_JOINS) : joins;
  while (missing > 0) {
    await bench.fill(waiting);
    const ids = await bench.newcomers(Math.min(missing, most));
    parts.push(await bench.run(ids, join, isBare ? () => null : note));
    await bench.forget(ids);
    missing -= ids.length;
  }
  return batchOf(parts);
}

function batchOf(parts: readonly Batch[]): Batch {
  const sum = (figure: (part: Batch) => number) =>
    parts.reduce((total, part) => total + figure(part), 0);
  const all = sum((part) => part.joins);
  const mean = (figure: (part: Batch) => number) => sum((part) => part.joins * figure(part)) / all;
  return {
    joins: all,
    matched: sum(({ matched }) => matched),
    perSecond: all / sum((part) => part.joins / part.perSecond),
    clientUs: mean(({ clientUs }) => clientUs),
    serverUs: mean(({ serverUs }) => serverUs),
  };
}

const middle = (way: Way | undefined, figure: (batch: Batch) => number) =>
  new Sample(way?.batches.map(figure)).at(0.5);

/** Of both processors: on a busy machine it says more than the pace. */
function costOf(way: Way | undefined): number {
  return middle(way, ({ clientUs, serverUs }) => clientUs + serverUs);
}

function report(waiting: number, ways: readonly Way[]): void {
  const [first, nearest] = ways;
  const pace = (way: Way | undefined) => middle(way, ({ perSecond }) => perSecond);
  const rows = ways.map((way) => [
    way.name,
    pace(way).toFixed(0),
    (pace(way) / pace(first)).toFixed(3),
    (pace(way) / pace(nearest)).toFixed(3),
    (costOf(nearest) / costOf(way)).toFixed(3),
    middle(way, ({ clientUs }) => clientUs).toFixed(1),
    middle(way, ({ serverUs }) => serverUs).toFixed(1),
    percent(
      middle(way, (batch) => batch.matched / batch.joins),
      0,
    ),
  ]);
  const head = [`${waiting.toLocaleString('en')} waiting`, 'joins a second', 'of first match'];
  const costs = ['of nearest', 'by CPU', 'client µs', 'server µs', 'matched at once'];
  print(`${markdownTable([...head, ...costs], rows)}\n`);
}

/** Those in flight meet each other alone: each pair is two joins. */
async function countDoubles(bench: QueueBench): Promise<number> {
  const before = claims;
  while (claims - before < pairs) {
    const ids = await bench.newcomers(Math.min(PAIRS_BATCH, 2 * (pairs - claims + before)));
    await bench.run(ids, bench.throughService, note);
    await bench.forget(ids);
    await bench.empty();
  }
  return claims - before;
}

async function accountsAlone(bench: QueueBench): Promise<number> {
  const ids = await bench.newcomers(joins);
  const { clientUs } = await bench.run(
    ids,
    async (charId) => (await bench.accounts.getFullAccount(charId), null),
    note,
  );
  return clientUs;
}

if (findRedisServer() === null) {
  print('There is no redis-server on the PATH: this bench needs one.');
} else {
  const server = await startRedisServer();
  const client = new Redis(server.url);
  const bench = new QueueBench(client);
  const bareClient = new Redis(server.url, { db: 1 });
  const bareBench = new QueueBench(bareClient);
  print(
    `${rounds} rounds of ${joins} joins each (bare: more), medians; accounts are kept in this process's memory,`,
  );
  print(
    'since a server without the JSON module keeps no documents. "By CPU" is the ratio to nearest',
  );
  print(
    'in processor time of client and server, which other load on the machine hardly changes.\n',
  );
  for (const waiting of lengths) report(waiting, await measure(bench, bareBench, waiting));
  print(
    `reading the account alone  ${(await accountsAlone(bench)).toFixed(1)} µs of the client's, of every join`,
  );
  const counted = await countDoubles(bench);
  print(`pairs through the service  ${counted} here, ${claims} in all: ${doubled} double`);
  print(
    'wanted                     0.6 of nearest by pace and 0.65 by CPU at 0 and 10,000; no double',
  );
  if (doubled > 0) process.exitCode = 1;
  client.disconnect();
  bareClient.disconnect();
  await server.stop();
}
