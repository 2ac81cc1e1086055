import type { StanceId, TechniqueId } from '../../battle.ts';
import { type Actor, type Exchange, afflict, restore } from './exchange.ts';
import { stanceIds } from './choices.ts';
import { combatNumbers } from './numbers.ts';

const stances: ReadonlySet<TechniqueId> = new Set(stanceIds);

export function isStance(technique: TechniqueId | null): technique is StanceId {
  return technique !== null && stances.has(technique);
}

/** Before the blows: restores stamina and mana, and starts own effects. */
export function takeStance(exchange: Exchange, own: Actor): void {
  const { technique, fighter, move, side } = own;
  if (!isStance(move.technique)) return;
  const { rouses, restores } = technique;
  // Plus 1 for the current exchange.
  if (rouses !== null) fighter.effects[rouses.effect] = rouses.turns + 1;
  exchange.events.push({
    kind: 'stance',
    turn: exchange.turn,
    side,
    technique: move.technique,
    mp: restore(fighter, 'mp', restores.mp),
    stamina: restore(fighter, 'stamina', restores.stamina),
  });
}

/** The effect of a stance on the opponent, after both sides have taken theirs. */
export function daunt({ dice, events, turn }: Exchange, own: Actor, opponent: Actor): void {
  const { inflicts } = own.technique;
  if (inflicts === null || !inflicts.always) return;
  const chance = Math.min(combatNumbers.control.most, inflicts.chance * own.matchup.control);
  if (dice.throw() >= chance) return;
  afflict(opponent.fighter, inflicts.effect);
  events.push({ kind: 'mark', turn, side: own.side, effect: inflicts.effect });
}
