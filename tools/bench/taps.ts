import type { ChildProcess } from 'node:child_process';
import { loadavg } from 'node:os';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { findRedisServer, startRedisServer } from '../../tests/support/redis-server.ts';
import { Latencies } from './latencies.ts';
import { markdownTable, print } from './print-table.ts';
import { perSecond, summarize } from './summary.ts';
import type { BotOptions } from './bench-bot.ts';
import { type Load, cpuOf, forkTool, nextMessage, startLoad } from './load/start-load.ts';

/**
 * Taps per second through the whole bot over HTTP, compared with bots that only answer and edit. Each bot
 * is a process of its own; a Bot API over raw HTTP and the players share another.
 * `npm run bench -- taps [--players 1500] [--calm 200] [--seconds 10] [--latencies 0,50] [--kinds bare]
 * [--bot-flags=--max-semi-space-size=64]`.
 */
const { values } = parseArgs({
  options: {
    players: { type: 'string', default: '1500' },
    calm: { type: 'string', default: '200' },
    seconds: { type: 'string', default: '10' },
    latencies: { type: 'string', default: '0,50' },
    kinds: { type: 'string', default: 'minimal, our fetch;minimal, its own fetch;bare' },
    /** Node's flags for the bots, by commas. */
    'bot-flags': { type: 'string', default: '' },
  },
});
const players = Number(values.players);
const calm = Number(values.calm);
const seconds = Number(values.seconds);
const TOKEN = '4747:token-of-a-bench-on-this-machine';
const WARM_UP_S = 3;
const TARGET_TAPS_PER_S = 2_000;
const FIRST_ID = 100_001;
const userIds = Array.from({ length: players }, (_, index) => FIRST_ID + 1 + index);

type Kind = BotOptions['kind'];
type Screens = BotOptions['screens'];

interface Measurement {
  readonly perSecond: number;
  readonly botUs: number;
  readonly loadUs: number;
  readonly tapToScreen: Latencies;
}

interface BotResult {
  readonly kind: Kind;
  readonly all: Measurement;
  readonly few: Measurement;
}

async function measure(kind: Kind, latencyMs: number, screens: Screens) {
  const load = await startLoad({ userIds, flooderId: FIRST_ID, latencyMs });
  const redis = findRedisServer() === null ? null : await startRedisServer();
  const everyone = [FIRST_ID, ...userIds];
  const about = { kind, token: TOKEN, apiRoot: load.url, redisUrl: redis?.url ?? '', screens };
  const flags = values['bot-flags'].split(',').filter((flag) => flag !== '');
  const file = new URL('./bench-bot.ts', import.meta.url);
  const bot = forkTool(file, { ...about, userIds: everyone } satisfies BotOptions, flags);
  try {
    await nextMessage(bot);
    await load.tell({ kind: 'start' });
    const few = await tapFor(load, bot, calm);
    const all = await tapFor(load, bot, players);
    const report = await load.tell({ kind: 'report' });
    return { result: { kind, all, few }, screens: report.screens };
  } finally {
    // It ends, and Node writes the profile that a flag may ask for.
    bot.disconnect();
    load.stop();
    await redis?.stop();
  }
}

async function tapFor(load: Load, bot: ChildProcess, many: number): Promise<Measurement> {
  await load.tell({ kind: 'play', players: many });
  await sleep(WARM_UP_S * 1_000);
  const before = await load.tell({ kind: 'begin' });
  const [botBefore, startedAt] = [await cpuOf(bot), performance.now()];
  await sleep(seconds * 1_000);
  const report = await load.tell({ kind: 'report' });
  const taps = report.shown.length;
  const tookS = (performance.now() - startedAt) / 1_000;
  const loadUs = (report.cpuUs - before.cpuUs) / taps;
  const botUs = ((await cpuOf(bot)) - botBefore) / taps;
  await load.tell({ kind: 'rest' });
  // The last screens still have to be delivered.
  await sleep(1_500);
  return { perSecond: taps / tookS, botUs, loadUs, tapToScreen: new Latencies(report.shown) };
}

const speed = ({ all }: BotResult) => all.perSecond;
const cost = ({ all }: BotResult) => all.botUs;

const goals = {
  arena: '–',
  'minimal, our fetch': '0.70',
  'minimal, its own fetch': '1.20',
  bare: '–',
} as const satisfies Record<Kind, string>;

function report(latencyMs: number, all: readonly BotResult[]): void {
  const ms = ({ tapToScreen }: Measurement, share: number) =>
    `${tapToScreen.at(share).toFixed(1)} ms`;
  const rows = all.map((one) => [
    one.kind,
    speed(one).toFixed(0),
    cost(one).toFixed(0),
    one.all.loadUs.toFixed(0),
    ms(one.all, 0.5),
    ms(one.all, 0.99),
    one.few.perSecond.toFixed(0),
    ms(one.few, 0.5),
    ms(one.few, 0.99),
  ]);
  const columns = ['taps per second', 'bot µs per tap', 'load µs', 'p50', 'p99'];
  const head = [`${latencyMs} ms latency`, ...columns, `${calm} players`, 'p50', 'p99'];
  print(`${markdownTable(head, rows)}\n`);
  const [arena, ...others] = all;
  if (arena === undefined) return;
  for (const other of others) {
    summarize({
      what: `taps, ${players} players, ${latencyMs} ms latency, p99 ${ms(arena.all, 0.99)}; ratio by CPU`,
      figure: perSecond(speed(arena)),
      limit: `${perSecond(speed(other))}, ${other.kind}`,
      ratio: cost(other) / cost(arena),
      goal: goals[other.kind],
    });
  }
  for (const other of others) {
    const [bySpeed, byCpu] = [speed(arena) / speed(other), cost(other) / cost(arena)];
    print(
      `of "${other.kind}": ${bySpeed.toFixed(2)} in taps per second, ${byCpu.toFixed(2)} by the bot's CPU`,
    );
  }
  const limit = 1e6 / cost(arena);
  print(
    `one core for the bot alone would serve ${limit.toFixed(0)} taps per second (target ${TARGET_TAPS_PER_S})\n`,
  );
}

const load = loadavg()
  .map((one) => one.toFixed(1))
  .join(', ');
print(
  `${players} players, each taps at most once in 1.05 s, ${seconds} s; load average before ${load}`,
);
print('target: 0.7 of the minimal bot with our fetch, 1.2 of it with its own\n');
for (const latencyMs of values.latencies.split(',').map(Number)) {
  const { result, screens } = await measure('arena', latencyMs, {});
  const all: BotResult[] = [result];
  for (const kind of ['minimal, our fetch', 'minimal, its own fetch', 'bare'] as const)
    if (values.kinds.split(';').includes(kind))
      all.push((await measure(kind, latencyMs, screens)).result);
  report(latencyMs, all);
}
