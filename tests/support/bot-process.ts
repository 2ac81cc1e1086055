import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { fillWithPglite } from './pglite-template.ts';

/** `npm start` without npm in between: signals reach the bot itself. */
export interface BotProcess {
  /** Resolves with the exit code, or the signal that ended the process. */
  readonly ended: Promise<number | string | null>;
  /** Resolves once the output so far fits. */
  says(wanted: RegExp): Promise<void>;
  output(): string;
  kill(signal: NodeJS.Signals): void;
}

const root = new URL('../../', import.meta.url);

/**
 * Starts the bot with these settings and nothing else from the environment; killed with the test.
 * Unless they name a DATA_DIR, it is an empty folder of its own.
 */
export function startBotProcess(settings: Readonly<Record<string, string>>): BotProcess {
  const { PATH = '', HOME = '' } = process.env;
  const env = { PATH, HOME, DATA_DIR: settings['DATA_DIR'] ?? newFolder(), ...settings };
  const child = spawn(process.execPath, ['--import', 'tsx', 'bot/main.ts'], { cwd: root, env });
  const bot = follow(child);
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await bot.ended;
  });
  return bot;
}

/** A DATA_DIR for several starts; the first of them need not take the seconds to make it. */
export async function newDataDir(): Promise<string> {
  const folder = newFolder();
  await fillWithPglite(join(folder, 'pglite'));
  return folder;
}

/** Made before the process that uses it, and so removed after its end. */
function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'arena-data-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

function follow(child: ChildProcess): BotProcess {
  let output = '';
  let heard = () => {};
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      heard();
    });
  }
  return {
    ended: new Promise((resolve) => {
      child.once('close', (code, signal) => {
        resolve(code ?? signal);
      });
    }),
    says: (wanted) =>
      new Promise((resolve, reject) => {
        heard = () => {
          if (wanted.test(output)) resolve();
        };
        child.once('close', () => {
          reject(new Error(`The bot ended without saying ${String(wanted)}:\n${output}`));
        });
        heard();
      }),
    output: () => output,
    kill: (signal) => void child.kill(signal),
  };
}
