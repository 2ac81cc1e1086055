import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSandbox } from 'telegram-sandbox';
import { readSettings } from '../../bot/settings.ts';
import { type Arena, startArena } from '../../bot/start-arena.ts';
import type { Entropy } from '../../domains/core/entropy.ts';
import { FixedClock } from '../../tests/support/clock.ts';
import { silentLog } from '../../tests/support/silent-log.ts';

export type Game = Awaited<ReturnType<typeof openGame>>;

const TOKEN = '1000000001:the-token-of-the-pictures';
const BOT = { botUsername: 'arena_sandbox_bot', botName: 'Arena' };
const STARTED_AT_MS = Date.UTC(2026, 0, 1, 18, 30);

/** The bot on an embedded database in a temporary folder, with a clock that stands still and known chances. */
export async function openGame() {
  const clock = new FixedClock(STARTED_AT_MS);
  const folder = mkdtempSync(join(tmpdir(), 'arena-pictures-'));
  // Also when a signal ends the process.
  process.once('exit', () => {
    rmSync(folder, { recursive: true, force: true });
  });
  const sandbox = await startSandbox({ ...BOT, token: TOKEN, now: () => clock.now() });
  let arena: Arena | null = null;
  const close = async () => {
    await arena?.stop();
    await sandbox.close();
  };
  try {
    const env = { BOT_TOKEN: TOKEN, TELEGRAM_API_ROOT: sandbox.url, DATA_DIR: folder };
    const ports = { log: silentLog, clock, entropy: countedEntropy() };
    arena = await startArena(readSettings(env), ports);
    return { arena, sandbox, clock, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The same battles in every run. */
function countedEntropy(): Entropy {
  let count = 0;
  const next = () => (count += 1);
  return {
    seed: () => next().toString(16).padStart(32, '0'),
    id: () => next().toString(36).padStart(12, '0'),
  };
}
