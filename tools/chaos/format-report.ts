import { gapsOf } from './chaos-options.ts';
import type { ChaosResult } from './chaos-run.ts';
import { describeViolation, invariants } from './violation.ts';

export function formatReport(result: ChaosResult, options: Parameters<typeof gapsOf>[0]): string {
  const { stats, turns, results, earnings, ratings, world, violations, phaseMs } = result;
  const violated = countsOf(violations.map(({ invariant }) => invariant));
  const unanswered = violated.get('every next tap answered') ?? 0;
  const turnsEach = (results.turns / Math.max(results.ended, 1)).toFixed(1);
  return [
    `faults            ${result.faults.length}: ${listed(countsOf(result.faults.map(({ kind }) => kind)))}`,
    `taps              ${stats.taps}, ${stats.unanswered} not answered in time, ${stats.errorScreens} error screens`,
    `                  ${listed(stats.tapsByAction)}`,
    `battles           ${results.ended} ended after ${turnsEach} exchanges each, ${results.withShadow} of them with a Shadow; ${results.unended} not ended, ${turns.lostBattles} lost with everything in Redis`,
    `turns             ${turns.clocked} ended by the clock: ${turns.lost.length} lost while nobody could be heard, ${turns.unnoticed.length} in the first seconds of an outage; ${turns.unseen} writes of battles unknown`,
    `results           ${results.stored} stored`,
    `earnings          ${earnings.paid} sides of battles paid, ${earnings.unpaid} battles stored by the older release, which pays nothing; ${earnings.items} items made; ${earnings.repaired} sessions missed a change until the next screen`,
    `world             ${world.steps} steps stored, ${stats.encounters} encounters seen; ${world.battles} battles against monsters stored, ${world.won} won, ${world.grants} grants; ${world.repaired} sessions missed a step until the next look`,
    `ratings           ${ratings.rated} battles rated, ${ratings.unrated} not rated`,
    `next taps         ${result.players - unanswered} of ${result.players} answered with the right screen`,
    `languages         ${result.languages} chosen before the faults`,
    `sessions          ${result.unsaved} not saved yet`,
    'violations',
    ...invariants.map((name) => `  ${name.padEnd(30)}${violated.get(name) ?? 0}`),
    `unexpected exits  ${result.unexpectedExits.length}`,
    ...result.unexpectedExits.map((line) => `  ${line}`),
    `time              ${listed(new Map([...phaseMs].map(([name, ms]) => [name, seconds(ms)])))}`,
    'errors in the log',
    ...[...result.errors].map(([message, count]) => `  ${count} × ${message}`),
    'not covered',
    ...gapsOf(options).map(({ what }) => `  ${what}`),
    ...violations.map((one) => `VIOLATION: ${describeViolation(one)}`),
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
