import type { Findings } from './ordeal.ts';

/** Everything that must not be, one line each. */
export function wrongs(found: Findings): string[] {
  return [
    ...found.arena.faults,
    ...found.nextTaps,
    ...found.silence.faults.map((one) => `left in the arena: ${one}`),
    ...found.results.faults,
    ...found.unsaved.faults,
    ...found.exits.filter((code) => code !== 0).map((code) => `a bot ended with ${String(code)}`),
  ];
}

/** The counts, for people. */
export function report(found: Findings): string {
  const { experience, results, arena, silence, unsaved } = found;
  const kinds = countsOf(found.inflicted.map(({ kind }) => kind));
  return [
    `faults            ${lines(kinds)}`,
    `taps              ${experience.taps}, ${experience.unanswered} without an answer in time, ${experience.apologies} apologies seen`,
    `battles           ${results.ended} ended, ${results.unended} not; ${results.stored} stored`,
    `arena             ${arena.faults.length} faults, in order after ${arena.afterMs} ms`,
    `next taps         ${found.nextTaps.length} not answered or not in accord`,
    `silence           ${silence.faults.length} left in the arena after ${silence.afterMs} ms`,
    `saved             ${unsaved.faults.length} sessions not as they are, after ${unsaved.afterMs} ms`,
    `ends unasked      ${found.unaskedEnds.length}`,
    ...found.unaskedEnds.map((words) => `  ${words}`),
    'errors in the log',
    ...[...found.errors].map(([what, count]) => `  ${count} × ${what}`),
    ...wrongs(found).map((one) => `WRONG: ${one}`),
  ].join('\n');
}

function countsOf(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

function lines(counts: ReadonlyMap<string, number>): string {
  return [...counts].map(([name, count]) => `${count} ${name}`).join(', ');
}
