import type { ReliabilityTable } from '../../domains/rating/calibration.ts';
import { markdownTable, percent } from '../bench/print-table.ts';
import { type RatedPopulation, tableOf } from './simulated-ratings.ts';

/** A decile with fewer sides tells nothing. */
export const TELLING_SIDES = 500;

export function calibrationTable(table: ReliabilityTable): string {
  const rows = table.map(({ decile, sides, predicted, won }) => [
    `${10 * decile}–${10 * decile + 10} %`,
    String(sides),
    percent(predicted),
    percent(won),
    (100 * (won - predicted)).toFixed(1),
  ]);
  return markdownTable(['Predicted', 'sides', 'mean', 'won', 'difference, points'], rows);
}

/** The predictions of the last two thirds, as the cards show them. */
export function correctedTable({ predictions }: RatedPopulation): ReliabilityTable {
  const later = predictions.slice(Math.floor(predictions.length / 3));
  return tableOf(later, ({ corrected }) => corrected);
}

/** The greatest difference between prediction and outcome in a decile that tells something. */
export function calibrationError(table: ReliabilityTable): number {
  const errors = table
    .filter(({ sides }) => sides >= TELLING_SIDES)
    .map(({ predicted, won }) => Math.abs(won - predicted));
  return Math.max(0, ...errors);
}

export function ratingReport(population: RatedPopulation): string {
  const { battles, correlations, tenWins, predictions } = population;
  const later = predictions.slice(Math.floor(predictions.length / 3));
  const raw = tableOf(later, ({ chance }) => chance);
  const corrected = correctedTable(population);
  return `## Ratings

${battles} battles between players of hidden skill, matched by the shipped rules.
Rank correlation of skill and rating after each third: ${correlations.map((one) => one.toFixed(3)).join(', ')}.
A newcomer's ten wins: ${[1500, ...tenWins].join(' → ')}.

### Chances by the formula, last two thirds

${calibrationTable(raw)}

### The same, corrected by the battles before each

${calibrationTable(corrected)}

Greatest difference in a decile of at least ${TELLING_SIDES} sides: ${(100 * calibrationError(corrected)).toFixed(1)} points.
`;
}
