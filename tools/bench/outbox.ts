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
import { playerName } from '../chaos/player-name.ts';
import { Latencies } from './latencies.ts';
import { DuelPlayer, emptyStats } from './duel-player.ts';
import { print } from './print-table.ts';
import { summarize } from './summary.ts';

/**
 * Duels of many players while the sandbox enforces Telegram's limits (one call a second in a chat, then
 * slow answers, then 429). `npm run bench -- outbox [--players 200] [--seconds 60] [--trouble]`; with
 * --trouble, floods, server errors and broken connections hit one call in five.
 */
const { values } = parseArgs({
  options: {
    players: { type: 'string', default: '200' },
    seconds: { type: 'string', default: '60' },
    trouble: { type: 'boolean', default: false },
  },
});
const players = Number(values.players);
const seconds = Number(values.seconds);
/** The chat whose message is edited without the bot. */
const PROBE = 'Probe';
const TOKEN = '4545:token-of-a-bench-on-this-machine';

/** The baseline: edits of one message by a bare API client. */
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

/** Counts refused and delayed calls as they come, since the sandbox keeps only the latest calls. */
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

function addFaults({ faults }: Sandbox): void {
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
const stats = emptyStats();
const bare = new Latencies();

const cpuBefore = process.cpuUsage();
const probing = measureBareEdits(sandbox, bare, over);
const watching = watchLimits(sandbox, over);
const playing = Array.from({ length: players }, (_, index) =>
  new DuelPlayer(sandbox.people.add({ firstName: playerName(index), languageCode: 'en' }), {
    stats,
    over,
    draw: seededDraw(index + 1),
  }).play(playerName(index)),
);
if (values.trouble) addFaults(sandbox);
await sleep(seconds * 1000);
ending.abort();
for (const person of sandbox.people.list()) person.say('/menu');
await Promise.all(playing);
// Screens that are still queued have to be delivered before they are counted.
await sleep(values.trouble ? 15_000 : 5_000);
const chats = sandbox.people
  .list()
  .filter(({ profile }) => profile.firstName !== PROBE)
  .map((person) => person.chat());
const unanswered = chats.reduce((sum, chat) => sum + chat.unansweredTaps.length, 0);
const copies = chats.reduce(
  (sum, { messages }) => sum + messages.filter((one) => one.from === 'bot').length - 1,
  0,
);
const errorScreens = chats.filter(({ messages }) =>
  messages.some((one) => one.text.includes('Something broke')),
).length;
const limits = await watching;
await probing;
const cpu = process.cpuUsage(cpuBefore);
const metrics = { ...arena.metrics };
await arena.stop();
await sandbox.close();

const avoided = metrics.superseded + metrics.unchanged;
print(`${players} players, ${seconds} s, one process for the bot, the sandbox and the players`);
print(`duels ended       ${stats.duels / 2}`);
print(`taps              ${stats.taps} (${(stats.taps / seconds).toFixed(0)} per second)`);
print(`screens requested ${metrics.requested}: ${metrics.sent} sent, ${metrics.edited} edited`);
print(
  `avoided           ${avoided} (${((100 * avoided) / metrics.requested).toFixed(0)} %): ` +
    `${metrics.superseded} superseded by a newer one, ${metrics.unchanged} unchanged`,
);
print(`animation         ${metrics.skipped} frames skipped`);
print(`retried           ${metrics.retried} calls, ${metrics.unanswered} sends without an answer`);
print(`dropped           ${metrics.dropped} screens, ${unanswered} taps without an answer`);
print(`chats             ${copies} copies of a screen, ${errorScreens} with an error text`);
print(`429 from limits   ${limits.refused} of ${limits.calls} calls`);
print(`slow answers      ${limits.held}, the longest ${limits.longestHeldMs.toFixed(0)} ms`);
print(`tap to answer     ${String(stats.tapToAnswer)}`);
print(`tap to screen     ${String(stats.tapToScreen)}`);
print(`bare edit         ${String(bare)} (the baseline, measured in the same run)`);
print(
  `ratio             p50 ${(stats.tapToScreen.at(0.5) / bare.at(0.5)).toFixed(1)}, ` +
    `p99 ${(stats.tapToScreen.at(0.99) / bare.at(0.99)).toFixed(1)}`,
);
print(`CPU               ${((cpu.user + cpu.system) / 1000 / stats.taps).toFixed(2)} ms per tap`);
for (const share of [0.5, 0.99]) {
  const [shown, edited] = [stats.tapToScreen.at(share), bare.at(share)];
  summarize({
    what: `tap to screen, p${100 * share}, ${players} players${values.trouble ? ', faults' : ''}`,
    figure: `${shown.toFixed(1)} ms`,
    limit: `${edited.toFixed(1)} ms, a bare edit`,
    ratio: edited / shown,
    goal: 'nothing lost',
  });
}
// A send without an answer may leave one copy, until the player taps it.
const doubled = Math.max(0, copies - metrics.unanswered);
if (limits.refused + metrics.dropped + unanswered + doubled + errorScreens > 0) {
  print(
    'FAILED: the bot exceeded a limit, or a screen or tap was lost, duplicated or not answered',
  );
  process.exitCode = 1;
}
