import type { CombatNumbers } from './numbers.ts';
import type { Fighter } from '../../battle.ts';

/**
 * What attributes make of one fighter's blows against another, before anybody has chosen. All but
 * `power` are edges, 0 to 2, by which a chance of the rules is multiplied. The weights below belong
 * to the rules as their numbers do: other weights are other rules.
 */
export interface Matchup {
  /** Damage, in shares of that of a fighter of eight points; half of it is everybody's. */
  readonly power: number;
  /** Own magic: intelligence against the foe's wisdom. */
  readonly potency: number;
  /** The foe's feet and presence against the own eye. */
  readonly miss: number;
  readonly dodge: number;
  readonly crit: number;
  readonly parry: number;
  readonly block: number;
  /** The foe's answer to a blow that was parried. */
  readonly counter: number;
  /** The foe's eye against a feint. */
  readonly insight: number;
  /** Own presence against the foe's will. */
  readonly control: number;
  /** The crowd's love for the one who strikes. */
  readonly favour: number;
}

/**
 * Points of an attribute in shares of a fresh fighter's eight. Two are given, so that nobody is
 * worth nothing and twice the points are less than twice the fighter.
 */
export function measure(points: number): number {
  return (points + 2) / 10;
}

/** How far `own` outweighs `other`: 0 to 2, 1 between equals. */
export function edge(own: number, other: number): number {
  return (2 * own) / (own + other);
}

/** What a fighter brings into the order of blows. */
export function speed({ attributes }: Fighter): number {
  const { agility, perception, charisma, luck } = attributes;
  return measure(0.4 * agility + 0.2 * perception + 0.2 * charisma + 0.2 * luck);
}

/** The points that an archetype's blows live on. */
function powerPoints({ archetype, attributes }: Fighter, numbers: CombatNumbers): number {
  const weights = numbers.power[archetype];
  return (
    weights.strength * attributes.strength +
    weights.agility * attributes.agility +
    weights.endurance * attributes.endurance +
    weights.intelligence * attributes.intelligence
  );
}

export function matchup(own: Fighter, foe: Fighter, numbers: CombatNumbers): Matchup {
  const a = own.attributes;
  const d = foe.attributes;
  const points = powerPoints(own, numbers);
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
