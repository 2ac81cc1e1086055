import { type Actor, type Exchange, afflict, restore } from './exchange.ts';

/** What a technique does before any blow falls: it gives back, it wakes, it daunts. */
export function applyTechnique(exchange: Exchange, own: Actor, foe: Actor): void {
  const { technique, fighter, move, side } = own;
  if (move.technique === null || !technique.announced) return;
  const { rouses, restores } = technique;
  // The exchange under way counts as one.
  if (rouses !== null) fighter.effects[rouses.effect] = rouses.turns + 1;
  exchange.events.push({
    kind: 'technique',
    turn: exchange.turn,
    side,
    technique: move.technique,
    mp: restore(fighter, 'mp', restores.mp),
    stamina: restore(fighter, 'stamina', restores.stamina),
  });
  daunt(exchange, own, foe);
}

function daunt({ dice, numbers, events, turn }: Exchange, own: Actor, foe: Actor): void {
  const { inflicts } = own.technique;
  if (inflicts === null || !inflicts.always) return;
  const chance = Math.min(numbers.control.most, inflicts.chance * own.matchup.control);
  if (dice.throw() >= chance) return;
  afflict(foe.fighter, inflicts.effect, numbers);
  events.push({ kind: 'mark', turn, side: own.side, effect: inflicts.effect });
}
