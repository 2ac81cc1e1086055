import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { followOutput } from '../../tests/support/bot-child.ts';
import { markdownTable, print } from './print-table.ts';
import { summarize } from './summary.ts';

/**
 * Starts of the bot without settings, from the build and from the sources, on an empty DATA_DIR and on one that
 * exists: medians. Linux tells what a process has used. `npm run bench -- start [--runs 3]`, after `npm run build`.
 */
const { values } = parseArgs({ options: { runs: { type: 'string', default: '3' } } });
const root = fileURLToPath(new URL('../../', import.meta.url));
const PAUSE_MS = 5_000;
const TICKS_PER_S = 100;

const programs = { build: ['dist/bot/main.js'], sources: ['--import', 'tsx', 'bot/main.ts'] };

interface Start {
  readonly openMs: number;
  readonly cpuS: number;
  readonly peakMb: number;
  readonly settledMb: number;
}

if (!existsSync('/proc/self/status')) print('not Linux: skipped');
else print(markdownTable(['', 'open', 'CPU', 'peak', 'settled'], await allRows()));

async function allRows(): Promise<string[][]> {
  const rows: string[][] = [];
  for (const [name, args] of Object.entries(programs)) {
    const dataDir = newFolder();
    const later: Start[] = [];
    const first: Start[] = [];
    await start(args, dataDir);
    for (let run = 0; run < Number(values.runs); run += 1) {
      later.push(await start(args, dataDir));
      const empty = newFolder();
      first.push(await start(args, empty));
      rmSync(empty, { recursive: true });
    }
    rmSync(dataDir, { recursive: true });
    for (const [when, starts] of [
      ['first', first],
      ['later', later],
    ] as const) {
      const row = rowOf(`${name}, ${when} start`, starts);
      rows.push(row);
      summarizeStart(row);
    }
  }
  return rows;
}

function summarizeStart([what = '', open = '', cpu, peak, settled]: readonly string[]): void {
  const limit = `CPU ${cpu}, peak ${peak}, settled ${settled}`;
  const goals = what.startsWith('build') ? { first: '3 s', later: '1.5 s' } : null;
  const goal = goals?.[what.includes('first') ? 'first' : 'later'] ?? '–';
  summarize({ what, figure: open, limit, ratio: null, goal });
}

async function start(args: readonly string[], dataDir: string): Promise<Start> {
  const { PATH = '', HOME = '' } = process.env;
  const env = { PATH, HOME, DATA_DIR: dataDir, SANDBOX_PORT: '0' };
  const from = performance.now();
  const child = spawn(process.execPath, args, { cwd: root, env });
  const bot = followOutput(child);
  await bot.prints(/and play\n/);
  const openMs = performance.now() - from;
  const proc = (file: string) => readFileSync(`/proc/${child.pid ?? 0}/${file}`, 'utf8');
  const [, fields = ''] = proc('stat').split(') ');
  const [userTicks, systemTicks] = fields.split(' ').slice(11, 13);
  const cpuS = (Number(userTicks) + Number(systemTicks)) / TICKS_PER_S;
  await setTimeout(PAUSE_MS);
  const status = proc('status');
  bot.kill('SIGTERM');
  await bot.ended;
  return { openMs, cpuS, peakMb: mbOf(status, 'VmHWM'), settledMb: mbOf(status, 'VmRSS') };
}

function mbOf(status: string, name: string): number {
  return Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1]) / 1024;
}

function rowOf(name: string, starts: readonly Start[]): string[] {
  const median = (of: (start: Start) => number) =>
    starts.map(of).toSorted((one, other) => one - other)[Math.floor(starts.length / 2)] ?? NaN;
  return [
    name,
    `${(median(({ openMs }) => openMs) / 1000).toFixed(2)} s`,
    `${median(({ cpuS }) => cpuS).toFixed(2)} s`,
    `${median(({ peakMb }) => peakMb).toFixed(0)} MB`,
    `${median(({ settledMb }) => settledMb).toFixed(0)} MB`,
  ];
}

function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'arena-start-'));
}
