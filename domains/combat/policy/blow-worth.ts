import type { CombatNumbers } from '../../../resources/numbers/combat.ts';
import { feinted, isGuarded } from '../aim.ts';
import { type Guard, type Zone, guards, zones } from '../battle.ts';
import {
  type Blow,
  blowDamage,
  controlChance,
  counterChance,
  counterDamage,
  critChance,
  dodgeChance,
  effectOfHit,
  insightChance,
  keptShare,
  missChance,
  parryChance,
} from '../odds.ts';
import { worth } from './worth.ts';

/** What a blow is worth to its owner, in points of health: a row for each zone, a value for each guard. */
export type BlowWorths = readonly (readonly number[])[];

/** The parts of a blow that are the same wherever it goes. */
interface Temper {
  readonly blow: Blow;
  readonly numbers: CombatNumbers;
  readonly reach: number;
  readonly crit: number;
  readonly kept: number;
  readonly parry: number;
  /** What being parried costs on the average. */
  readonly answer: number;
}

export function blowWorths(blow: Blow, numbers: CombatNumbers): BlowWorths {
  const temper = temperOf(blow, numbers);
  const open = zones.map((zone) => openWorth(temper, zone, 1));
  const met = zones.map((zone) => guardedWorth(temper, zone));
  const { slip } = blow.own.technique;
  return zones.map((zone, index) =>
    guards.map((guard) => {
      const guarded = isGuarded(zone, guard, blow.foe.technique);
      if (slip !== null) return feintWorth(temper, { zone, guard, slip });
      return (guarded ? met[index] : open[index]) ?? 0;
    }),
  );
}

function temperOf(blow: Blow, numbers: CombatNumbers): Temper {
  const parry = parryChance(blow, numbers);
  return {
    blow,
    numbers,
    reach: 1 - dodgeChance(blow, numbers),
    crit: 1 + critChance(blow, numbers) * (numbers.crit.factor - 1),
    kept: keptShare(blow, numbers),
    parry,
    answer: parry * counterChance(blow, numbers) * counterDamage(blow, numbers),
  };
}

function openWorth({ blow, numbers, reach, crit }: Temper, zone: Zone, factor: number): number {
  const { drains } = blow.own.technique;
  const force = blowDamage(blow, zone, numbers) * factor * crit;
  const effect = effectOfHit(blow.own.technique, zone, numbers);
  const control = effect === null ? 0 : controlChance(blow, zone, numbers) * worth.effects[effect];
  const { hp } = blow.own.fighter.stats;
  const drained =
    Math.min(hp.max - hp.cur, drains.hp * force) + drains.stamina * worth.stamina.rested;
  return (1 - missChance(blow, zone, numbers)) * reach * (force + control + drained);
}

function guardedWorth(temper: Temper, zone: Zone): number {
  const { blow, numbers, reach, crit, kept, parry, answer } = temper;
  const force = blowDamage(blow, zone, numbers) * crit;
  const dealt = (1 - parry) * (1 - kept) * force - answer;
  return (1 - missChance(blow, zone, numbers)) * reach * dealt;
}

function feintWorth(
  temper: Temper,
  { zone, guard, slip }: { readonly zone: Zone; readonly guard: Guard; readonly slip: number },
): number {
  const { blow, numbers } = temper;
  const slipped = feinted({ zone, slip }, guard, blow.foe.technique);
  if (slipped.feintedFrom === null) {
    return slipped.guarded ? guardedWorth(temper, zone) : openWorth(temper, zone, slip);
  }
  const seen = insightChance(blow, numbers);
  return seen * guardedWorth(temper, zone) + (1 - seen) * openWorth(temper, slipped.zone, 1);
}
