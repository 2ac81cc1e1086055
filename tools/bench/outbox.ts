import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Api } from 'grammy';
import { type Sandbox, startSandbox } from 'telegram-sandbox';
import { seededDraw } from 'telegram-sandbox/testing';
import { startArena } from '../../bot/start-arena.ts';
import { readSettings } from '../../bot/settings.ts';
import { memoryRepositories } from '../../tests/support/memory-repositories.ts';
import { silentLog } from '../../tests/support/silent-log.ts';
import { Latencies } from './latencies.ts';
import { DuelPlayer, emptyStats } from './duel-player.ts';

/**
 * So many players duel at once while the stand-in keeps Telegram's limits (one call a second and
 * chat, then slow answers, then 429). `npm run bench -- outbox [--players 200] [--seconds 60] [--trouble]`;
 * with trouble, floods, server errors and broken connections hit one call in five.
 */
const { values: wish } = parseArgs({
  options: {
    players: { type: 'string', default: '200' },
    seconds: { type: 'string', default: '60' },
    trouble: { type: 'boolean', default: false },
  },
});
const players = Number(wish.players);
const seconds = Number(wish.seconds);
/** Whoever is written to with nothing of ours in between. */
const PROBE = 'Probe';
const TOKEN = '4545:token-of-a-bench-on-this-machine';

function print(line = ''): void {
  process.stdout.write(`${line}\n`);
}

/** The limit: one edit of one message of one's own, with nothing of ours around it. */
async function measureBareEdits(sandbox: Sandbox, bare: Latencies, over: AbortSignal) {
  const person = sandbox.people.add({ firstName: PROBE });
  person.say('/start');
  const api = new Api(TOKEN, { apiRoot: sandbox.url });
  const { message_id: messageId } = await api.sendMessage(person.id, 'probe');
  for (let count = 0; !over.aborted; count += 1) {
    await sleep(1_100);
    const startedAt = performance.now();
    const edited = await api
      .editMessageText(person.id, messageId, `probe ${count}`)
      .catch(() => null);
    if (edited !== null) bare.add(performance.now() - startedAt);
  }
}

/** Counts what the stand-in's limits did, while its log still remembers. */
async function watchLimits(sandbox: Sandbox, over: AbortSignal) {
  const seen = { calls: 0, refused: 0, held: 0, longestHeldMs: 0, lastId: 0 };
  while (!over.aborted) {
    await sleep(200);
    for (const call of sandbox.calls.list().filter(({ callId }) => callId > seen.lastId)) {
      seen.lastId = call.callId;
      seen.calls += 1;
      seen.refused += call.fault === 'traffic' ? 1 : 0;
      seen.held += call.heldMs > 0 ? 1 : 0;
      seen.longestHeldMs = Math.max(seen.longestHeldMs, call.heldMs);
    }
  }
  return seen;
}

/** Everything that the way to Telegram can have, at once. */
function makeTrouble({ faults }: Sandbox): void {
  const always = { method: '*', times: null } as const;
  faults.add({ ...always, kind: 'flood', retryAfterS: 1, share: 0.1 });
  faults.add({ ...always, kind: 'error', errorCode: 502, share: 0.05 });
  faults.add({ ...always, kind: 'reset', when: 'after', share: 0.05 });
}

const sandbox = await startSandbox({ token: TOKEN, traffic: true });
const settings = readSettings({ BOT_TOKEN: TOKEN, TELEGRAM_API_ROOT: sandbox.url });
const arena = await startArena(settings, { log: silentLog, repositories: memoryRepositories() });
const ending = new AbortController();
const over = ending.signal;
const experience = emptyStats();
const bare = new Latencies();
const letters = 'abcdefghijklmnopqrst';
const nameOf = (index: number) =>
  `Player${letters.charAt(Math.floor(index / 20))}${letters.charAt(index % 20)}`;

const cpuBefore = process.cpuUsage();
const probing = measureBareEdits(sandbox, bare, over);
const watching = watchLimits(sandbox, over);
const playing = Array.from({ length: players }, (_, index) =>
  new DuelPlayer(sandbox.people.add({ firstName: nameOf(index), languageCode: 'en' }), {
    experience,
    over,
    chance: seededDraw(index + 1),
  }).play(nameOf(index)),
);
if (wish.trouble) makeTrouble(sandbox);
await sleep(seconds * 1000);
ending.abort();
for (const person of sandbox.people.list()) person.say('/menu');
await Promise.all(playing);
// Whatever is still owed is given its time, and then counted.
await sleep(wish.trouble ? 15_000 : 5_000);
const chats = sandbox.people
  .list()
  .filter(({ profile }) => profile.firstName !== PROBE)
  .map((person) => person.chat());
const unanswered = chats.reduce((sum, chat) => sum + chat.unansweredTaps.length, 0);
const copies = chats.reduce(
  (sum, { messages }) => sum + messages.filter((one) => one.from === 'bot').length - 1,
  0,
);
const apologies = chats.filter(({ messages }) =>
  messages.some((one) => one.text.includes('Something broke')),
).length;
const limits = await watching;
await probing;
const cpu = process.cpuUsage(cpuBefore);
const figures = { ...arena.metrics };
await arena.stop();
await sandbox.close();

const saved = figures.superseded + figures.unchanged;
print(`${players} players, ${seconds} s, one process for the bot, the stand-in and the players`);
print(`duels ended       ${experience.duels / 2}`);
print(`taps              ${experience.taps} (${(experience.taps / seconds).toFixed(0)} a second)`);
print(`screens asked for ${figures.requested}: ${figures.sent} sent, ${figures.edited} edited`);
print(
  `saved             ${saved} (${((100 * saved) / figures.requested).toFixed(0)} %): ` +
    `${figures.superseded} overtaken by a newer one, ${figures.unchanged} looked the same`,
);
print(`animation         ${figures.skipped} frames yielded`);
print(`repeated          ${figures.retried} calls, ${figures.unanswered} sends without an answer`);
print(`given up          ${figures.dropped} screens, ${unanswered} taps without an answer`);
print(`chats             ${copies} copies of a screen, ${apologies} with an error text`);
print(`429 from limits   ${limits.refused} of ${limits.calls} calls`);
print(`slow answers      ${limits.held}, the longest ${limits.longestHeldMs.toFixed(0)} ms`);
print(`tap to answer     ${String(experience.tapToAnswer)}`);
print(`tap to screen     ${String(experience.tapToScreen)}`);
print(`bare edit         ${String(bare)} (the limit, measured in the same run)`);
print(
  `ratio             p50 ${(experience.tapToScreen.at(0.5) / bare.at(0.5)).toFixed(1)}, ` +
    `p99 ${(experience.tapToScreen.at(0.99) / bare.at(0.99)).toFixed(1)}`,
);
print(
  `CPU               ${((cpu.user + cpu.system) / 1000 / experience.taps).toFixed(2)} ms a tap`,
);
// A send without an answer may leave one copy, until its player taps it.
const doubled = Math.max(0, copies - figures.unanswered);
if (limits.refused + figures.dropped + unanswered + doubled + apologies > 0) {
  print('FAILED: a chat was flooded by our own fault, or something was lost, doubled or left open');
  process.exitCode = 1;
}
