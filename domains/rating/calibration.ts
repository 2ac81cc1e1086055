import {
  CALIBRATED_FROM,
  CALIBRATION_BATTLES,
  CALIBRATION_PRIOR,
} from '../../resources/numbers/rating.ts';

export { CALIBRATION_BATTLES };

/** Sides of rated battles whose predicted chance was in one tenth of all chances. */
export interface Decile {
  /** From 0 to 9. */
  readonly decile: number;
  readonly sides: number;
  /** The mean predicted chance. */
  readonly predicted: number;
  /** The mean score: 1 for a win, half for a draw. */
  readonly won: number;
}

/** What was predicted, against what happened. */
export type ReliabilityTable = readonly Decile[];

export function isCalibrated(table: ReliabilityTable): boolean {
  return battlesIn(table) >= CALIBRATED_FROM;
}

/** Both sides of each battle are in the table. */
export function battlesIn(table: ReliabilityTable): number {
  return table.reduce((sum, { sides }) => sum + sides, 0) / 2;
}

/** The chance as the table corrects it. The chances of both sides add up to 1. */
export function calibrated(table: ReliabilityTable, chance: number): number {
  return (corrected(table, chance) + 1 - corrected(table, 1 - chance)) / 2;
}

/** On the line between the deciles beside it. */
function corrected(table: ReliabilityTable, chance: number): number {
  const points = [{ at: 0, is: 0 }, ...table.map(pointOf), { at: 1, is: 1 }];
  const after = Math.max(
    1,
    points.findIndex(({ at }) => at >= chance),
  );
  const [from, to] = [points[after - 1], points[after]];
  if (from === undefined || to === undefined || to.at === from.at) return chance;
  return from.is + ((chance - from.at) / (to.at - from.at)) * (to.is - from.is);
}

/** Few battles hardly move a decile. */
function pointOf({ sides, predicted, won }: Decile) {
  const weight = sides / (sides + CALIBRATION_PRIOR);
  return { at: predicted, is: predicted + weight * (won - predicted) };
}
