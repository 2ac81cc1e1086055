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
import { serverCpuUs } from './server-cpu.ts';
import { markdownTable, print } from './print-table.ts';
import { Sample } from './sample.ts';
import { perSecond, summarize } from './summary.ts';

/**
 * Whole battles through Redis. Every locked-in move needs the record and one versioned write of the next: by
 * a bare HGET and EVALSHA of the same bytes; as a tap does it, by the record that the process knows; and by
 * two processes in turn, where each write of a known record is refused and repeated on the stored one.
 * `npm run bench -- battles [--battles 300] [--rounds 5]`.
 */
const { values } = parseArgs({
  options: {
    battles: { type: 'string', default: '300' },
    rounds: { type: 'string', default: '5' },
  },
});
const battles = Number(values.battles);
const rounds = Number(values.rounds);
const TARGET_TURNS_PER_S = 50_000;

interface Way {
  readonly name: string;
  readonly step: (next: BattleRecord) => Promise<void>;
  readonly turnsPerS: Sample;
  readonly clientUs: Sample;
  readonly serverUs: Sample;
}

const way = (name: string, step: Way['step']): Way => ({
  name,
  step,
  turnsPerS: new Sample(),
  clientUs: new Sample(),
  serverUs: new Sample(),
});

/** All battles are equal to this one but for their ids. */
const template = battleStates('0123456789ab');
const turnsEach = template.at(-1)?.inputs.length ?? 0;
const movesEach = template.length - 1;
const idOf = (round: number, index: number) =>
  `b${String(round).padStart(4, '0')}${String(index).padStart(7, '0')}`;

/** 50 battles at once; within each, one move after another. */
async function play(client: Redis, ways: readonly Way[]): Promise<void> {
  const manager = new BattleManager({ client, log: silentLog });
  const [first] = template;
  if (first === undefined) throw new Error('a battle has a first record');
  // The ways take turns, so that other load hits all alike; the first round only warms up.
  for (let round = 0; round <= rounds; round += 1) {
    for (const { step, turnsPerS, clientUs, serverUs } of ways) {
      const ids = Array.from({ length: battles }, (_, index) => idOf(round, index));
      // Each of its own objects, whose texts no battle before it has left behind.
      const played = new Map(ids.map((id) => [id, battleStates(id)]));
      await runConcurrently(ids, (id) => manager.create({ ...first, id }));
      const server = await serverCpuUs(client);
      const cpu = process.cpuUsage();
      const startedAt = performance.now();
      await runConcurrently(ids, async (id) => {
        for (const state of played.get(id)?.slice(1) ?? []) await step(state);
      });
      const tookS = (performance.now() - startedAt) / 1_000;
      const { user, system } = process.cpuUsage(cpu);
      const turns = battles * turnsEach;
      const serverTookUs = (await serverCpuUs(client)) - server;
      await client.flushall();
      if (round === 0) continue;
      turnsPerS.add(turns / tookS);
      clientUs.add((user + system) / turns);
      serverUs.add(serverTookUs / turns);
    }
  }
}

function waysOn(client: Redis): Way[] {
  const manager = new BattleManager({ client, log: silentLog });
  const other = new BattleManager({ client, log: silentLog });
  const swap = new LuaScript('swap-battle', ['swapped', 'stale', 'missing']);
  const texts = new Map(template.map((state) => [state.version, JSON.stringify(state)]));
  return [
    way('bare HGET and EVALSHA', async ({ id, version }) => {
      const key = keys.battle(id);
      await client.hget(key, 'state');
      const args = [version - 1, version, texts.get(version) ?? ''];
      if ((await swap.run(client, { keys: [key], args })) !== 'swapped') throw new Error('stale');
    }),
    way('BattleManager', (next) => move(manager, next)),
    way('two of them in turn', (next) => move(next.version % 2 === 0 ? manager : other, next)),
  ];
}

/** A move that was decided on the known record, and again on the stored one if that is another. */
async function move(manager: BattleManager, next: BattleRecord): Promise<void> {
  const known = manager.known(next.id) ?? (await manager.get(next.id));
  if (known === null) throw new Error('battle missing');
  const first = await manager.swap({ ...next, version: known.version + 1 });
  const last = first.kind === 'stale' ? await manager.swap(next) : first;
  if (last.kind !== 'swapped') throw new Error(last.kind);
}

function report(ways: readonly Way[]): void {
  const [bare] = ways;
  const median = (one: Way | undefined, what: 'turnsPerS' | 'clientUs' | 'serverUs') =>
    one?.[what].at(0.5) ?? 0;
  const costOf = (one: Way | undefined) => median(one, 'clientUs') + median(one, 'serverUs');
  const rows = ways.map((one) => [
    one.name,
    median(one, 'turnsPerS').toFixed(0),
    (median(one, 'turnsPerS') / turnsEach).toFixed(0),
    (median(one, 'turnsPerS') / median(bare, 'turnsPerS')).toFixed(2),
    (costOf(bare) / costOf(one)).toFixed(2),
    median(one, 'clientUs').toFixed(1),
    median(one, 'serverUs').toFixed(1),
  ]);
  const head = ['', 'turns per second', 'battles per second', 'of bare', 'by CPU'];
  print(`${markdownTable([...head, 'client µs per turn', 'server µs per turn'], rows)}\n`);
  for (const one of ways.slice(1)) {
    summarize({
      what: `turns through Redis, ${one.name}; ratio by CPU`,
      figure: perSecond(median(one, 'turnsPerS')),
      limit: `${perSecond(median(bare, 'turnsPerS'))}, bare HGET and EVALSHA`,
      ratio: costOf(bare) / costOf(one),
      goal: one === ways[1] ? '1.00' : '–',
    });
  }
  const reached = median(ways[1], 'turnsPerS') / TARGET_TURNS_PER_S;
  print(
    `target ${TARGET_TURNS_PER_S.toLocaleString('en')} turns per second: ${reached >= 1 ? 'reached' : 'MISSED'}, ${reached.toFixed(2)} of it`,
  );
}

if (findRedisServer() === null) {
  print('no redis-server on the PATH: skipped');
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
