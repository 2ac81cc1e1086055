import { archetypeNumbers } from '../../resources/numbers/archetypes.ts';
import { WORTH_CAP, worthNumbers } from '../../resources/numbers/worth.ts';
import { type Attributes, type AttributeName, attributeNames } from '../account/account-context.ts';
import { attributeWorth } from '../account/attribute-worth.ts';
import { statsWithin } from '../account/character-sheet.ts';
import type { FighterSheet } from './battle.ts';

type Sheets = readonly [FighterSheet, FighterSheet];

export interface Levelled {
  readonly sheets: Sheets;
  /** Attribute points that each side sets aside. */
  readonly pointsRemoved: readonly [number, number];
}

/**
 * Sheets of equal measured worth: the weaker side gives up points above those of a fresh character
 * until they are worth WORTH_CAP at most, then the stronger side until its are worth the same. Sides
 * that need nothing stay as they are.
 */
export function levelSheets(sheets: Sheets): Levelled {
  const [one, other] = sheets;
  if (worthOf(one) > worthOf(other)) {
    const { sheets: swapped, pointsRemoved } = levelSheets([other, one]);
    return {
      sheets: [swapped[1], swapped[0]],
      pointsRemoved: [pointsRemoved[1], pointsRemoved[0]],
    };
  }
  const weaker = reducedTo(one, WORTH_CAP);
  const stronger = reducedTo(other, Math.max(0, worthOf(weaker.sheet)));
  return {
    sheets: [weaker.sheet, stronger.sheet],
    pointsRemoved: [weaker.removed, stronger.removed],
  };
}

/** What the points above those of a fresh character are worth; below 0 if more are missing. */
export function worthOf(sheet: FighterSheet): number {
  return attributeWorth(sheet.archetype, extraOf(sheet));
}

/** Points above those of a fresh character of the archetype; below are negative. */
function extraOf({ archetype, attributes }: FighterSheet): Attributes {
  const extra = { ...attributes };
  for (const name of attributeNames) extra[name] -= archetypeNumbers[archetype].attributes[name];
  return extra;
}

function reducedTo(sheet: FighterSheet, target: number): { sheet: FighterSheet; removed: number } {
  const extra = extraOf(sheet);
  const left = remaining(sheet, extra, target);
  const attributes = { ...sheet.attributes };
  for (const name of attributeNames) attributes[name] -= extra[name] - left[name];
  const removed = attributeNames.reduce((sum, name) => sum + extra[name] - left[name], 0);
  if (removed === 0) return { sheet, removed };
  return { sheet: { ...sheet, attributes, stats: statsWithin(sheet.stats, attributes) }, removed };
}

/**
 * Takes single points from where the largest share is left, so that the build keeps its proportions,
 * as long as the worth stays above the target; then the cheapest one if that comes nearer.
 */
function remaining({ archetype }: FighterSheet, extra: Attributes, target: number): Attributes {
  const left = { ...extra };
  const worth = worthNumbers[archetype];
  let excess = attributeWorth(archetype, left) - target;
  for (;;) {
    const removable = attributeNames.filter((name) => left[name] > 0);
    const affordable = removable.filter((name) => worth[name] <= excess);
    const nearer = removable.filter((name) => worth[name] < 2 * excess);
    const name =
      highest(affordable, (each) => left[each] / extra[each]) ??
      highest(nearer, (each) => -worth[each]);
    if (name === null) return left;
    left[name] -= 1;
    excess -= worth[name];
  }
}

/** The first of those with the highest value; null: there is none. */
function highest(
  names: readonly AttributeName[],
  valueOf: (name: AttributeName) => number,
): AttributeName | null {
  const [best] = names.toSorted((one, other) => valueOf(other) - valueOf(one));
  return best ?? null;
}
