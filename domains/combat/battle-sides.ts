import type { AccountState, Gender, Stats } from '../account/account-context.ts';
import type { FighterSheet, ShadowLevel } from './battle.ts';
import type { BattleRecord, Draft, SideRecord } from './battle-record.ts';
import { levelSheets } from './levelling.ts';
import { type Monster, monsterScore, monsterSheet } from './monster.ts';
import { shadowSheet } from './shadow.ts';

export interface SideSetup {
  readonly charId: number;
  readonly userId: number | null;
  readonly name: string;
  readonly gender: Gender | null;
  readonly gs: number;
  readonly standing: SideRecord['standing'];
  readonly rating: SideRecord['rating'];
  readonly searchedMs: SideRecord['searchedMs'];
  readonly returnState: AccountState;
  /** With full vitals. */
  readonly sheet: FighterSheet;
  /** The vitals that the character has now. */
  readonly stats: Stats;
}

/** A character, the Shadow of the first side at this level, or a monster. */
export type OpponentSetup = SideSetup | ShadowLevel | { readonly monster: Monster };

const emptyDraft: Draft = { strike: null, guard: null, technique: null };
/** Of a side at the start of a turn. */
export const noChoice = { draft: emptyDraft, choice: null, lockedInAtMs: null };

type Sides = Pick<BattleRecord, 'sides' | 'sheets'>;

/** Both sides at the start of a battle. */
export function openSides(first: SideSetup, second: OpponentSetup): Sides {
  if (typeof second === 'string') return trainingOf(first, second);
  return 'monster' in second ? wildOf(first, second.monster) : duelOf(first, second);
}

/** Against people both sides fight with sheets of equal worth. */
function duelOf(first: SideSetup, second: SideSetup): Sides {
  const { sheets, pointsRemoved } = levelSheets([first.sheet, second.sheet]);
  const [one, other] = pointsRemoved;
  return {
    sides: [
      { ...sideOf(first), pointsRemoved: one },
      { ...sideOf(second), pointsRemoved: other },
    ],
    sheets: [...sheets],
  };
}

function trainingOf(first: SideSetup, level: ShadowLevel): Sides {
  return {
    sides: [sideOf(first), shadowOf(first)],
    sheets: [first.sheet, shadowSheet(first.sheet, level)],
  };
}

/** Begins with the vitals that the character has, and gives none back. */
function wildOf(first: SideSetup, monster: Monster): Sides {
  const sheet = monsterSheet(monster);
  const { hp, mp, stamina } = first.stats;
  // A battle of an earlier release may have left no health.
  const stats = { hp: { ...hp, cur: Math.max(hp.cur, 1) }, mp, stamina };
  return {
    sides: [{ ...sideOf(first), returnStats: null }, monsterOf(first, monster, sheet)],
    sheets: [{ ...first.sheet, stats }, sheet],
  };
}

function sideOf(setup: SideSetup): SideRecord {
  const { charId, userId, name, gender, gs, standing, rating, searchedMs, returnState } = setup;
  const character = { charId, userId, name, gender, gs, standing, rating, searchedMs, returnState };
  const none = { monster: null, pointsRemoved: 0, emote: null, idleTurns: 0, ownMoves: 0 };
  return { ...character, returnStats: setup.stats, ...noChoice, ...none };
}

function shadowOf(owner: SideSetup): SideRecord {
  return { ...sideOf(owner), charId: null, userId: null, returnStats: null };
}

function monsterOf(opponent: SideSetup, monster: Monster, sheet: FighterSheet): SideRecord {
  const gs = monsterScore(sheet);
  return { ...shadowOf(opponent), monster, name: '', gender: null, gs };
}
