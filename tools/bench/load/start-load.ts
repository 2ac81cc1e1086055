import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { type Command, type LoadOptions, type LoadReport, reportSchema } from './load-commands.ts';

export interface Load {
  readonly url: string;
  tell(command: Command): Promise<LoadReport>;
  stop(): void;
}

/** Starts Telegram and its players in a process of their own. */
export async function startLoad(options: LoadOptions): Promise<Load> {
  const child = forkTool(new URL('./load-process.ts', import.meta.url), options);
  const { url } = z.object({ url: z.string() }).parse(await nextMessage(child));
  return {
    url,
    tell: async (command) => {
      const reply = nextMessage(child);
      child.send(command);
      return reportSchema.parse(await reply);
    },
    stop: () => child.kill('SIGKILL'),
  };
}

/** A process of a TypeScript file, with its options as JSON. */
export function forkTool(file: URL, options: unknown, nodeFlags: readonly string[] = []) {
  return fork(fileURLToPath(file), [JSON.stringify(options)], {
    execArgv: [...nodeFlags, '--import', 'tsx'],
  });
}

/** Rejects if the process ends instead. */
export async function nextMessage(child: ChildProcess): Promise<unknown> {
  const waiting = new AbortController();
  const { signal } = waiting;
  try {
    const [message] = (await Promise.race([
      once(child, 'message', { signal }),
      once(child, 'exit', { signal }).then(() => {
        throw new Error('the process exited');
      }),
    ])) as [unknown];
    return message;
  } finally {
    waiting.abort();
  }
}

/** Processor time of the bot so far, in µs. */
export async function cpuOf(bot: ChildProcess): Promise<number> {
  const reply = nextMessage(bot);
  bot.send('cpu');
  return z.object({ cpuUs: z.number() }).parse(await reply).cpuUs;
}
