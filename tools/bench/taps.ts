import { type ChildProcess, fork } from 'node:child_process';
import { once, setMaxListeners } from 'node:events';
import { loadavg } from 'node:os';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { type Sandbox, startSandbox } from 'telegram-sandbox';
import { findRedisServer, startRedisServer } from '../../tests/support/redis-server.ts';
import { Latencies } from './latencies.ts';
import { markdownTable, print } from './print-table.ts';
import type { BotOptions } from './bench-bot.ts';
import { TappingPlayers, tappedActions } from './tapping-players.ts';

/**
 * Taps per second through the whole bot over HTTP, compared with bots that only answer and edit. Each bot
 * is a process of its own; the sandbox, without limits here, and the players share this one.
 * `npm run bench -- taps [--players 1500] [--calm 200] [--seconds 10] [--latencies 0,50]`.
 */
const { values } = parseArgs({
  options: {
    players: { type: 'string', default: '1500' },
    calm: { type: 'string', default: '200' },
    seconds: { type: 'string', default: '10' },
    latencies: { type: 'string', default: '0,50' },
  },
});
const players = Number(values.players);
const calm = Number(values.calm);
const seconds = Number(values.seconds);
const TOKEN = '4747:token-of-a-bench-on-this-machine';
const WARM_UP_S = 3;
const TARGET_TAPS_PER_S = 3_000;
const userIds = Array.from({ length: players }, (_, index) => 100_001 + index);

type Kind = BotOptions['kind'];
type Screens = BotOptions['screens'];

interface Measurement {
  readonly perSecond: number;
  readonly botUs: number;
  readonly sandboxUs: number;
  readonly tapToScreen: Latencies;
}

interface BotResult {
  readonly kind: Kind;
  readonly all: Measurement;
  readonly few: Measurement;
}

async function measure(kind: Kind, latencyMs: number, screens: Screens) {
  const sandbox = await startSandbox({ token: TOKEN });
  const redis = findRedisServer() === null ? null : await startRedisServer();
  const about = { kind, token: TOKEN, apiRoot: sandbox.url, redisUrl: redis?.url ?? '' };
  const bot = await startBot({ ...about, userIds, screens });
  try {
    const tapping = new TappingPlayers(sandbox, userIds);
    await tapping.start();
    if (latencyMs > 0) {
      const slow = { kind: 'slow', delayMs: latencyMs, when: 'after' } as const;
      sandbox.faults.add({ ...slow, method: '*', times: null });
    }
    const few = await tapFor(tapping, bot, calm);
    const all = await tapFor(tapping, bot, players);
    return { result: { kind, all, few }, screens: screensSeen(sandbox) };
  } finally {
    bot.kill('SIGKILL');
    await sandbox.close();
    await redis?.stop();
  }
}

async function startBot(options: BotOptions): Promise<ChildProcess> {
  const file = fileURLToPath(new URL('./bench-bot.ts', import.meta.url));
  const bot = fork(file, [JSON.stringify(options)], { execArgv: ['--import', 'tsx'] });
  await Promise.race([once(bot, 'message'), once(bot, 'exit').then(throwExited)]);
  return bot;
}

function throwExited(): never {
  throw new Error('the bot exited');
}

async function tapFor(
  tapping: TappingPlayers,
  bot: ChildProcess,
  many: number,
): Promise<Measurement> {
  const ending = new AbortController();
  setMaxListeners(0, ending.signal);
  const playing = tapping.play(many, ending.signal);
  await sleep(WARM_UP_S * 1_000);
  tapping.tapToScreen = new Latencies();
  const [botBefore, ownBefore, startedAt] = [await cpuOf(bot), ownCpu(), performance.now()];
  await sleep(seconds * 1_000);
  const { tapToScreen } = tapping;
  const taps = tapToScreen.count;
  const tookS = (performance.now() - startedAt) / 1_000;
  const sandboxUs = (ownCpu() - ownBefore) / taps;
  const botUs = ((await cpuOf(bot)) - botBefore) / taps;
  tapping.tapToScreen = new Latencies();
  ending.abort();
  await playing;
  // The last screens still have to be delivered.
  await sleep(1_500);
  return { perSecond: taps / tookS, botUs, sandboxUs, tapToScreen };
}

async function cpuOf(bot: ChildProcess): Promise<number> {
  const reply = once(bot, 'message');
  bot.send('cpu');
  const [message] = z
    .tuple([z.object({ cpuUs: z.number() })])
    .rest(z.unknown())
    .parse(await reply);
  return message.cpuUs;
}

function ownCpu(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

/** The whole bot's screens by callback data, so that the minimal bots can send the same. */
function screensSeen({ calls }: Sandbox): Screens {
  const edits = calls.list('editMessageText').map(({ parameters }) => parameters);
  const offering = (name: string) => (one: (typeof edits)[number]) =>
    JSON.stringify(one['reply_markup']).includes(name);
  const [mode, menu] = tappedActions;
  // Each screen has the button that leads to the other.
  const pairs = [
    [menu, edits.find(offering(mode))],
    [mode, edits.find(offering(menu))],
  ] as const;
  const named = pairs.map(([name, shown]) => {
    const other = pairs.find(([one]) => one !== name)?.[1];
    const data = new RegExp(`${name}[^"\\\\]*`).exec(JSON.stringify(other?.['reply_markup']));
    const { text, parse_mode, reply_markup } = shown ?? {};
    return [data?.[0] ?? '', { text, parse_mode, reply_markup }] as const;
  });
  return Object.fromEntries(named);
}

const speed = ({ all }: BotResult) => all.perSecond;
const cost = ({ all }: BotResult) => all.botUs;

function report(latencyMs: number, all: readonly BotResult[]): void {
  const ms = ({ tapToScreen }: Measurement, share: number) =>
    `${tapToScreen.at(share).toFixed(1)} ms`;
  const rows = all.map((one) => [
    one.kind,
    speed(one).toFixed(0),
    cost(one).toFixed(0),
    one.all.sandboxUs.toFixed(0),
    ms(one.all, 0.5),
    ms(one.all, 0.99),
    one.few.perSecond.toFixed(0),
    ms(one.few, 0.5),
    ms(one.few, 0.99),
  ]);
  const columns = ['taps per second', 'bot µs per tap', 'sandbox µs', 'p50', 'p99'];
  const head = [`${latencyMs} ms latency`, ...columns, `${calm} players`, 'p50', 'p99'];
  print(`${markdownTable(head, rows)}\n`);
  const [arena, ...others] = all;
  if (arena === undefined) return;
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
print('target: 0.8 of the minimal bot with our fetch, 1.5 of it with its own\n');
for (const latencyMs of values.latencies.split(',').map(Number)) {
  const { result, screens } = await measure('arena', latencyMs, {});
  const all: BotResult[] = [result];
  for (const kind of ['minimal, our fetch', 'minimal, its own fetch', 'bare'] as const)
    all.push((await measure(kind, latencyMs, screens)).result);
  report(latencyMs, all);
}
