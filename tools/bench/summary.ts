import { execFileSync } from 'node:child_process';
import { z } from 'zod';
import { markdownTable } from './print-table.ts';

const rowSchema = z.object({
  what: z.string(),
  figure: z.string(),
  /** What is measured beside it in the same run. */
  limit: z.string(),
  ratio: z.number().nullable(),
  goal: z.string(),
});
export type SummaryRow = z.infer<typeof rowSchema>;

/** Sends a row to `bench.ts`; a benchmark that runs alone has nobody to send it to. */
export function summarize(row: SummaryRow): void {
  process.send?.(row);
}

export const parseRow = (message: unknown): SummaryRow => rowSchema.parse(message);

export const perSecond = (rate: number) => `${roundedTo3(rate).toLocaleString('en')}/s`;

/** Three digits are what a repetition brings again. */
function roundedTo3(value: number): number {
  return Number(value.toPrecision(3));
}

export interface BenchRows {
  readonly bench: string;
  readonly rows: readonly SummaryRow[];
}

/** For a benchmark that failed, or lacks a server. */
const NO_FIGURE: SummaryRow = {
  what: 'no figure',
  figure: '–',
  limit: '–',
  ratio: null,
  goal: '–',
};

/** The table of `docs/PERFORMANCE.md`. */
export function summaryTable(all: readonly BenchRows[]): string {
  const cells = all.flatMap(({ bench, rows }) =>
    (rows.length === 0 ? [NO_FIGURE] : rows).map(({ what, figure, limit, ratio, goal }) => [
      ...[`\`${bench}\``, what, figure, limit],
      ...[ratio === null ? '–' : ratio.toFixed(2), goal],
    ]),
  );
  const head = ['bench', 'what', 'figure', 'limit in the same run', 'ratio', 'goal'];
  return markdownTable(head, cells);
}

/** The commit and the day, for the line above the table. */
export function describeRun(date: Date): string {
  const git = (...args: string[]) => execFileSync('git', args, { encoding: 'utf8' }).trim();
  try {
    const changed = git('status', '--porcelain') === '' ? '' : ' with changes';
    const commit = git('rev-parse', '--short', 'HEAD');
    return `Commit ${commit}${changed}, ${date.toISOString().slice(0, 10)}`;
  } catch {
    return `No commit, ${date.toISOString().slice(0, 10)}`;
  }
}
