import { enqueue } from '../../tests/support/arena-steps.ts';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { Redis } from 'ioredis';
import { systemClock } from '../../bot/system.ts';
import { openDocuments } from '../../redis/connect.ts';
import type { Documents } from '../../redis/documents/documents.ts';
import { LuaDocuments } from '../../redis/documents/lua-documents.ts';
import { openInProcessRedis } from '../../redis/in-process-redis.ts';
import { keys } from '../../redis/keys.ts';
import { AccountManager } from '../../redis/managers/account-manager.ts';
import { ArenaManager } from '../../redis/managers/arena-manager.ts';
import { BattleManager } from '../../redis/managers/battle-manager.ts';
import { finishedSession } from '../../tests/support/finished-session.ts';
import { findRedisServer, startRedisServer } from '../../tests/support/redis-server.ts';
import { silentLog } from '../../tests/support/silent-log.ts';
import { battleStates } from './battle-states.ts';
import { runConcurrently } from './run-concurrently.ts';
import { markdownTable, print } from './print-table.ts';
import { Sample } from './sample.ts';
import { perSecond, summarize } from './summary.ts';

/**
 * Reads and point updates of documents on every engine that runs on this machine, compared with GET and
 * SET of the same bytes; and how many bytes the game's records take in Redis, as deltas of `used_memory`.
 * `npm run bench -- documents [--operations 3000] [--rounds 5]`.
 */
const { values } = parseArgs({
  options: {
    operations: { type: 'string', default: '3000' },
    rounds: { type: 'string', default: '5' },
  },
});
const operations = Number(values.operations);
const rounds = Number(values.rounds);
const CHARACTERS = 1_000;
/** So many of each record are made to learn what one takes. */
const RECORDS = 5_000;
const FIRST_CHARACTER = 10_000;

interface Way {
  readonly name: string;
  readonly act: (charId: number) => Promise<unknown>;
  readonly perS: Sample;
  readonly clientUs: Sample;
}

const way = (name: string, act: Way['act']): Way => ({
  name,
  act,
  perS: new Sample(),
  clientUs: new Sample(),
});

const sessionOf = (charId: number) => finishedSession(charId, 1_000_000_000 + charId);

async function waysOf(client: Redis, documents: Documents): Promise<Way[]> {
  for (let charId = 1; charId <= CHARACTERS; charId += 1) {
    await documents.set(keys.account(charId), '$', sessionOf(charId));
    await client.set(`plain:${charId}`, JSON.stringify(sessionOf(charId)));
  }
  const text = JSON.stringify(sessionOf(1));
  const state = (charId: number) => documents.get(keys.account(charId), '$.state');
  return [
    way('GET (the limit of reads)', (charId) => client.get(`plain:${charId}`)),
    way('SET (the limit of writes)', (charId) => client.set(`plain:${charId}`, text)),
    way('get, all of it', (charId) => documents.get(keys.account(charId), '$')),
    way('get, one field', state),
    way('set, one field', (charId) =>
      documents.set(keys.account(charId), '$.state', 'EXPLORATION'),
    ),
  ];
}

/** The ways take turns, so that other load hits all alike; the first round only warms up. */
async function measure(ways: readonly Way[]): Promise<void> {
  const ids = Array.from({ length: operations }, (_, index) => (index % CHARACTERS) + 1);
  for (let round = 0; round <= rounds; round += 1) {
    for (const { act, perS, clientUs } of ways) {
      const cpu = process.cpuUsage();
      const startedAt = performance.now();
      await runConcurrently(ids, act);
      const tookMs = performance.now() - startedAt;
      const { user, system } = process.cpuUsage(cpu);
      if (round === 0) continue;
      perS.add((1_000 * operations) / tookMs);
      clientUs.add((user + system) / operations);
    }
  }
}

