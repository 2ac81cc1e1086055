import { spawn } from 'node:child_process';
import { expect, onTestFinished, test } from 'vitest';
import { followOutput } from '../support/bot-child.ts';

/** A process that prints its input and exits with it. */
function openEcho() {
  const child = spawn(process.execPath, ['-e', 'process.stdin.pipe(process.stdout)']);
  onTestFinished(() => void child.kill('SIGKILL'));
  return { echo: followOutput(child), input: child.stdin };
}

test('prints resolves for every waiter when the output matches, also when it matched before', async () => {
  const { echo, input } = openEcho();
  const resolved: string[] = [];
  const first = echo.prints(/open/).then(() => void resolved.push('first'));
  const second = echo.prints(/open/).then(() => void resolved.push('second'));
  input.write('the arena is open\n');
  await Promise.all([first, second]);
  await echo.prints(/open/);
  expect(resolved).toEqual(['first', 'second']);
});

test('prints rejects with the output when the process exits without a match', async () => {
  const { echo, input } = openEcho();
  const waiting = echo.prints(/open/);
  input.end('closed\n');
  await expect(waiting).rejects.toThrow(/exited without printing[^]*closed/);
});
