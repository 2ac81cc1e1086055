import { parseArgs } from 'node:util';
import { print, seconds } from '../bench/print-table.ts';
import { curvesReport, fairnessReport, oddsReport, scenariosReport } from './simulate-report.ts';
import { parseOptions } from './simulate-options.ts';
import { simulateArena } from './simulated-arena.ts';
import { generateArrivals } from './simulated-arrivals.ts';
import { curves, rulesWith } from './simulated-curves.ts';
import type { Run } from './simulate-report.ts';
import { measureOdds } from './simulated-odds.ts';

/**
 * What the rules of matchmaking make of arrivals that never were: no time passes, and the same seed
 * gives the same figures. `npm run simulate -- [--rate 10/day,100/hour] [--distribution long-tail]
 * [--curve shipped,linear] [--hours 24] [--seed 1] [--quick]`.
 */
const { values } = parseArgs({
  options: {
    rate: { type: 'string' },
    distribution: { type: 'string' },
    curve: { type: 'string' },
    hours: { type: 'string' },
    seed: { type: 'string' },
    quick: { type: 'boolean', default: false },
  },
});
const wish = parseOptions(values);
const startedAt = performance.now();
const runs: Run[] = [];
for (const distribution of wish.distributions) {
  for (const rate of wish.rates) {
    const { perHour } = rate;
    const hours = wish.hoursAt(perHour);
    // The same arrivals for every curve: what differs is the curve's doing.
    const arrivals = generateArrivals({ perHour, hours, distribution, seed: wish.seed });
    for (const curve of wish.curves) {
      const rules = rulesWith(curves[curve] ?? []);
      const simulated = simulateArena(rules, arrivals, hours * 3_600_000);
      runs.push({ rate: rate.text, distribution, curve, ...simulated });
    }
  }
}
const shown = wish.curves.includes('shipped') ? 'shipped' : (wish.curves[0] ?? 'shipped');
print(`# What the matchmaking rules do (seed ${wish.seed})\n`);
print(oddsReport(measureOdds(wish.quick ? 20 : 150)));
print(scenariosReport(runs, shown));
print(fairnessReport(runs, shown));
if (wish.curves.length > 1) print(curvesReport(runs));
print(`Simulated in ${seconds(performance.now() - startedAt)}.`);
