import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { Redis } from 'ioredis';
import { keys } from '../../redis/keys.ts';
import { BattleManager } from '../../redis/managers/battle-manager.ts';
import { freshBattle } from '../../tests/support/battle-setup.ts';
import { findRedisServer, startRedisServer } from '../../tests/support/redis-server.ts';
import { silentLog } from '../../tests/support/silent-log.ts';
import { openBenchServices } from './bench-services.ts';
import { markdownTable, print } from './print-table.ts';
import { runConcurrently } from './run-concurrently.ts';
import { Sample } from './sample.ts';
import { summarize } from './summary.ts';

/**
 * Seconds until turns that are all due at once have ended, by one process and by two on one Redis; each
 * process is a child. `npm run bench -- clocks [--due 10000] [--rounds 3]`.
 */
const { values } = parseArgs({
  options: {
    due: { type: 'string', default: '10000' },
    rounds: { type: 'string', default: '3' },
    /** For the children: the address of the Redis. */
    serve: { type: 'string' },
  },
});
const due = Number(values.due);
const rounds = Number(values.rounds);
const TARGET_S = 8;
const TARGET_GAIN = 1.7;

/** Ticks once for each message of the parent. */
async function serve(url: string): Promise<void> {
  const { services } = await openBenchServices(url);
  process.on('message', () => {
    void services.combat.tick().then(() => process.send?.('done'));
  });
  process.on('disconnect', () => process.exit());
  process.send?.('ready');
}

async function openChild(url: string): Promise<ChildProcess> {
  const file = fileURLToPath(import.meta.url);
  const child = fork(file, ['--serve', url], { execArgv: ['--import', 'tsx'] });
  await once(child, 'message');
  return child;
}

async function fill(client: Redis): Promise<void> {
  await client.flushall();
  const battles = new BattleManager({ client, log: silentLog });
  const ids = Array.from({ length: due }, (_, index) => `b${String(index).padStart(11, '0')}`);
  await runConcurrently(ids, async (id) => {
    const battle = freshBattle({ id });
    await battles.scheduleCheck(id, battle.turnEndsAtMs);
    await battles.create(battle);
  });
}

async function round(client: Redis, children: readonly ChildProcess[]): Promise<number> {
  await fill(client);
  const startedAt = performance.now();
  const done = children.map((child) => once(child, 'message'));
  for (const child of children) child.send('tick');
  await Promise.all(done);
  const tookS = (performance.now() - startedAt) / 1_000;
  const left = await client.zcount(keys.deadlines(), '-inf', Date.now());
  if (left > 0) throw new Error(`${left} of ${due} are still due`);
  return tookS;
}

if (values.serve !== undefined) {
  await serve(values.serve);
} else if (findRedisServer() === null) {
  print('no redis-server on the PATH: skipped');
} else {
  const server = await startRedisServer();
  const client = new Redis(server.url);
  const children = [await openChild(server.url), await openChild(server.url)];
  const [one, two] = [new Sample(), new Sample()];
  // The ways take turns, so that other load hits all alike; the first round only warms up.
  for (let at = 0; at <= rounds; at += 1) {
    const alone = await round(client, children.slice(0, 1));
    const together = await round(client, children);
    if (at === 0) continue;
    one.add(alone);
    two.add(together);
  }
  print(`${rounds} rounds of ${due} due turns, medians; one redis-server\n`);
  const gain = one.at(0.5) / two.at(0.5);
  const rows = [
    ['one process', one.at(0.5).toFixed(1), (due / one.at(0.5)).toFixed(0), '1.00'],
    ['two processes', two.at(0.5).toFixed(1), (due / two.at(0.5)).toFixed(0), gain.toFixed(2)],
  ];
  print(markdownTable(['', 'seconds', 'turns ended per second', 'of one'], rows));
  summarize({
    what: `${due.toLocaleString('en')} due turns ended by one process`,
    figure: `${one.at(0.5).toFixed(1)} s`,
    limit: `${two.at(0.5).toFixed(1)} s, two processes`,
    ratio: gain,
    goal: `${TARGET_S} s, ${TARGET_GAIN.toFixed(2)}`,
  });
  const isReached = one.at(0.5) <= TARGET_S && gain >= TARGET_GAIN;
  print(`\ntarget ${TARGET_S} s and ${TARGET_GAIN} of one: ${isReached ? 'reached' : 'MISSED'}`);
  for (const child of children) child.disconnect();
  client.disconnect();
  await server.stop();
}
