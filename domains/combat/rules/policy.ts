import type { Battle, Move, Side } from '../battle.ts';

/** What a policy may know: not the move that the other side is choosing. */
export interface PolicyView {
  readonly battle: Battle;
  readonly side: Side;
  /** Moves of both sides, the first exchange first. */
  readonly history: readonly (readonly [Move, Move])[];
  /** A uniform integer in [0, sides). */
  readonly roll: (sides: number) => number;
}

/** Chooses a legal move. */
export type Policy = (view: PolicyView) => Move;
