import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { Redis } from 'ioredis';
import type { BattleRecord } from '../../domains/combat/battle-record.ts';
import { keys } from '../../redis/keys.ts';
import { BattleManager } from '../../redis/managers/battle-manager.ts';
import { LuaScript } from '../../redis/scripts/lua-script.ts';
import { findRedisServer, startRedisServer } from '../../tests/support/redis-server.ts';
import { silentLog } from '../../tests/support/silent-log.ts';
import { battleStates } from './battle-states.ts';
import { runConcurrently } from './run-concurrently.ts';
import { markdownTable, print } from './print-table.ts';
import { Sample } from './sample.ts';

/**
 * Whole battles through Redis: every locked-in move is one read of the record and one versioned write of
 * the next, through `BattleManager` and by a bare HGET and EVALSHA of the same bytes.
 * `npm run bench -- battles [--battles 300] [--rounds 5]`.
 */
const { values: wish } = parseArgs({
  options: {
    battles: { type: 'string', default: '300' },
    rounds: { type: 'string', default: '5' },
  },
});
const battles = Number(wish.battles);
const rounds = Number(wish.rounds);
const WANTED_TURNS_A_SECOND = 50_000;

interface Way {
  readonly name: string;
  readonly step: (next: BattleRecord) => Promise<void>;
  readonly pace: Sample;
  readonly clientUs: Sample;
  readonly serverUs: Sample;
}

const way = (name: string, step: Way['step']): Way => ({
  ...{ name, step, pace: new Sample() },
  ...{ clientUs: new Sample(), serverUs: new Sample() },
});

/** The same battle over and over, each under an id of its own, all of one length. */
const model = battleStates('0123456789ab');
const turnsEach = model.at(-1)?.inputs.length ?? 0;
const movesEach = model.length - 1;
const idOf = (round: number, index: number) =>
  `b${String(round).padStart(4, '0')}${String(index).padStart(7, '0')}`;

async function serverCpuUs(client: Redis): Promise<number> {
  const info = await client.info('cpu');
  const used = [...info.matchAll(/^used_cpu_(?:sys|user):([\d.]+)/gm)];
  return used.reduce((sum, [, seconds]) => sum + 1e6 * Number(seconds), 0);
}

/** Battles side by side, 50 at once; within each, one move after another. */
async function play(client: Redis, ways: readonly Way[]): Promise<void> {
  const manager = new BattleManager({ client: client, log: silentLog });
  const [first] = model;
  if (first === undefined) throw new Error('A battle has a beginning');
  // By turns, so that whatever else the machine does meets both; the first round is for warming.
  for (let round = 0; round <= rounds; round += 1) {
    for (const { step, pace, clientUs, serverUs } of ways) {
      const ids = Array.from({ length: battles }, (_, index) => idOf(round, index));
      await runConcurrently(ids, (id) => manager.create({ ...first, id }));
      const server = await serverCpuUs(client);
      const cpu = process.cpuUsage();
      const startedAt = performance.now();
      await runConcurrently(ids, async (id) => {
        for (const state of model.slice(1)) await step({ ...state, id });
      });
      const tookS = (performance.now() - startedAt) / 1_000;
      const { user, system } = process.cpuUsage(cpu);
      const turns = battles * turnsEach;
      const serverTookUs = (await serverCpuUs(client)) - server;
      await client.flushall();
      if (round === 0) continue;
      pace.add(turns / tookS);
      clientUs.add((user + system) / turns);
      serverUs.add(serverTookUs / turns);
    }
  }
}

function waysOn(client: Redis): Way[] {
  const manager = new BattleManager({ client: client, log: silentLog });
  const swap = new LuaScript('swap-battle', ['swapped', 'stale', 'missing']);
  const texts = new Map(model.map((state) => [state.version, JSON.stringify(state)]));
  return [
    way('bare HGET and EVALSHA', async ({ id, version }) => {
      const key = keys.battle(id);
      await client.hget(key, 'state');
      const args = [version - 1, version, texts.get(version) ?? ''];
      if ((await swap.run(client, { keys: [key], args })) !== 'swapped') throw new Error('stale');
    }),
    way('BattleManager', async (next) => {
      if ((await manager.get(next.id)) === null) throw new Error('The battle is gone');
      if ((await manager.swap(next)) !== 'swapped') throw new Error('stale');
    }),
  ];
}

function report(ways: readonly Way[]): void {
  const [bare] = ways;
  const middle = (one: Way | undefined, what: 'pace' | 'clientUs' | 'serverUs') =>
    one?.[what].at(0.5) ?? 0;
  const costOf = (one: Way | undefined) => middle(one, 'clientUs') + middle(one, 'serverUs');
  const rows = ways.map((one) => [
    one.name,
    middle(one, 'pace').toFixed(0),
    (middle(one, 'pace') / turnsEach).toFixed(0),
    (middle(one, 'pace') / middle(bare, 'pace')).toFixed(2),
    (costOf(bare) / costOf(one)).toFixed(2),
    middle(one, 'clientUs').toFixed(1),
    middle(one, 'serverUs').toFixed(1),
  ]);
  const head = ['', 'turns a second', 'battles a second', 'of bare', 'by CPU'];
  print(`${markdownTable([...head, 'client µs a turn', 'server µs a turn'], rows)}\n`);
  const reached = middle(ways.at(-1), 'pace') / WANTED_TURNS_A_SECOND;
  print(
    `wanted ${WANTED_TURNS_A_SECOND.toLocaleString('en')} turns a second: ${reached >= 1 ? 'reached' : 'MISSED'}, ${reached.toFixed(2)} of it`,
  );
}

if (findRedisServer() === null) {
  print('There is no redis-server on the PATH: this bench needs one.');
} else {
  const server = await startRedisServer();
  const client = new Redis(server.url);
  print(
    `${rounds} rounds of ${battles} battles of ${turnsEach} turns (${movesEach} reads and writes) each, medians;`,
  );
  print('one process, one connection, one redis-server, 50 battles at once\n');
  const ways = waysOn(client);
  await play(client, ways);
  report(ways);
  client.disconnect();
  await server.stop();
}
