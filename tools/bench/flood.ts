import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { findRedisServer, startRedisServer } from '../../tests/support/redis-server.ts';
import { Latencies } from './latencies.ts';
import type { BotOptions } from './bench-bot.ts';
import type { LoadReport } from './load/load-commands.ts';
import { type Load, cpuOf, forkTool, nextMessage, startLoad } from './load/start-load.ts';
import { markdownTable, print } from './print-table.ts';
import { summarize } from './summary.ts';

/**
 * What a flood of one user does to the others: players tap once a second, by turns without and with a
 * user who taps or writes 1,000 times a second. Bot, Telegram with players, and Redis are processes of
 * their own. `npm run bench -- flood [--players 80] [--per-second 1000] [--seconds 10] [--rounds 3]
 * [--latency 20]`.
 */
const { values } = parseArgs({
  options: {
    players: { type: 'string', default: '80' },
    'per-second': { type: 'string', default: '1000' },
    seconds: { type: 'string', default: '10' },
    rounds: { type: 'string', default: '3' },
    latency: { type: 'string', default: '20' },
  },
});
const players = Number(values.players);
const perSecond = Number(values['per-second']);
const seconds = Number(values.seconds);
const FLOODER_ID = 100_001;
const WARM_UP_S = 5;
/** For the queue of a flood to empty before the next measurement. */
const PAUSE_S = 3;
const GOAL = 1.5;

const kinds = ['no flood', 'taps', 'texts'] as const;
type Kind = (typeof kinds)[number];
interface Measurement extends LoadReport {
  /** Share of one core that the bot uses. */
  readonly botCpu: number;
}
type Reports = Readonly<Record<Kind, Measurement[]>>;
interface Running {
  readonly load: Load;
  readonly bot: ChildProcess;
}

async function measure(): Promise<Reports> {
  const userIds = Array.from({ length: players }, (_, index) => FLOODER_ID + 1 + index);
  const latencyMs = Number(values.latency);
  const load = await startLoad({ userIds, flooderId: FLOODER_ID, latencyMs });
  const redis = findRedisServer() === null ? null : await startRedisServer();
  const about: BotOptions = {
    kind: 'arena',
    token: '4747:token-of-a-bench-on-this-machine',
    screens: {},
    apiRoot: load.url,
    redisUrl: redis?.url ?? '',
    userIds: [FLOODER_ID, ...userIds],
  };
  const bot = forkTool(new URL('./bench-bot.ts', import.meta.url), about);
  const reports: Reports = { 'no flood': [], taps: [], texts: [] };
  try {
    await nextMessage(bot);
    await load.tell({ kind: 'start' });
    await load.tell({ kind: 'play', players });
    await sleep(1_000 * WARM_UP_S);
    for (let round = 0; round < Number(values.rounds); round += 1)
      for (const kind of kinds) reports[kind].push(await measureOnce({ load, bot }, kind));
    return reports;
  } finally {
    bot.kill('SIGKILL');
    load.stop();
    await redis?.stop();
  }
}

async function measureOnce({ load, bot }: Running, what: Kind): Promise<Measurement> {
  await load.tell({ kind: 'play', players });
  await sleep(1_000 * PAUSE_S);
  await load.tell({ kind: 'begin' });
  const [cpuBefore, startedMs] = [await cpuOf(bot), performance.now()];
  if (what !== 'no flood') await load.tell({ kind: 'flood', perSecond, what });
  await sleep(1_000 * seconds);
  const botCpu = ((await cpuOf(bot)) - cpuBefore) / (1_000 * (performance.now() - startedMs));
  await load.tell({ kind: 'end flood' });
  return { ...(await load.tell({ kind: 'rest' })), botCpu };
}

function median(numbers: readonly number[]): number {
  return new Latencies(numbers).at(0.5);
}

function rowOf(kind: Kind, calm: Reports['taps'], all: Reports['taps']): string[] {
  const quantile = (field: 'answers' | 'shown', share: number) => (one: Measurement) =>
    new Latencies(one[field]).at(share);
  const ms = (of: (one: Measurement) => number) => `${median(all.map(of)).toFixed(1)} ms`;
  const sum = (of: (one: Measurement) => number) => all.reduce((total, one) => total + of(one), 0);
  const p99 = quantile('answers', 0.99);
  const ratio = median(all.map((one, round) => p99(one) / p99(calm[round] ?? one)));
  return [
    kind,
    `${sum((one) => one.taps)}`,
    `${sum((one) => one.unanswered)}`,
    ms(quantile('answers', 0.5)),
    ms(p99),
    ms(quantile('shown', 0.5)),
    ms(quantile('shown', 0.99)),
    ratio.toFixed(2),
    `${(100 * median(all.map((one) => one.botCpu))).toFixed(0)} %`,
    `${sum((one) => one.floodAnswers)} of ${sum((one) => one.floodTaps)}`,
  ];
}

const load = loadavg()
  .map((one) => one.toFixed(1))
  .join(', ');
print(
  `${players} players, ${perSecond} updates a second of one user for ${seconds} s, ` +
    `${values.rounds} rounds, medians; load average before ${load}\n`,
);
const reports = await measure();
const head = ['flood of', 'taps of others', 'unanswered', 'answer p50', 'p99', 'screen p50', 'p99'];
const rows = kinds.map((kind) => rowOf(kind, reports['no flood'], reports[kind]));
print(`${markdownTable([...head, 'p99 ratio', 'bot CPU', 'flood answered'], rows)}\n`);
const p99Of = (kind: Kind) =>
  median(reports[kind].map(({ answers }) => new Latencies(answers).at(0.99)));
for (const kind of kinds.slice(1)) {
  summarize({
    what: `p99 of an answer to ${players} players, one floods with ${kind}`,
    figure: `${p99Of(kind).toFixed(0)} ms`,
    limit: `${p99Of('no flood').toFixed(0)} ms, no flood`,
    ratio: p99Of('no flood') / p99Of(kind),
    goal: (1 / GOAL).toFixed(2),
  });
}
const failed = rows.some(
  ([, , unanswered, , , , , ratio]) => unanswered !== '0' || Number(ratio) > GOAL,
);
print(`goal: nothing unanswered, p99 of the answers within ${GOAL}: ${failed ? 'FAILED' : 'met'}`);
if (failed) process.exitCode = 1;
