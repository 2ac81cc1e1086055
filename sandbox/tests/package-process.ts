import { spawn } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { z } from 'zod';

const LINE = z.tuple([z.string()]);

const pathOf = (name: string) => fileURLToPath(new URL(`../${name}`, import.meta.url));

/** A script of the package in a process of its own, which ends with the test at the latest. */
export function startScript(
  name: string,
  args: readonly string[] = [],
): ChildProcessByStdio<null, Readable, null> {
  const child = spawn(process.execPath, [pathOf(name), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  return child;
}

/** What the package's command prints until it ends. */
export async function runToEnd(args: readonly string[]): Promise<string> {
  return text(startScript('bin/telegram-sandbox.js', args).stdout);
}

/** The package started alone; resolves when it listens. */
export async function startAlone(...options: string[]) {
  const child = startScript('bin/telegram-sandbox.js', ['--port', '0', ...options]);
  const lines = createInterface(child.stdout);
  const [line] = LINE.parse(await once(lines, 'line'));
  const { url, token } =
    /Bot API at (?<url>\S+) for the token (?<token>\S+);/.exec(line)?.groups ?? {};
  if (url === undefined || token === undefined) throw new Error(`no address in: ${line}`);
  return { child, url, token };
}
