import type { Guard, Input, Move, Side, Zone } from './battle.ts';

/** What the opponent did twice in a row and the player did not answer. */
export type TrainingHint =
  | { readonly kind: 'guard'; readonly guard: Guard }
  | { readonly kind: 'strike'; readonly zone: Zone };

type Moves = readonly [Move, Move];

/** From the last two exchanges; a move with a technique shows no habit. Pure. */
export function trainingHint(inputs: readonly Input[], side: Side): TrainingHint | null {
  const exchanges = inputs.flatMap((input) => (input.kind === 'exchange' ? [input.moves] : []));
  const [before, last] = exchanges.slice(-2);
  if (before === undefined || last === undefined) return null;
  const own: Moves = [before[side], last[side]];
  const other = side === 0 ? 1 : 0;
  const theirs: Moves = [before[other], last[other]];
  if (theirs.some(({ technique }) => technique !== null)) return null;
  return guardHint(own, theirs) ?? strikeHint(own, theirs);
}

/** The same guard twice, and the last own blow went into it. A feint is meant to. */
function guardHint([, own]: Moves, [before, last]: Moves): TrainingHint | null {
  const isHabit = before.guard === last.guard;
  const wentIn = covers(last.guard, own.strike) && own.technique !== 'feint';
  return isHabit && wentIn ? { kind: 'guard', guard: last.guard } : null;
}

/** The same zone was struck twice, and it was open both times. */
function strikeHint(own: Moves, [before, last]: Moves): TrainingHint | null {
  const isHabit = before.strike === last.strike;
  const wasOpen = own.every(
    ({ guard, technique }) => technique === null && !covers(guard, last.strike),
  );
  return isHabit && wasOpen ? { kind: 'strike', zone: last.strike } : null;
}

/** A guard is called by the two zones that it covers. */
function covers(guard: Guard, zone: Zone): boolean {
  return guard.split('-').includes(zone);
}
