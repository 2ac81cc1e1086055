import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleBot } from '../../tools/build/bundle-bot.ts';
import { shortRun } from './short-run.ts';

/** A bot process, started without npm so that signals reach the bot itself. */
export interface BotChild {
  /** Resolves with the exit code, or the signal that ended the process. */
  readonly ended: Promise<number | string | null>;
  /** Resolves once the whole output matches; rejects when the process exits without that. */
  prints(wanted: RegExp): Promise<void>;
  output(): string;
  kill(signal: NodeJS.Signals): void;
}

const root = new URL('../../', import.meta.url);

export interface BotSource {
  /** Loaded before the bot. */
  readonly imports?: readonly string[];
  /** Another release; by default this one. */
  readonly folder?: string | URL;
}

/**
 * Starts the bot with these settings and nothing else from the environment. The caller has to end it.
 */
export function spawnBot(
  settings: Readonly<Record<string, string>>,
  { imports = [], folder = root }: BotSource = {},
): BotChild {
  const { PATH = '', HOME = '' } = process.env;
  const isOwn = folder === root;
  const needed = isOwn && imports.length === 0 ? [] : ['tsx', ...imports];
  const before = [shortRun, ...needed.flatMap((one) => ['--import', one])];
  const entry = isOwn ? join(bundledBot(), 'bot/main.js') : 'bot/main.ts';
  const env = { PATH, HOME, ...settings };
  return followOutput(spawn(process.execPath, [...before, entry], { cwd: folder, env }));
}

/** Set by a run of vitest for all its workers. */
const BUNDLE = 'ARENA_TEST_BUNDLE';

/** This release in few JavaScript files, made once a run: they start in a third of the time. */
export async function bundleOnce(): Promise<() => void> {
  const folder = fileURLToPath(new URL(`dist.test/${process.pid}`, root));
  await bundleBot(folder);
  process.env[BUNDLE] = folder;
  return () => {
    rmSync(folder, { recursive: true, force: true });
  };
}

/** The folder of that bundle; a process without one makes its own. */
export function bundledBot(): string {
  const made = process.env[BUNDLE];
  if (made !== undefined) return made;
  const folder = fileURLToPath(new URL(`dist.test/${process.pid}`, root));
  execFileSync(process.execPath, ['--import', 'tsx', 'tools/build/bundle.ts', folder], {
    cwd: root,
  });
  process.once('exit', () => {
    rmSync(folder, { recursive: true, force: true });
  });
  process.env[BUNDLE] = folder;
  return folder;
}

export function followOutput(child: ChildProcess): BotChild {
  let output = '';
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      for (const check of listeners) check();
    });
  }
  const ended = new Promise<number | string | null>((resolve) => {
    child.once('close', (code, signal) => {
      resolve(code ?? signal);
    });
  });
  return {
    ended,
    prints: (wanted) =>
      new Promise((resolve, reject) => {
        const check = () => {
          if (!wanted.test(output)) return;
          listeners.delete(check);
          resolve();
        };
        listeners.add(check);
        void ended.then(() => {
          reject(new Error(`the bot exited without printing ${String(wanted)}:\n${output}`));
        });
        check();
      }),
    output: () => output,
    kill: (signal) => void child.kill(signal),
  };
}
