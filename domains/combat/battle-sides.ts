import type { AccountState, Gender } from '../account/account-context.ts';
import type { FighterSheet, ShadowLevel } from './battle.ts';
import type { BattleRecord, Draft, SideRecord } from './battle-record.ts';
import { levelSheets } from './levelling.ts';
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
  readonly sheet: FighterSheet;
}

const emptyDraft: Draft = { strike: null, guard: null, technique: null };
/** Of a side at the start of a turn. */
export const noChoice = { draft: emptyDraft, choice: null, lockedInAtMs: null };

type Sides = Pick<BattleRecord, 'sides' | 'sheets'>;

/** Both sides at the start of a battle; a level: the Shadow of the first. */
export function openSides(first: SideSetup, second: SideSetup | ShadowLevel): Sides {
  return typeof second === 'string' ? trainingOf(first, second) : duelOf(first, second);
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

function sideOf(setup: SideSetup): SideRecord {
  const { charId, userId, name, gender, gs, standing, rating, searchedMs, returnState } = setup;
  const character = { charId, userId, name, gender, gs, standing, rating, searchedMs, returnState };
  const none = {
    monster: null,
    returnStats: null,
    pointsRemoved: 0,
    emote: null,
    idleTurns: 0,
    ownMoves: 0,
  };
  return { ...character, ...noChoice, ...none };
}

function shadowOf(owner: SideSetup): SideRecord {
  return { ...sideOf(owner), charId: null, userId: null };
}
