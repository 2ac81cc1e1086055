import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { type Bench, parseBenchArgs } from './parse-bench-args.ts';
import { print } from './print-table.ts';
import { type BenchRows, type SummaryRow, describeRun, parseRow, summaryTable } from './summary.ts';

/**
 * Runs benchmarks one after another, each in its own process, so that none affects the next, and ends with
 * the table of `docs/PERFORMANCE.md`: `npm run bench` runs all, `npm run bench -- engine battles` two,
 * `npm run bench -- outbox --players 60` one with its flags.
 */
const parsed = parseBenchArgs(process.argv.slice(2));
if (parsed.kind === 'invalid') {
  process.stderr.write(`${parsed.problem}\n`);
  process.exitCode = 2;
} else {
  const [load = 0] = loadavg();
  const results: BenchRows[] = [];
  for (const name of parsed.names) results.push(await runBench(name, parsed.flags));
  print(`${describeRun(new Date())}, load average before ${load.toFixed(1)}:\n`);
  print(summaryTable(results));
}

async function runBench(bench: Bench, flags: readonly string[]): Promise<BenchRows> {
  print(`## ${bench}\n`);
  const file = fileURLToPath(new URL(`./${bench}.ts`, import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', file, ...flags], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  const rows: SummaryRow[] = [];
  child.on('message', (message) => rows.push(parseRow(message)));
  // The last rows may still be on their way at the exit.
  const [[code]] = (await Promise.all([once(child, 'exit'), once(child, 'disconnect')])) as [
    [number | null],
    unknown,
  ];
  if (code !== 0) process.exitCode = 1;
  print();
  return { bench, rows };
}
