import {
  type Archetype,
  type Attributes,
  archetypes,
  attributeNames,
} from '../../domains/account/account-context.ts';
import type { FighterSheet } from '../../domains/combat/battle.ts';
import { levelSheets } from '../../domains/combat/levelling.ts';
import { shadowPolicy } from '../../domains/combat/rules/v1/policy/shadow-policy.ts';
import { fightSeries } from '../../tests/support/combat-series.ts';
import { freshSheet } from '../../tests/support/combat-sheets.ts';
import { drawOf, randomArchetype, randomBuild } from './random-build.ts';

/** The share of duels that the first of two levelled builds wins, in percent. */
export const levelledBand = { least: 44, most: 56, medianOff: 3 } as const;
export const veteranBand = { least: 46, most: 54 } as const;

type Sheets = readonly [FighterSheet, FighterSheet];

export interface LevelledPair {
  readonly archetypes: readonly [Archetype, Archetype];
  readonly pointsRemoved: readonly [number, number];
  /** Wins of the first, in percent: as they are, levelled, and as fresh characters. */
  readonly asTheyAre: number;
  readonly levelled: number;
  readonly fresh: number;
}

/** `mixed`: of any archetypes, otherwise both of the same, by turns. The same number, the same pair. */
export function measurePair(n: number, mixed: boolean, duels: number): LevelledPair {
  const draw = drawOf(n);
  const own = archetypes[n % archetypes.length] ?? 'warrior';
  const pair = [own, mixed ? randomArchetype(draw) : own] as const;
  const sheets: Sheets = [randomBuild(draw, pair[0]), randomBuild(draw, pair[1])];
  const { sheets: equal, pointsRemoved } = levelSheets(sheets);
  return {
    archetypes: pair,
    pointsRemoved,
    asTheyAre: winsOf(sheets, duels),
    levelled: winsOf(equal, duels),
    fresh: pair[0] === pair[1] ? 50 : winsOf([freshSheet(pair[0]), freshSheet(pair[1])], duels),
  };
}

/** How far the wins are from those of the same two, if both were fresh. */
export function offOf({ levelled, fresh }: LevelledPair): number {
  return levelled - fresh;
}

/** Wins of a fresh character against one with 39 points more, levelled, in percent. */
export function freshAgainstVeteran(archetype: Archetype, duels: number): number {
  return winsOf(levelSheets([freshSheet(archetype), veteranSheet(archetype)]).sheets, duels);
}

/** 39 points, in the proportions of the archetype. */
export function veteranSheet(archetype: Archetype): FighterSheet {
  const { attributes } = freshSheet(archetype);
  const share = (name: keyof Attributes) => (VETERAN_POINTS * attributes[name]) / 72;
  const raised = Object.fromEntries(attributeNames.map((name) => [name, Math.floor(share(name))]));
  let left = VETERAN_POINTS - attributeNames.reduce((sum, name) => sum + (raised[name] ?? 0), 0);
  for (const name of attributeNames) {
    if (left === 0) break;
    raised[name] = (raised[name] ?? 0) + 1;
    left -= 1;
  }
  return freshSheet(archetype, raised);
}

const VETERAN_POINTS = 39;

function winsOf([one, other]: Sheets, duels: number): number {
  const contender = (sheet: FighterSheet) => ({ sheet, policy: shadowPolicy });
  return 100 * fightSeries(contender(one), contender(other), duels).winRate;
}
