import type { ChaosResult } from './chaos-run.ts';
import { uncovered } from './fault-plan.ts';
import { describeViolation, invariants } from './violation.ts';

/** The counts, for people. */
export function formatReport(found: ChaosResult): string {
  const { experience, results, wrongs, tookMs } = found;
  const kinds = countsOf(found.inflicted.map(({ kind }) => kind));
  const broken = countsOf(wrongs.map(({ rule }) => rule));
  const unanswered = broken.get('every next tap answered') ?? 0;
  const turnsEach = (results.turns / Math.max(results.ended, 1)).toFixed(1);
  return [
    `faults            ${found.inflicted.length}: ${listed(kinds)}`,
    `taps              ${experience.taps}, ${experience.unanswered} without an answer in time, ${experience.apologies} apologies seen`,
    `                  ${listed(experience.of)}`,
    `battles           ${results.ended} ended after ${turnsEach} exchanges each, ${results.withShadow} of them with a Shadow; ${results.unended} not ended`,
    `results           ${results.stored} stored`,
    `next taps         ${found.players - unanswered} of ${found.players} answered as it is`,
    `sessions          ${found.owed} still owed to the database`,
    'broken',
    ...invariants.map((rule) => `  ${rule.padEnd(26)}${broken.get(rule) ?? 0}`),
    `ends unasked      ${found.unaskedEnds.length}`,
    ...found.unaskedEnds.map((words) => `  ${words}`),
    `time              ${listed(new Map([...tookMs].map(([what, ms]) => [what, seconds(ms)])))}`,
    'errors in the log',
    ...[...found.errors].map(([what, count]) => `  ${count} × ${what}`),
    'not covered',
    ...uncovered.map((what) => `  ${what}`),
    ...wrongs.map((one) => `WRONG: ${describeViolation(one)}`),
  ].join('\n');
}

function countsOf<T>(names: readonly T[]): Map<T, number> {
  const counts = new Map<T, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

function listed(counts: ReadonlyMap<string, number | string>): string {
  return [...counts].map(([name, count]) => `${count} ${name}`).join(', ');
}
