import { archetypes, attributeNames } from '../../domains/account/account-context.ts';
import { gearScore } from '../../domains/account/gear-score.ts';
import type { Policy } from '../../domains/combat/rules/policy.ts';
import { randomPolicy } from '../../domains/combat/rules/v1/policy/random-policy.ts';
import { levelledTable } from './levelled-table.ts';
import { loadoutsTable } from './loadouts.ts';
import { monstersTable } from './monsters.ts';
import { newcomerTable } from './newcomer.ts';
import { readerPolicy } from './reader-policy.ts';
import { shadowPolicy } from '../../domains/combat/rules/v1/policy/shadow-policy.ts';
import { type Contender, fightSeries, quantile } from '../../tests/support/combat-series.ts';
import { freshSheet } from '../../tests/support/combat-sheets.ts';
import { print } from '../bench/print-table.ts';
import { measureWorth, worthSource } from './worth.ts';

/**
 * Prints win rates, lengths and choices of many duels: `npm run balance [duels]`; or one of `reports`:
 * `npm run balance -- worth [duels]`.
 */
const [report = '', count = report] = process.argv.slice(2);
const given = /^\d+$/.exec(count)?.[0];
const duels = Number(given ?? 2000);
const policies: Readonly<Record<string, Policy>> = {
  random: randomPolicy,
  shadow: shadowPolicy,
  reader: readerPolicy,
};

function row(name: string, cells: readonly (string | number)[]): string {
  const shown = cells.map((cell) => (typeof cell === 'number' ? cell.toFixed(1) : cell));
  return [name.padEnd(18), ...shown.map((cell) => cell.padStart(10))].join('');
}

function contender(archetype: (typeof archetypes)[number], policy: Policy): Contender {
  return { sheet: freshSheet(archetype), policy };
}

function fresh(): void {
  print(row('Fresh characters', ['GearScore', 'health', 'mana', 'stamina']));
  for (const archetype of archetypes) {
    const { attributes, stats } = freshSheet(archetype);
    const vitals = [stats.hp.max, stats.mp.max, stats.stamina.max];
    print(row(archetype, [gearScore(attributes), ...vitals].map(String)));
  }
}

/** Wins of the row against the column, in percent. */
function matrix(name: string, policy: Policy): void {
  print(row(`${name} vs ${name}`, [...archetypes, 'overall']));
  for (const one of archetypes) {
    const rates = archetypes.map((other) =>
      one === other
        ? null
        : 100 * fightSeries(contender(one, policy), contender(other, policy), duels).winRate,
    );
    const others = rates.filter((rate) => rate !== null);
    const overall = others.reduce((sum, rate) => sum + rate, 0) / others.length;
    print(row(one, [...rates.map((rate) => rate ?? '–'), overall]));
  }
}

function lengths(name: string, policy: Policy): void {
  print(row(`Length, ${name}s`, ['mean', '10 %', 'median', '90 %', 'longest']));
  const all: number[] = [];
  for (const archetype of archetypes) {
    const one = contender(archetype, policy);
    const series = fightSeries(one, one, duels);
    all.push(...series.lengths);
    print(row(archetype, spread(series.lengths)));
  }
  print(row('all', spread(all.toSorted((a, b) => a - b))));
}

function spread(ascending: readonly number[]): (string | number)[] {
  const mean = ascending.reduce((sum, length) => sum + length, 0) / ascending.length;
  return [mean, ...[0.1, 0.5, 0.9, 1].map((share) => String(quantile(ascending, share)))];
}

function policyDuels(): void {
  print(row('Wins of the first', [...archetypes, 'mean']));
  for (const [one, other] of [
    ['reader', 'random'],
    ['shadow', 'random'],
    ['reader', 'shadow'],
  ] as const) {
    const [first, second] = [policies[one] ?? randomPolicy, policies[other] ?? randomPolicy];
    const rates = archetypes.map(
      (archetype) =>
        100 * fightSeries(contender(archetype, first), contender(archetype, second), duels).winRate,
    );
    print(row(`${one} vs ${other}`, [...rates, rates.reduce((a, b) => a + b, 0) / rates.length]));
  }
}

function attributes(points: number): void {
  print(row(`+${points} points`, [...archetypes]));
  for (const name of attributeNames) {
    const rates = archetypes.map((archetype) => {
      const raised = { sheet: freshSheet(archetype, { [name]: points }), policy: shadowPolicy };
      return 100 * fightSeries(raised, contender(archetype, shadowPolicy), duels / 2).winRate;
    });
    print(row(name, rates));
  }
}

function choices(name: string, policy: Policy): void {
  print(`What ${name}s choose against ${name}s, in percent`);
  for (const archetype of archetypes) {
    const one = contender(archetype, policy);
    const { uses } = fightSeries(one, one, duels / 4);
    const sorted = [...uses].toSorted(([a], [b]) => a.localeCompare(b));
    print(
      `  ${archetype}: ${sorted.map(([what, share]) => `${what} ${(100 * share).toFixed(0)}`).join(', ')}`,
    );
  }
}

function archetypesReport(): void {
  fresh();
  print();
  for (const name of ['shadow', 'reader']) matrix(name, policies[name] ?? randomPolicy);
  print();
  for (const name of ['shadow', 'reader']) lengths(name, policies[name] ?? randomPolicy);
  print();
  policyDuels();
  print();
  attributes(10);
  print();
  for (const name of ['shadow', 'reader']) choices(name, policies[name] ?? randomPolicy);
}

/** By name: the lines, and the duels of each figure unless others are asked for. */
const reports: Readonly<
  Record<string, { lines: (duels: number) => Iterable<string>; duels: number }>
> = {
  /** How newcomers do against their Shadow. */
  newcomer: { lines: newcomerTable, duels: 2000 },
  /** What a point of each attribute is worth, as the source of `resources/numbers/worth.ts`. */
  worth: { lines: (each) => worthSource(measureWorth(each)), duels: 4000 },
  /** Whether levelled builds win as often as they lose. */
  levelled: { lines: levelledTable, duels: 1000 },
  /** Whether every choice of techniques wins about as often. */
  loadouts: { lines: loadoutsTable, duels: 500 },
  /** How fresh characters do against each monster. */
  monsters: { lines: monstersTable, duels: 1000 },
};

const chosen = reports[report];
if (chosen === undefined) archetypesReport();
else for (const line of chosen.lines(Number(given ?? chosen.duels))) print(line);
