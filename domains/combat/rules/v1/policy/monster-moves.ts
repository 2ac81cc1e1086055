import { Dice, branchOff } from '../dice.ts';
import type { Policy } from '../../policy.ts';
import type { MonsterMind, Rules } from '../../rules.ts';
import { randomPolicy } from './random-policy.ts';
import { shadowPolicy } from './shadow-policy.ts';

const minds: Readonly<Record<MonsterMind['mind'], Policy>> = {
  random: randomPolicy,
  shadow: shadowPolicy,
};

/** In half of its moves a monster strikes the zone of its habit, whatever its mind chose. */
export function monsterPolicy({ mind, habit }: MonsterMind): Policy {
  return (view) => {
    const move = minds[mind](view);
    return view.roll(2) === 0 ? { ...move, strike: habit } : move;
  };
}

/** The random state is derived from that of the battle, as the Shadow's. */
export const monsterMove: Rules['monsterMove'] = (monster) => (battle, side, history) => {
  const dice = new Dice(branchOff(battle.chance, side));
  return monsterPolicy(monster)({ battle, side, history, roll: (sides) => dice.below(sides) });
};
