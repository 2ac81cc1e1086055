import type { CombatNumbers } from '../numbers.ts';
import { covers, feinted } from '../aim.ts';
import type { Zone } from '../../../battle.ts';
import { guards, zones } from '../choices.ts';
import {
  type Blow,
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
  plainDamage,
} from '../odds.ts';
import { worth } from './worth.ts';

const GUARDS = guards.length;
/** Whether a guard covers a zone: for each zone, all guards in their order. */
const covering = zones.flatMap((zone) => guards.map((guard) => covers(guard, zone)));

interface ByZone {
  /** Worth in an uncovered zone. */
  readonly open: readonly number[];
  /** Worth in a covered zone. */
  readonly met: readonly number[];
}

/**
 * Expected worth of a blow to its owner, in points of health: for each zone, all guards in their order.
 * Plain loops, because policies spend most of their time here.
 */
export function blowWorths(blow: Blow, numbers: CombatNumbers): number[] {
  const worths = byZone(blow, numbers);
  if (blow.own.technique.slip !== null) return feintWorths(blow, worths, numbers);
  const { guard } = blow.opponent.technique;
  const values: number[] = [];
  for (let at = 0; at < covering.length; at += 1) {
    const met = guard === 'chosen' ? covering[at] === true : guard !== 'down';
    values.push((met ? worths.met : worths.open)[Math.floor(at / GUARDS)] ?? 0);
  }
  return values;
}

function byZone(blow: Blow, numbers: CombatNumbers): ByZone {
  const reach = 1 - dodgeChance(blow, numbers);
  const force =
    plainDamage(blow, numbers) * (1 + critChance(blow, numbers) * (numbers.crit.factor - 1));
  const parry = parryChance(blow, numbers);
  const through = (1 - parry) * (1 - keptShare(blow, numbers));
  const answer = parry * counterChance(blow, numbers) * counterDamage(blow, numbers);
  const open: number[] = [];
  const met: number[] = [];
  for (const zone of zones) {
    const lands = (1 - missChance(blow, zone, numbers)) * reach;
    const damage = force * numbers.zones[zone].damage;
    open.push(lands * (damage + leftBehind(blow, zone, numbers) + drainedBy(blow, damage)));
    met.push(lands * (through * damage - answer));
  }
  return { open, met };
}

function leftBehind(blow: Blow, zone: Zone, numbers: CombatNumbers): number {
  const effect = effectOfHit(blow.own.technique, zone, numbers);
  return effect === null ? 0 : controlChance(blow, zone, numbers) * worth.effects[effect];
}

function drainedBy({ own }: Blow, damage: number): number {
  const { hp } = own.fighter.stats;
  const { drains } = own.technique;
  return Math.min(hp.max - hp.cur, drains.hp * damage) + drains.stamina * worth.stamina.rested;
}

function feintWorths(blow: Blow, { open, met }: ByZone, numbers: CombatNumbers): number[] {
  const seen = insightChance(blow, numbers);
  const slip = blow.own.technique.slip ?? 1;
  return zones.flatMap((zone, index) =>
    guards.map((guard) => {
      const aim = feinted({ zone, slip }, guard, blow.opponent.technique);
      if (aim.feintedFrom !== null) {
        return seen * (met[index] ?? 0) + (1 - seen) * (open[zones.indexOf(aim.zone)] ?? 0);
      }
      const value = (aim.guarded ? met[index] : open[index]) ?? 0;
      return value * aim.factor;
    }),
  );
}
