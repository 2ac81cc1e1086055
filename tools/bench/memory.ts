import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startSandbox } from 'telegram-sandbox';
import { seededDraw } from 'telegram-sandbox/testing';
import { followOutput } from '../../tests/support/bot-child.ts';
import { startPostgres } from '../../tests/support/postgres-server.ts';
import { startRedisServer } from '../../tests/support/redis-server.ts';
import { playerName } from '../chaos/player-name.ts';
import { DuelPlayer, emptyStats } from './duel-player.ts';
import { markdownTable, print } from './print-table.ts';
import { summarize } from './summary.ts';

/**
 * Memory of one bot process on real servers while many people play: its resident set once a minute. Flat
 * means that the last third of the time is within a tenth of the third before it.
 * `npm run bench -- memory [--players 500] [--minutes 30] [--think 10]`, after `npm run build`; players think
 * `think` times as long as in the other benchmarks, so that the sandbox beside the bot keeps up.
 */
const { values } = parseArgs({
  options: {
    players: { type: 'string', default: '500' },
    minutes: { type: 'string', default: '3' },
    think: { type: 'string', default: '10' },
  },
});
const players = Number(values.players);
const minutes = Number(values.minutes);
const TOKEN = '4848:token-of-a-bench-on-this-machine';
const root = fileURLToPath(new URL('../../', import.meta.url));

if (!existsSync('/proc/self/status')) print('not Linux: skipped');
else await measure();

async function measure(): Promise<void> {
  const sandbox = await startSandbox({ token: TOKEN });
  const [redis, postgres] = await Promise.all([startRedisServer(), startPostgres()]);
  const { PATH = '', HOME = '' } = process.env;
  const settings = { BOT_TOKEN: TOKEN, TELEGRAM_API_ROOT: sandbox.url, DATABASE_URL: postgres.url };
  // Players who think so long would lose by the clock.
  const env = { PATH, HOME, ...settings, REDIS_URL: redis.url, ARENA_TURN_S: '300' };
  const child = spawn(process.execPath, ['dist/bot/main.js'], { cwd: root, env });
  const bot = followOutput(child);
  await bot.prints(/arena started/);
  const over = new AbortController();
  const stats = emptyStats();
  const playing = Array.from({ length: players }, async (_, index) => {
    const person = sandbox.people.add({ firstName: playerName(index), languageCode: 'en' });
    const draw = seededDraw(index + 1);
    const options = { stats, draw, over: over.signal, think: Number(values.think) };
    await new DuelPlayer(person, options).play(playerName(index));
  });
  const rows: number[] = [];
  for (let minute = 0; minute < minutes; minute += 1) {
    await sleep(60_000);
    rows.push(residentMb(child.pid ?? 0));
    print(`${minute + 1} min: ${rows.at(-1)} MB, ${stats.taps} taps, ${stats.duels / 2} duels`);
  }
  over.abort();
  await Promise.all(playing);
  bot.kill('SIGTERM');
  await bot.ended;
  await Promise.all([sandbox.close(), redis.stop(), postgres.stop()]);
  report(rows);
}

function report(rows: readonly number[]): void {
  const third = Math.floor(rows.length / 3);
  const [before, last] = [rows.slice(third, 2 * third), rows.slice(2 * third)].map(mean);
  print(
    markdownTable(
      ['first minute', 'second third', 'last third'],
      [[rows[0], before, last].map(String)],
    ),
  );
  const ratio = (last ?? NaN) / (before ?? NaN);
  const what = `resident memory, ${players} players, ${minutes} min`;
  summarize({ what, figure: `${last} MB`, limit: `${before} MB before`, ratio, goal: '≤ 1.1' });
}

function residentMb(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Math.round(Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1]) / 1024);
}

function mean(all: readonly number[]): number {
  return Math.round(all.reduce((sum, one) => sum + one, 0) / all.length);
}
