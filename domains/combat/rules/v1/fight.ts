import { combatNumbers } from './numbers.ts';
import { effectIds } from './choices.ts';
import type { Fighter, Side } from '../../battle.ts';
import { isUp, strike } from './blow.ts';
import { type Actor, type Exchange, restore } from './exchange.ts';
import { measure, speed } from './matchup.ts';
import { soft } from './odds.ts';
import { daunt, takeStance } from './stance.ts';

/** Stances, then the blows in order; a fighter that is knocked out first does not strike. */
export function fight(exchange: Exchange): void {
  const { turn, events, actors } = exchange;
  if (turn === combatNumbers.crowd.fromTurn) events.push({ kind: 'crowd', turn });
  takeStance(exchange, actors[0]);
  takeStance(exchange, actors[1]);
  daunt(exchange, actors[0], actors[1]);
  daunt(exchange, actors[1], actors[0]);
  const first = firstToStrike(exchange);
  const [own, opponent] = first === 0 ? actors : [actors[1], actors[0]];
  strike(exchange, own, opponent);
  if (isUp(own) && isUp(opponent)) strike(exchange, opponent, own);
}

/** Pace decides the order of blows; for equal pace a random throw that speed shifts. */
function firstToStrike({ actors, dice }: Exchange): Side {
  const [a, b] = actors;
  const ahead = pace(a) - pace(b);
  if (ahead !== 0) return ahead > 0 ? 0 : 1;
  const own = speed(a.fighter);
  return dice.throw() * (own + speed(b.fighter)) < own ? 0 : 1;
}

function pace({ technique, fighter }: Actor): number {
  return technique.pace - (fighter.effects.hobbled > 0 ? 1 : 0);
}

/** Between two exchanges: stamina and mana recover, effects wear off. */
export function recover(fighter: Fighter): void {
  const { recovery } = combatNumbers;
  const { attributes, effects } = fighter;
  if (effects.winded === 0) {
    restore(fighter, 'stamina', Math.round(recovery.stamina * soft(measure(attributes.endurance))));
  }
  restore(fighter, 'mp', Math.round(recovery.mp * measure(attributes.wisdom)));
  for (const effect of effectIds) {
    if (effects[effect] > 0) effects[effect] -= 1;
  }
}