async function report(engine: string, client: Redis, documents: Documents): Promise<void> {
  const ways = await waysOf(client, documents);
  await measure(ways);
  const [reads, writes] = ways;
  const isWrite = ({ name }: Way) => /^(SET|set)/.test(name);
  const limitOf = (one: Way) => (isWrite(one) ? writes : reads);
  for (const one of ways.filter(({ name }) => name.endsWith('one field'))) {
    const limit = limitOf(one)?.perS.at(0.5) ?? 0;
    summarize({
      what: `documents, ${one.name}; ${engine}`,
      figure: perSecond(one.perS.at(0.5)),
      limit: `${perSecond(limit)}, ${isWrite(one) ? 'SET' : 'GET'} of the same bytes`,
      ratio: one.perS.at(0.5) / limit,
      goal: '–',
    });
  }
  const rows = ways.map((one) => {
    const { name, perS, clientUs } = one;
    const limit = limitOf(one);
    const bySpeed = perS.at(0.5) / (limit?.perS.at(0.5) ?? 0);
    const byCpu = (limit?.clientUs.at(0.5) ?? 0) / clientUs.at(0.5);
    const cells = [perS.at(0.5).toFixed(0), bySpeed.toFixed(2), clientUs.at(0.5).toFixed(1)];
    return [name, ...cells, byCpu.toFixed(2)];
  });
  print(`${markdownTable([engine, 'per second', 'of the limit', 'client µs', 'by CPU'], rows)}\n`);
}

async function reportBytes(engine: string, client: Redis, documents: Documents): Promise<void> {
  const log = silentLog;
  const accounts = new AccountManager({ client, documents, log });
  const arena = new ArenaManager({ client, clock: systemClock, log });
  const battles = new BattleManager({ client, log });
  const states = battleStates('0123456789ab');
  const [first] = states;
  if (first === undefined) throw new Error('a battle has a first record');
  const battleIds = (charId: number) => `b${String(charId).padStart(11, '0')}`;
  const request = { mode: '1v1', gs: 412, startTimeMs: systemClock.now() } as const;
  const records = [
    ['a session', (charId: number) => accounts.createAccount(charId, sessionOf(charId))],
    [
      'a place in the queue',
      (charId: number) => enqueue(arena, { ...request, charId, userId: 1_000_000_000 + charId }),
    ],
    ['a battle, begun', (charId: number) => battles.create({ ...first, id: battleIds(charId) })],
    [
      `a battle, ended after ${states.at(-1)?.inputs.length ?? 0} turns`,
      async (charId: number) => {
        const id = battleIds(charId);
        await battles.create({ ...first, id });
        for (const state of states.slice(1)) await battles.swap({ ...state, id });
      },
    ],
  ] as const;
  const rows: string[][] = [];
  for (const [what, make] of records) {
    const bytes = await bytesOfEach(client, make);
    rows.push([what, bytes.toFixed(0)]);
    const figure = `${bytes.toFixed(0)} bytes`;
    summarize({ what: `${what}; ${engine}`, figure, limit: '–', ratio: null, goal: '–' });
  }
  print(`${markdownTable(['record', `bytes in Redis, mean of ${RECORDS}`], rows)}\n`);
}

/** By the memory that the whole server uses: keys and indexes count as well. */
async function bytesOfEach(
  client: Redis,
  make: (charId: number) => Promise<unknown>,
): Promise<number> {
  // Loads the scripts and fills buffers before the first reading.
  await runConcurrently([0], make);
  await client.flushall();
  const before = await usedMemory(client);
  const ids = Array.from({ length: RECORDS }, (_, index) => FIRST_CHARACTER + index);
  await runConcurrently(ids, make);
  const bytes = ((await usedMemory(client)) - before) / RECORDS;
  await client.flushall();
  return bytes;
}

async function usedMemory(client: Redis): Promise<number> {
  return Number(/^used_memory:(\d+)/m.exec(await client.info('memory'))?.[1]);
}

print(
  `${rounds} rounds of ${operations} operations each, 50 in flight on one connection, medians\n`,
);
const inProcess = await openInProcessRedis('bench-documents');
await report('in-process', inProcess.client, inProcess.documents);
inProcess.client.disconnect();
if (findRedisServer() === null) {
  print('no redis-server on the PATH: the rest is skipped');
} else {
  const server = await startRedisServer();
  const client = new Redis(server.url);
  await report('text on redis-server', client, new LuaDocuments(client));
  await reportBytes('text', client, new LuaDocuments(client));
  const { engine, documents } = await openDocuments(client, server.url);
  if (engine === 'json-module') {
    await report('JSON module on redis-server', client, documents);
    await reportBytes('JSON module', client, documents);
  } else print('this redis-server has no JSON module: its engine is skipped');
  client.disconnect();
  await server.stop();
}
