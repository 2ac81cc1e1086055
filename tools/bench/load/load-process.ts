import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Json, LightBotApi } from './light-bot-api.ts';
import { type LoadOptions, commandSchema, loadOptionsSchema } from './load-commands.ts';
import { LoadPlayer } from './load-player.ts';
import { Measured, answered } from './measured.ts';

/** The process that `startLoad` starts: Bot API, players and a user who floods. */
const options: LoadOptions = loadOptionsSchema.parse(JSON.parse(process.argv[2] ?? ''));
const BETWEEN_TAPS_MS = 1_050;
const FLOOD_EVERY_MS = 10;
/** For the answers to the last taps. */
const ANSWERS_TIMEOUT_MS = 15_000;

let measured = new Measured();
/** The flood's own taps count apart. */
let flooded = new Measured();
let welcomes: number[] = [];
let lastId = 900_000;
let flood: NodeJS.Timeout | undefined;
const players = new Map<number, LoadPlayer>();

const api = new LightBotApi({
  latencyMs: options.latencyMs,
  onCall: (method, payload, messageId) => {
    if (method === 'answerCallbackQuery') answered(String(payload['callback_query_id']));
    else if (method === 'sendMessage' || method === 'editMessageText') {
      const player = players.get(Number(payload['chat_id']));
      if (method === 'editMessageText') keepScreen(player?.button ?? '', payload);
      player?.see(messageId, payload['reply_markup']);
    }
  },
});
/** The screens that the buttons lead to, so that the minimal bots can show the same. */
const screens: Record<string, Json> = {};
function keepScreen(button: string, { text, parse_mode, reply_markup }: Json): void {
  screens[button] ??= { text, parse_mode, reply_markup };
}
const deliver = api.deliver.bind(api);
for (const userId of options.userIds)
  players.set(userId, new LoadPlayer({ userId, deliver, measured: () => measured }));
const flooder = new LoadPlayer({
  userId: options.flooderId,
  deliver,
  measured: () => flooded,
});
players.set(options.flooderId, flooder);
const everyone = [...players.values()];

async function start(): Promise<void> {
  await Promise.all(everyone.map((one) => one.start()));
}

function play(count: number): void {
  const some = everyone.slice(0, count);
  some.forEach((one, index) => {
    one.play((BETWEEN_TAPS_MS * index) / some.length);
  });
}

async function rest(): Promise<void> {
  for (const one of everyone) one.rest();
  for (let waitedMs = 0; waitedMs < ANSWERS_TIMEOUT_MS && measured.unanswered > 0; waitedMs += 50)
    await sleep(50);
}

function startFlood(perSecond: number, what: 'taps' | 'texts'): void {
  const batch = (perSecond * FLOOD_EVERY_MS) / 1_000;
  let due = 0;
  flood = setInterval(() => {
    for (due += batch; due >= 1; due -= 1) {
      if (what === 'taps') flooder.tap();
      else flooder.say('Hello?');
    }
  }, FLOOD_EVERY_MS);
}

function begin(): void {
  measured = new Measured();
  flooded = new Measured();
  welcomes = [];
}

function startNewcomers(count: number): void {
  const cameMs = performance.now();
  for (let index = 0; index < count; index += 1) {
    const newcomer = new LoadPlayer({ userId: (lastId += 1), deliver, measured: () => flooded });
    players.set(lastId, newcomer);
    void newcomer.start().then(() => welcomes.push(performance.now() - cameMs));
  }
}

function report(): unknown {
  const { user, system } = process.cpuUsage();
  const { taps, screens: shown, answers, unanswered } = measured;
  const others = { floodTaps: flooded.taps, floodAnswers: flooded.answers.length };
  return { taps, shown, answers, unanswered, ...others, welcomes, screens, cpuUs: user + system };
}

async function obey(message: unknown): Promise<unknown> {
  const command = commandSchema.parse(message);
  if (command.kind === 'start') await start();
  else if (command.kind === 'play') play(command.players);
  else if (command.kind === 'begin') begin();
  else if (command.kind === 'flood') startFlood(command.perSecond, command.what);
  else if (command.kind === 'end flood') clearInterval(flood);
  else if (command.kind === 'newcomers') startNewcomers(command.count);
  else if (command.kind === 'rest') await rest();
  return report();
}

process.on('message', (message) => {
  void obey(message).then((result) => process.send?.(result));
});
process.on('disconnect', () => process.exit(0));
process.send?.({ url: await api.listen() });
