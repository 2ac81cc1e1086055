import { setTimeout as sleep } from 'node:timers/promises';
import { performance } from 'node:perf_hooks';
import type { Latencies } from './latencies.ts';
import { markdownTable, print } from './print-table.ts';
import { summarize } from './summary.ts';

export interface Pace {
  readonly perSecond: number;
  readonly taps: number;
}

/** At a steady rate, however long each takes, of people by turns. `turn`: how many times all had one before. */
export async function tapSteadily<T>(
  people: readonly T[],
  { perSecond, taps, latencies }: Pace & { readonly latencies: Latencies },
  tap: (one: T, turn: number) => Promise<void>,
): Promise<void> {
  const startedMs = performance.now();
  const done: Promise<void>[] = [];
  for (let n = 0; n < taps; n += 1) {
    const dueMs = startedMs + (1_000 * n) / perSecond;
    await sleep(Math.max(0, dueMs - performance.now()));
    const one = people[n % people.length];
    if (one === undefined) break;
    done.push(timed(latencies, () => tap(one, Math.floor(n / people.length))));
  }
  await Promise.all(done);
}

async function timed(latencies: Latencies, act: () => Promise<void>): Promise<void> {
  const fromMs = performance.now();
  await act();
  latencies.add(performance.now() - fromMs);
}

interface Measured {
  readonly engine: string;
  /** E.g. `a tap that wears`. */
  readonly what: string;
  readonly perSecond: number;
  readonly step: Latencies;
  readonly bare: Latencies;
  /** Of a bare transaction. */
  readonly statements: number;
}

const GOAL_MS = 6;
const GOAL_RATIO = 0.5;

/** Of taps that change the database, and bare transactions with the same statements. */
export function reportTaps(measured: Measured): void {
  const { engine, what, perSecond, step, bare, statements } = measured;
  const ms = (value: number) => `${value.toFixed(1)} ms`;
  const ratio = bare.at(0.5) / step.at(0.5);
  const row = (name: string, one: Latencies) => [
    ...[name, ms(one.at(0.5)), ms(one.at(0.99)), (bare.at(0.5) / one.at(0.5)).toFixed(2)],
  ];
  print(`${engine}, ${perSecond} taps a second, ${step.count} of each:\n`);
  const rows = [row(what, step), row('its bare transaction (the limit)', bare)];
  print(`${markdownTable(['', 'p50', 'p99', 'ratio'], rows)}\n`);
  const isGoal = engine === 'PostgreSQL';
  summarize({
    what: `${what}, p50 at ${perSecond}/s, ${engine}`,
    figure: ms(step.at(0.5)),
    limit: `${ms(bare.at(0.5))}, a bare transaction with its ${statements} statements`,
    ratio,
    goal: isGoal ? `${GOAL_MS} ms, ${GOAL_RATIO.toFixed(1)}` : '–',
  });
  const failed = isGoal && (step.at(0.5) > GOAL_MS || ratio < GOAL_RATIO);
  if (isGoal) print(`goal: p50 ${GOAL_MS} ms, ratio ${GOAL_RATIO}: ${failed ? 'FAILED' : 'met'}\n`);
  if (failed) process.exitCode = 1;
}
