import type { Zone } from '../../../battle.ts';
import type { Policy, PolicyView } from '../../policy.ts';
import { zones } from '../choices.ts';
import { Dice, branchOff, chanceFrom } from '../dice.ts';
import { randomPolicy } from './random-policy.ts';

/** The habit of a battle is one of these, so the head is the most frequent one. */
const habits: readonly [Zone, ...Zone[]] = ['head', 'head', 'head', 'chest', 'belly'];
/** A branch of the battle's seed that no side uses for its moves. */
const HABIT_BRANCH = 2;

/** Random moves with few techniques, which strike one zone in 5 of 10 exchanges. */
export const apprenticePolicy: Policy = (view) => {
  const { guard, technique } = randomPolicy(view);
  return { strike: strikeOf(view), guard, technique: view.roll(10) < 3 ? technique : null };
};

function strikeOf({ battle, roll }: PolicyView): Zone {
  const habit = habitOf(battle.seed);
  if (roll(10) < 5) return habit;
  const others = zones.filter((zone) => zone !== habit);
  return others[roll(others.length)] ?? habit;
}

/** The zone that the apprentice prefers in the battle of this seed. */
export function habitOf(seed: string): Zone {
  const dice = new Dice(branchOff(chanceFrom(seed), HABIT_BRANCH));
  return habits[dice.below(habits.length)] ?? habits[0];
}
