import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type Bench, parseBenchArgs } from './parse-bench-args.ts';
import { print } from './print-table.ts';

/**
 * Runs benchmarks one after another, each in its own process, so that none affects the next:
 * `npm run bench` runs all, `npm run bench -- outbox --players 60` one with its flags.
 */
const parsed = parseBenchArgs(process.argv.slice(2));
if (parsed.kind === 'invalid') {
  process.stderr.write(`${parsed.problem}\n`);
  process.exitCode = 2;
} else {
  for (const name of parsed.names) {
    if (!(await runBench(name, parsed.flags))) process.exitCode = 1;
  }
}

async function runBench(name: Bench, flags: readonly string[]): Promise<boolean> {
  print(`## ${name}\n`);
  const file = fileURLToPath(new URL(`./${name}.ts`, import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', file, ...flags], { stdio: 'inherit' });
  const [code] = (await once(child, 'exit')) as [number | null];
  print();
  return code === 0;
}
