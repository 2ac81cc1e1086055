import type { Battle, BattleEvent, FighterSheet, Move, Side, TechniqueId } from '../battle.ts';

/** The battle has ended: ask `battle.outcome` before going on with it. */
export class BattleOverError extends Error {
  override readonly name = 'BattleOverError';
}

/** A side's technique is not among its `legalTechniques`: ask `isLegal` first. */
export class IllegalMoveError extends Error {
  override readonly name = 'IllegalMoveError';
  readonly side: Side;
  readonly move: Move;
  constructor(side: Side, move: Move) {
    super(`Side ${side} cannot use ${String(move.technique)} now: check isLegal before resolving`);
    this.side = side;
    this.move = move;
  }
}

export interface Resolved {
  readonly battle: Battle;
  readonly events: BattleEvent[];
}

export interface Cost {
  readonly stamina: number;
  readonly mp: number;
}

/**
 * One version of all that decides a battle: numbers, formulas, and how the Shadow chooses. Pure.
 * What battles have been fought by never changes.
 */
export interface Rules {
  readonly version: number;
  /** A battle before its first exchange. `seed`: 32 lower-case hexadecimal digits; raises ZodError. */
  readonly startBattle: (seed: string, sheets: readonly [FighterSheet, FighterSheet]) => Battle;
  /** Both moves at once; raises BattleOverError or IllegalMoveError. */
  readonly resolveExchange: (battle: Battle, moves: readonly [Move, Move]) => Resolved;
  /** A side, or both (null), gives up or has been away for too long; raises BattleOverError. */
  readonly forfeit: (battle: Battle, side: Side | null, reason: 'surrender' | 'idle') => Resolved;
  /** What a side can use now, in the order of its sheet. */
  readonly legalTechniques: (battle: Battle, side: Side) => TechniqueId[];
  readonly isLegal: (battle: Battle, side: Side, move: Move) => boolean;
  /** The move of a side that chose none. */
  readonly defaultMove: (battle: Battle, side: Side) => Move;
  /** null: these rules do not know the technique. */
  readonly costOf: (technique: TechniqueId) => Cost | null;
  /** `history`: both sides' moves of the exchanges so far, the first one first. */
  readonly shadowMove: (
    battle: Battle,
    side: Side,
    history: readonly (readonly [Move, Move])[],
  ) => Move;
}
