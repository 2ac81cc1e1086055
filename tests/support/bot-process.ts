import { type ChildProcess, spawn } from 'node:child_process';
import { onTestFinished } from 'vitest';

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

/** Starts the bot with these settings and nothing else from the environment; killed with the test. */
export function startBotProcess(settings: Readonly<Record<string, string>>): BotProcess {
  const env = { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', ...settings };
  const child = spawn(process.execPath, ['--import', 'tsx', 'bot/main.ts'], { cwd: root, env });
  onTestFinished(() => void child.kill('SIGKILL'));
  return follow(child);
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
