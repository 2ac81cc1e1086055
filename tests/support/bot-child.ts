import { type ChildProcess, spawn } from 'node:child_process';

/** `npm start` without npm in between: signals reach the bot itself. */
export interface BotChild {
  /** Resolves with the exit code, or the signal that ended the process. */
  readonly ended: Promise<number | string | null>;
  /** Resolves once the output so far fits. */
  prints(wanted: RegExp): Promise<void>;
  output(): string;
  kill(signal: NodeJS.Signals): void;
}

const root = new URL('../../', import.meta.url);

/**
 * Starts the bot with these settings and nothing else from the environment; `imports` are loaded
 * before it. Whoever starts it ends it.
 */
export function spawnBot(
  settings: Readonly<Record<string, string>>,
  imports: readonly string[] = [],
): BotChild {
  const { PATH = '', HOME = '' } = process.env;
  const before = ['tsx', ...imports].flatMap((one) => ['--import', one]);
  const env = { PATH, HOME, ...settings };
  return followOutput(spawn(process.execPath, [...before, 'bot/main.ts'], { cwd: root, env }));
}

/** A process whose output is listened to; whoever waits for a word hears it, however many wait. */
export function followOutput(child: ChildProcess): BotChild {
  let output = '';
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      for (const heard of listeners) heard();
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
        const heard = () => {
          if (!wanted.test(output)) return;
          listeners.delete(heard);
          resolve();
        };
        listeners.add(heard);
        // Also where it has ended long ago.
        void ended.then(() => {
          reject(new Error(`The bot ended without saying ${String(wanted)}:\n${output}`));
        });
        heard();
      }),
    output: () => output,
    kill: (signal) => void child.kill(signal),
  };
}
