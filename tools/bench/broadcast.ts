import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Api } from 'grammy';
import { startSandbox } from 'telegram-sandbox';
import { seededDraw } from 'telegram-sandbox/testing';
import { repositoriesOn } from '../../bot/open-repositories.ts';
import { startArena } from '../../bot/start-arena.ts';
import { readSettings } from '../../bot/settings.ts';
import { users } from '../../database/schema.ts';
import { findPostgres } from '../../tests/support/postgres-server.ts';
import { silentLog } from '../../tests/support/silent-log.ts';
import { playerName } from '../chaos/player-name.ts';
import { DuelPlayer, emptyStats } from './duel-player.ts';
import { print } from './print-table.ts';
import { openPglite, openPostgres } from './recorded-database.ts';
import { summarize } from './summary.ts';

/**
 * Duels while the sandbox enforces Telegram's limits, first alone, then beside a broadcast to people who do
 * not play. `npm run bench -- broadcast [--players 100] [--seconds 60]`: of each half.
 */
const { values } = parseArgs({
  options: {
    players: { type: 'string', default: '100' },
    seconds: { type: 'string', default: '60' },
  },
});
const players = Number(values.players);
const seconds = Number(values.seconds);
/** More than can be sent in the time. */
const recipients = 25 * seconds;
const HAVE_BLOCKED = 0.03;
const WARM_UP_S = 15;
const GOAL = 1.5;
const TOKEN = '4545:token-of-a-bench-on-this-machine';

const sandbox = await startSandbox({ token: TOKEN, traffic: true });
const readers = Array.from({ length: recipients }, (_, index) => {
  const reader = sandbox.people.add({ firstName: `Reader ${index}` });
  reader.say('/start');
  if (index < recipients * HAVE_BLOCKED) reader.block();
  return { id: reader.id, language: 'fr' };
});
// They have started the bot long ago.
await new Api(TOKEN, { apiRoot: sandbox.url }).deleteWebhook({ drop_pending_updates: true });
const database = await (findPostgres() === null ? openPglite() : openPostgres());
const repositories = repositoriesOn(database.db, silentLog);
const settings = readSettings({ BOT_TOKEN: TOKEN, TELEGRAM_API_ROOT: sandbox.url });
const arena = await startArena(settings, { log: silentLog, repositories });

await database.db.insert(users).values(readers);

const ending = new AbortController();
const halves = { alone: emptyStats(), beside: emptyStats() };
const stats = emptyStats();
const people = Array.from({ length: players }, (_, index) =>
  sandbox.people.add({ firstName: playerName(index), languageCode: 'en' }),
);
const playing = people.map((player, index) =>
  new DuelPlayer(player, { stats, over: ending.signal, draw: seededDraw(index + 1) }).play(
    playerName(index),
  ),
);

/** What is counted from now on belongs to this half. */
async function measure(half: ReturnType<typeof emptyStats>): Promise<void> {
  Object.assign(stats, half);
  await sleep(seconds * 1_000);
}

await sleep(WARM_UP_S * 1_000);
await measure(halves.alone);
const segment = { language: 'fr', activeDays: null };
await repositories.broadcasts.start({ admin: 1, message: 'News of the arena', segment });
await measure(halves.beside);
const report = await repositories.broadcasts.latest();
ending.abort();
for (const player of people) player.say('/menu');
await Promise.all(playing);
await arena.stop();
await database.close();
await sandbox.close();

const { sent = 0, blocked = 0, failed = 0 } = report?.counts ?? {};
print(`${players} players, ${seconds} s alone and ${seconds} s beside a broadcast`);
print(`broadcast         ${sent} sent, ${blocked} blocked, ${failed} failed`);
print(`                  ${((sent + blocked) / seconds).toFixed(1)} per second`);
print(`tap to screen     alone  ${String(halves.alone.tapToScreen)}`);
print(`                  beside ${String(halves.beside.tapToScreen)}`);
const [alone, beside] = [halves.alone, halves.beside].map((half) => half.tapToScreen.at(0.99));
const ratio = (beside ?? 0) / (alone ?? 1);
print(`ratio             p99 ${ratio.toFixed(2)}`);
summarize({
  what: `tap to screen beside a broadcast, p99, ${players} players`,
  figure: `${(beside ?? 0).toFixed(1)} ms`,
  limit: `${(alone ?? 0).toFixed(1)} ms, without it`,
  ratio,
  goal: `≤ ${GOAL}`,
});
if (sent === 0 || failed > 0) {
  print('FAILED: the broadcast was not sent, or a call failed');
  process.exitCode = 1;
}
