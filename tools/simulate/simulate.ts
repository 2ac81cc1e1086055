import { parseArgs } from 'node:util';
import { print, seconds } from '../bench/print-table.ts';
import { curvesReport, fairnessReport, oddsReport, scenariosReport } from './simulate-report.ts';
import { parseOptions } from './simulate-options.ts';
import { simulateArena } from './simulated-arena.ts';
import { generateArrivals } from './simulated-arrivals.ts';
import { curves, rulesWith } from './simulated-curves.ts';
import type { Run } from './simulate-report.ts';
import { ratingReport } from './rating-report.ts';
import { simulateRatings } from './simulated-ratings.ts';
import { measureOdds } from './simulated-odds.ts';

/**
 * Runs the matchmaking rules over generated arrivals in simulated time; the same seed gives the same
 * numbers. `npm run simulate -- [--rate 10/day,100/hour] [--distribution long-tail]
 * [--curve shipped,linear] [--hours 24] [--seed 1] [--quick]`, and of ratings: `npm run simulate --
 * rating [--seed 1] [--quick]`.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rate: { type: 'string' },
    distribution: { type: 'string' },
    curve: { type: 'string' },
    hours: { type: 'string' },
    seed: { type: 'string' },
    quick: { type: 'boolean', default: false },
  },
});
const options = parseOptions(values);
const startedAt = performance.now();
print(`# Simulation of the matchmaking rules (seed ${options.seed})\n`);
if (positionals.includes('rating')) simulateRatedPlayers();
else simulateSearches();
print(`Simulated in ${seconds(performance.now() - startedAt)}.`);

function simulateRatedPlayers(): void {
  const players = options.quick ? 300 : 2_000;
  const rules = rulesWith(curves['shipped'] ?? []);
  print(ratingReport(simulateRatings(rules, { players, battles: 30, seed: options.seed })));
}

function simulateSearches(): void {
  const runs: Run[] = [];
  for (const distribution of options.distributions) {
    for (const rate of options.rates) {
      const { perHour } = rate;
      const hours = options.hoursAt(perHour);
      // The same arrivals for every curve, so that only the curve differs.
      const arrivals = generateArrivals({ perHour, hours, distribution, seed: options.seed });
      for (const curve of options.curves) {
        const rules = rulesWith(curves[curve] ?? []);
        const simulated = simulateArena(rules, arrivals, hours * 3_600_000);
        runs.push({ rate: rate.text, distribution, curve, ...simulated });
      }
    }
  }
  const shown = options.curves.includes('shipped') ? 'shipped' : (options.curves[0] ?? 'shipped');
  print(oddsReport(measureOdds(options.quick ? 20 : 150)));
  print(scenariosReport(runs, shown));
  print(fairnessReport(runs, shown));
  if (options.curves.length > 1) print(curvesReport(runs));
}
