import { combatNumbers } from './numbers.ts';
import type { Fighter } from '../../battle.ts';

/**
 * How the attributes of two fighters change the blows of one of them. All fields but `power` are edges,
 * 0 to 2, that multiply a chance of the rules. The weights below are part of the rules.
 */
export interface Matchup {
  /** Damage relative to a fighter with 8 points; half of it does not depend on attributes. */
  readonly power: number;
  /** Own intelligence against the opponent's wisdom. */
  readonly potency: number;
  /** The opponent's agility and charisma against the own perception. */
  readonly miss: number;
  readonly dodge: number;
  readonly crit: number;
  readonly parry: number;
  readonly block: number;
  /** The opponent's counter-attack after a parry. */
  readonly counter: number;
  /** The opponent's perception against a feint. */
  readonly insight: number;
  /** Own charisma against the opponent's will. */
  readonly control: number;
  /** Own charisma against that of the opponent: the favour of the crowd. */
  readonly favour: number;
}

/**
 * Attribute points relative to the 8 of a new fighter. The 2 extra points keep it above 0 and make
 * twice the points less than twice the value.
 */
export function measure(points: number): number {
  return (points + 2) / 10;
}

/** From 0 to 2; 1 between equals. */
export function edge(own: number, other: number): number {
  return (2 * own) / (own + other);
}

export function speed({ attributes }: Fighter): number {
  const { agility, perception, charisma, luck } = attributes;
  return measure(0.4 * agility + 0.2 * perception + 0.2 * charisma + 0.2 * luck);
}

function powerPoints({ archetype, attributes }: Fighter): number {
  const weights = combatNumbers.power[archetype];
  return (
    weights.strength * attributes.strength +
    weights.agility * attributes.agility +
    weights.endurance * attributes.endurance +
    weights.intelligence * attributes.intelligence
  );
}

export function matchup(own: Fighter, opponent: Fighter): Matchup {
  const a = own.attributes;
  const d = opponent.attributes;
  const points = powerPoints(own);
  const wit = measure(0.5 * d.agility + 0.5 * d.perception);
  return {
    power: (points + 8) / 16,
    potency: edge(measure(a.intelligence), measure(d.wisdom)),
    miss: edge(
      measure(0.4 * d.agility + 0.4 * d.charisma + 0.2 * d.luck),
      measure(0.8 * a.perception + 0.2 * a.agility),
    ),
    dodge: edge(
      measure(0.8 * d.agility + 0.2 * d.luck),
      measure(0.6 * a.perception + 0.4 * a.agility),
    ),
    crit: edge(
      measure(0.6 * a.luck + 0.4 * a.perception),
      measure(0.4 * d.luck + 0.3 * d.men + 0.3 * d.charisma),
    ),
    parry: edge(wit, measure(0.4 * a.agility + 0.3 * a.strength + 0.3 * a.charisma)),
    block: edge(measure(0.5 * d.endurance + 0.25 * d.strength + 0.25 * d.men), measure(points)),
    counter: edge(wit, measure(0.5 * a.agility + 0.5 * a.perception)),
    insight: edge(measure(d.perception), measure(0.5 * a.agility + 0.5 * a.charisma)),
    control: edge(
      measure(0.8 * a.charisma + 0.2 * a.strength),
      measure(0.8 * d.men + 0.2 * d.endurance),
    ),
    favour: edge(measure(a.charisma), measure(d.charisma)),
  };
}
