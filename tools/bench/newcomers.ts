import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { fillWithPglite } from '../../tests/support/pglite-template.ts';
import { findRedisServer, startRedisServer } from '../../tests/support/redis-server.ts';
import type { BotOptions } from './bench-bot.ts';
import { Latencies } from './latencies.ts';
import type { LoadReport } from './load/load-commands.ts';
import { type Load, forkTool, nextMessage, startLoad } from './load/start-load.ts';
import { markdownTable, print } from './print-table.ts';
import { summarize } from './summary.ts';

/**
 * What a rush of new users does to the players on the embedded database, which answers one query at a
 * time: players tap once a second, without and with 2,000 people who start the bot at once.
 * `npm run bench -- newcomers [--players 80] [--newcomers 2000] [--seconds 20]`.
 */
const { values } = parseArgs({
  options: {
    players: { type: 'string', default: '80' },
    newcomers: { type: 'string', default: '2000' },
    seconds: { type: 'string', default: '20' },
  },
});
const players = Number(values.players);
const newcomers = Number(values.newcomers);
const seconds = Number(values.seconds);
const FIRST_ID = 100_001;
const WARM_UP_S = 5;
const WELCOME_TIMEOUT_S = 120;

async function measure() {
  const userIds = Array.from({ length: players }, (_, index) => FIRST_ID + 1 + index);
  const load = await startLoad({ userIds, flooderId: FIRST_ID, latencyMs: 20 });
  const redis = findRedisServer() === null ? null : await startRedisServer();
  const dataDir = mkdtempSync(join(tmpdir(), 'arena-newcomers-'));
  await fillWithPglite(join(dataDir, 'pglite'));
  const about: BotOptions = {
    kind: 'arena',
    token: '4747:token-of-a-bench-on-this-machine',
    screens: {},
    dataDir,
    apiRoot: load.url,
    redisUrl: redis?.url ?? '',
    userIds: [FIRST_ID, ...userIds],
  };
  const bot = forkTool(new URL('./bench-bot.ts', import.meta.url), about);
  try {
    await nextMessage(bot);
    await load.tell({ kind: 'start' });
    await load.tell({ kind: 'play', players });
    await sleep(1_000 * WARM_UP_S);
    const calm = await measureOnce(load, 0);
    return { calm, rush: await measureOnce(load, newcomers) };
  } finally {
    bot.kill('SIGKILL');
    load.stop();
    await redis?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function measureOnce(load: Load, count: number): Promise<LoadReport> {
  await load.tell({ kind: 'play', players });
  await sleep(3_000);
  await load.tell({ kind: 'begin' });
  if (count > 0) await load.tell({ kind: 'newcomers', count });
  await sleep(1_000 * seconds);
  let report = await load.tell({ kind: 'rest' });
  for (
    let waitedS = 0;
    waitedS < WELCOME_TIMEOUT_S && report.welcomes.length < count;
    waitedS += 1
  ) {
    await sleep(1_000);
    report = await load.tell({ kind: 'report' });
  }
  return report;
}

function rowOf(name: string, { taps, unanswered, answers, shown, welcomes }: LoadReport) {
  const ms = (values: readonly number[]) => {
    const all = new Latencies(values);
    return [0.5, 0.99, 1].map((share) => `${all.at(share).toFixed(0)} ms`);
  };
  return [
    name,
    `${taps}`,
    `${unanswered}`,
    ...ms(answers),
    ...ms(shown),
    `${welcomes.length}`,
    ...ms(welcomes).slice(2),
  ];
}

const [loadAverage = 0] = loadavg();
print(
  `${players} players, ${newcomers} newcomers, ${seconds} s; load average before ${loadAverage.toFixed(1)}\n`,
);
const { calm, rush } = await measure();
const quantiles = ['p50', 'p99', 'longest'];
const columns = [
  'taps of players',
  'unanswered',
  ...quantiles.map((one) => `answer ${one}`),
  ...quantiles.map((one) => `screen ${one}`),
];
const rows = [rowOf('nobody comes', calm), rowOf(`${newcomers} come at once`, rush)];
print(`${markdownTable(['', ...columns, 'welcomed', 'the last after'], rows)}\n`);
summarize({
  what: `longest wait of ${players} players while ${newcomers} start the bot`,
  figure: `${new Latencies(rush.answers).at(1).toFixed(0)} ms`,
  limit: `${new Latencies(calm.answers).at(1).toFixed(0)} ms, nobody comes`,
  ratio: new Latencies(calm.answers).at(1) / new Latencies(rush.answers).at(1),
  goal: 'all answered',
});
const failed = rush.unanswered > 0 || rush.welcomes.length < newcomers;
print(`goal: no tap unanswered, everyone welcomed: ${failed ? 'FAILED' : 'met'}`);
if (failed) process.exitCode = 1;
