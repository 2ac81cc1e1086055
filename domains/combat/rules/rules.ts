import type {
  Battle,
  BattleEvent,
  FighterSheet,
  ForfeitReason,
  Move,
  ShadowLevel,
  Side,
  TechniqueId,
  Zone,
} from '../battle.ts';

/** The battle has ended; check `battle.outcome` first. */
export class BattleOverError extends Error {
  override readonly name = 'BattleOverError';
}

/** The technique is not legal now; check `isLegal` first. */
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

/** The choice of a Shadow or a monster. `history`: moves of both sides, the first exchange first. */
export type ShadowMove = (
  battle: Battle,
  side: Side,
  history: readonly (readonly [Move, Move])[],
) => Move;

/** How a monster chooses. */
export interface MonsterMind {
  /** `random`: any legal move; `shadow`: as the Shadow at its highest level. */
  readonly mind: 'random' | 'shadow';
  /** The zone that it strikes in half of its moves, whatever its mind chooses. */
  readonly habit: Zone;
}

/**
 * One version of everything that decides a battle: numbers, formulas, and the Shadow's choices. Pure.
 * A version never changes once battles have been fought by it.
 */
export interface Rules {
  readonly version: number;
  /** `seed`: 32 lower-case hexadecimal digits; raises ZodError. */
  readonly startBattle: (seed: string, sheets: readonly [FighterSheet, FighterSheet]) => Battle;
  /** Raises BattleOverError or IllegalMoveError. */
  readonly resolveExchange: (battle: Battle, moves: readonly [Move, Move]) => Resolved;
  /** `side`: null if nobody wins. Raises BattleOverError. */
  readonly forfeit: (battle: Battle, side: Side | null, reason: ForfeitReason) => Resolved;
  /** In the order of the sheet. */
  readonly legalTechniques: (battle: Battle, side: Side) => TechniqueId[];
  readonly isLegal: (battle: Battle, side: Side, move: Move) => boolean;
  /** The move of a side that chose none. */
  readonly defaultMove: (battle: Battle, side: Side) => Move;
  /** null: these rules do not know the technique. */
  readonly costOf: (technique: TechniqueId) => Cost | null;
  readonly shadowMoves: Readonly<Record<ShadowLevel, ShadowMove>>;
  readonly monsterMove: (monster: MonsterMind) => ShadowMove;
}
