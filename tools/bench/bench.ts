import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type Bench, parseBenchArgs } from './parse-bench-args.ts';
import { print } from './print-table.ts';

/**
 * Runs benches one after another, each in a process of its own, so that none warms or burdens the
 * next: `npm run bench` all of them, `npm run bench -- outbox --players 60` one with its flags.
 */
const choice = parseBenchArgs(process.argv.slice(2));
if (choice.kind === 'refused') {
  process.stderr.write(`${choice.why}\n`);
  process.exitCode = 2;
} else {
  for (const name of choice.names) {
    if (!(await runsWell(name, choice.flags))) process.exitCode = 1;
  }
}

async function runsWell(name: Bench, flags: readonly string[]): Promise<boolean> {
  print(`## ${name}\n`);
  const file = fileURLToPath(new URL(`./${name}.ts`, import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', file, ...flags], { stdio: 'inherit' });
  const [code] = (await once(child, 'exit')) as [number | null];
  print();
  return code === 0;
}
