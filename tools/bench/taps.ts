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
import type { BotWish } from './bench-bot.ts';
import { TappingPlayers, tappedActions } from './tapping-players.ts';

/**
 * Taps a second through the whole bot over HTTP, beside bots that only answer and edit, on the same
 * stand-in, which keeps no limits here. Each bot is a process of its own; the stand-in and the
 * players are this one.
 * `npm run bench -- taps [--players 1500] [--calm 200] [--seconds 10] [--latencies 0,50]`.
 */
const { values: wish } = parseArgs({
  options: {
    players: { type: 'string', default: '1500' },
    calm: { type: 'string', default: '200' },
    seconds: { type: 'string', default: '10' },
    latencies: { type: 'string', default: '0,50' },
  },
});
const players = Number(wish.players);
const calm = Number(wish.calm);
const seconds = Number(wish.seconds);
const TOKEN = '4747:token-of-a-bench-on-this-machine';
const WARM_UP_S = 3;
const WANTED_TAPS_A_SECOND = 3_000;
const userIds = Array.from({ length: players }, (_, index) => 100_001 + index);

type Kind = BotWish['kind'];
type Screens = BotWish['screens'];

/** What some seconds of tapping took. */
interface Spell {
  readonly perSecond: number;
  readonly botUs: number;
  readonly standInUs: number;
  readonly tapToScreen: Latencies;
}

interface Measured {
  readonly kind: Kind;
  readonly crowded: Spell;
  readonly calm: Spell;
}

async function measure(kind: Kind, latencyMs: number, screens: Screens) {
  const sandbox = await startSandbox({ token: TOKEN });
  const redis = findRedisServer() === null ? null : await startRedisServer();
  const about = { kind, token: TOKEN, apiRoot: sandbox.url, redisUrl: redis?.url ?? '' };
  const bot = await startBot({ ...about, userIds, screens });
  try {
    const crowd = new TappingPlayers(sandbox, userIds);
    await crowd.start();
    if (latencyMs > 0) {
      const slow = { kind: 'slow', delayMs: latencyMs, when: 'after' } as const;
      sandbox.faults.add({ ...slow, method: '*', times: null });
    }
    const quiet = await spell(crowd, bot, calm);
    const crowded = await spell(crowd, bot, players);
    return { measured: { kind, crowded, calm: quiet }, seen: screensSeen(sandbox) };
  } finally {
    bot.kill('SIGKILL');
    await sandbox.close();
    await redis?.stop();
  }
}

async function startBot(botWish: BotWish): Promise<ChildProcess> {
  const file = fileURLToPath(new URL('./bench-bot.ts', import.meta.url));
  const bot = fork(file, [JSON.stringify(botWish)], { execArgv: ['--import', 'tsx'] });
  await Promise.race([once(bot, 'message'), once(bot, 'exit').then(gone)]);
  return bot;
}

function gone(): never {
  throw new Error('The bot has ended');
}

async function spell(crowd: TappingPlayers, bot: ChildProcess, many: number): Promise<Spell> {
  const ending = new AbortController();
  setMaxListeners(0, ending.signal);
  const playing = crowd.play(many, ending.signal);
  await sleep(WARM_UP_S * 1_000);
  crowd.tapToScreen = new Latencies();
  const [botBefore, ownBefore, startedAt] = [await cpuOf(bot), ownCpu(), performance.now()];
  await sleep(seconds * 1_000);
  const { tapToScreen } = crowd;
  const taps = tapToScreen.count;
  const tookS = (performance.now() - startedAt) / 1_000;
  const standInUs = (ownCpu() - ownBefore) / taps;
  const botUs = ((await cpuOf(bot)) - botBefore) / taps;
  crowd.tapToScreen = new Latencies();
  ending.abort();
  await playing;
  // What was tapped last is still to be shown.
  await sleep(1_500);
  return { perSecond: taps / tookS, botUs, standInUs, tapToScreen };
}

async function cpuOf(bot: ChildProcess): Promise<number> {
  const told = once(bot, 'message');
  bot.send('cpu');
  const [message] = z
    .tuple([z.object({ cpuUs: z.number() })])
    .rest(z.unknown())
    .parse(await told);
  return message.cpuUs;
}

function ownCpu(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

/** What the whole bot makes of a message, by the tap that asks for it: the minimal ones send the same. */
function screensSeen({ calls }: Sandbox): Screens {
  const edits = calls.list('editMessageText').map(({ parameters }) => parameters);
  const offering = (name: string) => (one: (typeof edits)[number]) =>
    JSON.stringify(one['reply_markup']).includes(name);
  const [mode, menu] = tappedActions;
  // Whoever asks for one screen is offered the way to the other.
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

const pace = ({ crowded }: Measured) => crowded.perSecond;
const cost = ({ crowded }: Measured) => crowded.botUs;

function report(latencyMs: number, all: readonly Measured[]): void {
  const ms = ({ tapToScreen }: Spell, share: number) => `${tapToScreen.at(share).toFixed(1)} ms`;
  const rows = all.map((one) => [
    one.kind,
    pace(one).toFixed(0),
    cost(one).toFixed(0),
    one.crowded.standInUs.toFixed(0),
    ms(one.crowded, 0.5),
    ms(one.crowded, 0.99),
    one.calm.perSecond.toFixed(0),
    ms(one.calm, 0.5),
    ms(one.calm, 0.99),
  ]);
  const crowded = ['taps a second', 'bot µs a tap', 'stand-in µs', 'p50', 'p99'];
  const head = [`${latencyMs} ms away`, ...crowded, `${calm} players`, 'p50', 'p99'];
  print(`${markdownTable(head, rows)}\n`);
  const [arena, ...others] = all;
  if (arena === undefined) return;
  for (const other of others) {
    const [byPace, byCpu] = [pace(arena) / pace(other), cost(other) / cost(arena)];
    print(
      `of "${other.kind}": ${byPace.toFixed(2)} in taps a second, ${byCpu.toFixed(2)} by the bot's CPU`,
    );
  }
  const limit = 1e6 / cost(arena);
  print(
    `one core of the bot's own bears ${limit.toFixed(0)} taps a second (wanted ${WANTED_TAPS_A_SECOND})\n`,
  );
}

const load = loadavg()
  .map((one) => one.toFixed(1))
  .join(', ');
print(
  `${players} players, each taps once in 1.05 s at most, ${seconds} s; load average before ${load}`,
);
print('wanted: 0.8 of the minimal bot with our fetch, 1.5 of it with its own\n');
for (const latencyMs of wish.latencies.split(',').map(Number)) {
  const { measured, seen } = await measure('arena', latencyMs, {});
  const all: Measured[] = [measured];
  for (const kind of ['minimal, our fetch', 'minimal, its own fetch', 'bare'] as const)
    all.push((await measure(kind, latencyMs, seen)).measured);
  report(latencyMs, all);
}
