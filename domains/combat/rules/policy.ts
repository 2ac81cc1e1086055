import type { Battle, Move, Side } from '../battle.ts';

/** What a mind may look at when it chooses: never the move that the other side is making. */
export interface PolicyView {
  readonly battle: Battle;
  readonly side: Side;
  /** Both sides' moves of the exchanges so far, the first one first. */
  readonly history: readonly (readonly [Move, Move])[];
  /** A whole number, uniform in [0, sides). */
  readonly roll: (sides: number) => number;
}

/** A way to choose moves. Always answers a legal one. */
export type Policy = (view: PolicyView) => Move;
