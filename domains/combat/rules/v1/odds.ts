import { type ZoneNumbers, combatNumbers } from './numbers.ts';
import type { TechniqueNumbers } from './techniques.ts';
import type { Aim } from './aim.ts';
import type { AilmentId, Fighter } from '../../battle.ts';
import type { Matchup } from './matchup.ts';

/** One side at the start of an exchange. */
export interface Stance {
  readonly fighter: Fighter;
  readonly technique: TechniqueNumbers;
  /** Had not enough stamina for the blow. */
  readonly tired: boolean;
  /** For this side's blows against the other. */
  readonly matchup: Matchup;
}

/** A blow from `own` to `opponent`. */
export interface Blow {
  readonly own: Stance;
  readonly opponent: Stance;
  readonly turn: number;
}

/** Chances of one blow, each provided that no earlier one decided it, and its damage. */
export interface Odds {
  readonly miss: number;
  readonly dodge: number;
  readonly crit: number;
  /** Of a guarded blow. */
  readonly parry: number;
  /** Of a parried blow: the chance of a counter-attack, and its damage. */
  readonly counter: number;
  readonly counterDamage: number;
  /** Share of the damage that the guard absorbs. */
  readonly kept: number;
  /** Average damage before crit and guard. */
  readonly damage: number;
  /** Of a hit: the chance of the effect of the zone or technique. */
  readonly control: number;
}

/** Half the influence of an edge: 0.5 to 1.5. */
export function soft(edge: number): number {
  return (1 + edge) / 2;
}

export function oddsOf(blow: Blow, aim: Aim): Odds {
  const zone = combatNumbers.zones[aim.zone];
  return {
    miss: missChance(blow, zone),
    dodge: dodgeChance(blow),
    crit: critChance(blow),
    parry: aim.guarded ? parryChance(blow) : 0,
    counter: counterChance(blow),
    counterDamage: counterDamage(blow),
    kept: aim.guarded ? keptShare(blow) : 0,
    damage: plainDamage(blow) * zone.damage * aim.factor,
    control: controlChance(blow, zone),
  };
}

/** The chance that a feint is seen through. */
export function insightChance(blow: Blow): number {
  return Math.min(
    combatNumbers.insight.most,
    combatNumbers.insight.chance * blow.own.matchup.insight,
  );
}

/** Damage factor in late turns; it grows faster for the favourite of the crowd. */
export function crowdFactor(turn: number, favour: number): number {
  const { fromTurn, growth } = combatNumbers.crowd;
  return turn < fromTurn ? 1 : 1 + growth * (turn - fromTurn + 1) * soft(favour);
}

export function missChance({ own }: Blow, zone: ZoneNumbers): number {
  const dazed = own.fighter.effects.dazed > 0 ? combatNumbers.effects.dazed.miss : 0;
  const chance = zone.miss * own.matchup.miss + dazed;
  return Math.min(1, chance * own.technique.miss);
}

export function critChance({ own }: Blow): number {
  return Math.min(1, combatNumbers.crit.chance * own.matchup.crit);
}

export function dodgeChance({ own, opponent }: Blow): number {
  const { evade, magic } = opponent.technique;
  const gift = magic === 'gift' ? evade * soft(opponent.matchup.potency) : evade;
  const lame = opponent.fighter.effects.hobbled > 0 ? combatNumbers.effects.hobbled.dodge : 1;
  const chance =
    (combatNumbers.dodge.chance * own.matchup.dodge + gift) * lame * own.technique.dodge;
  return Math.min(combatNumbers.dodge.most, chance);
}

export function parryChance({ own, opponent }: Blow): number {
  if (own.technique.parry === 0) return 0;
  if (opponent.technique.riposte !== null) return 1;
  const dazed = opponent.fighter.effects.dazed > 0 ? combatNumbers.effects.dazed.parry : 1;
  const chance = combatNumbers.parry.chance * own.matchup.parry * own.technique.parry * dazed;
  return Math.min(combatNumbers.parry.most, chance);
}

export function counterChance({ own, opponent }: Blow): number {
  if (opponent.technique.riposte !== null) return 1;
  return Math.min(1, combatNumbers.counter.chance * own.matchup.counter);
}

export function counterDamage({ opponent, turn }: Blow): number {
  const factor = opponent.technique.riposte ?? combatNumbers.counter.factor;
  const { power, favour } = opponent.matchup;
  const crowd = crowdFactor(turn, favour);
  return combatNumbers.damage.blow * power * factor * shape(opponent) * crowd;
}

export function keptShare({ own, opponent }: Blow): number {
  // A guard that magic moves depends on intelligence.
  const gift = opponent.technique.guard === 'follows' ? soft(opponent.matchup.potency) : 1;
  const weary = opponent.tired ? combatNumbers.tired.absorb : 1;
  const share = combatNumbers.block.share * soft(own.matchup.block) * own.technique.absorb;
  return Math.min(combatNumbers.block.most, share * gift * weary);
}

/** Average damage before zone, crit and guard. */
export function plainDamage({ own, turn }: Blow): number {
  const { technique, matchup, fighter } = own;
  const magic = technique.magic === 'blow' ? soft(matchup.potency) : 1;
  const { cur, max } = fighter.stats.hp;
  const vengeance = 1 + technique.vengeance * (1 - cur / max);
  const crowd = crowdFactor(turn, matchup.favour);
  const blow = combatNumbers.damage.blow * matchup.power * magic * technique.damage * vengeance;
  return blow * shape(own) * crowd;
}

/** Damage factor of effects and tiredness. */
function shape({ fighter, tired }: Stance): number {
  const { effects, tired: weary } = combatNumbers;
  const fury = fighter.effects.fury > 0 ? effects.fury.damage : 1;
  const daunted = fighter.effects.daunted > 0 ? effects.daunted.damage : 1;
  return fury * daunted * (tired ? weary.damage : 1);
}

/** The effect of the technique, or else of the zone. */
export function effectOfHit({ inflicts }: TechniqueNumbers, zone: ZoneNumbers): AilmentId | null {
  return inflicts === null || inflicts.always ? zone.effect : inflicts.effect;
}

export function controlChance({ own }: Blow, zone: ZoneNumbers): number {
  const { inflicts } = own.technique;
  const chance = inflicts === null || inflicts.always ? zone.control : inflicts.chance;
  return Math.min(combatNumbers.control.most, chance * own.matchup.control);
}
