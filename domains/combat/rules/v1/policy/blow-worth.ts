import { type ZoneNumbers, combatNumbers } from '../numbers.ts';
import { type TechniqueNumbers, plain } from '../techniques.ts';
import { feinted, isGuarded } from '../aim.ts';
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

/** How a blow in a zone meets a guard. */
interface Meeting {
  /** Index of the zone. */
  readonly zone: number;
  readonly isGuarded: boolean;
  /** Index of the zone that a feint strikes instead; null if it deceives nobody. */
  readonly slipsTo: number | null;
}

/** For each zone, all guards in their order. */
function meetingsOf(guardUsed: TechniqueNumbers['guard']): readonly Meeting[] {
  const defence = { ...plain, guard: guardUsed };
  return zones.flatMap((aimedAt, zone) =>
    guards.map((guard) => {
      const { feintedFrom, zone: struck } = feinted({ zone: aimedAt, slip: 1 }, guard, defence);
      const slipsTo = feintedFrom === null ? null : zones.indexOf(struck);
      return { zone, isGuarded: isGuarded(aimedAt, guard, defence), slipsTo };
    }),
  );
}

const meetings = {
  chosen: meetingsOf('chosen'),
  down: meetingsOf('down'),
  all: meetingsOf('all'),
  follows: meetingsOf('follows'),
} satisfies Record<TechniqueNumbers['guard'], unknown>;

const zoneNumbers = zones.map((zone) => combatNumbers.zones[zone]);

interface ByZone {
  /** Worth in an uncovered zone. */
  readonly open: readonly number[];
  /** Worth in a covered zone. */
  readonly met: readonly number[];
}

/** Expected worth of a blow to its owner, in points of health: for each zone, all guards in their order. */
export function blowWorths(blow: Blow): number[] {
  const worths = byZone(blow);
  const met = meetings[blow.opponent.technique.guard];
  const { slip } = blow.own.technique;
  if (slip === null) return met.map((meeting) => straightWorth(meeting, worths));
  const seen = insightChance(blow);
  return met.map((meeting) => {
    if (meeting.slipsTo === null) return straightWorth(meeting, worths) * slip;
    return (
      seen * (worths.met[meeting.zone] ?? 0) + (1 - seen) * (worths.open[meeting.slipsTo] ?? 0)
    );
  });
}

function straightWorth({ zone, isGuarded }: Meeting, { open, met }: ByZone): number {
  return (isGuarded ? met : open)[zone] ?? 0;
}

function byZone(blow: Blow): ByZone {
  const reach = 1 - dodgeChance(blow);
  const force = plainDamage(blow) * (1 + critChance(blow) * (combatNumbers.crit.factor - 1));
  const parry = parryChance(blow);
  const through = (1 - parry) * (1 - keptShare(blow));
  const answer = parry * counterChance(blow) * counterDamage(blow);
  const open: number[] = [];
  const met: number[] = [];
  for (const zone of zoneNumbers) {
    const lands = (1 - missChance(blow, zone)) * reach;
    const damage = force * zone.damage;
    open.push(lands * (damage + leftBehind(blow, zone) + drainedBy(blow, damage)));
    met.push(lands * (through * damage - answer));
  }
  return { open, met };
}

function leftBehind(blow: Blow, zone: ZoneNumbers): number {
  const effect = effectOfHit(blow.own.technique, zone);
  return effect === null ? 0 : controlChance(blow, zone) * worth.effects[effect];
}

function drainedBy({ own }: Blow, damage: number): number {
  const { hp } = own.fighter.stats;
  const { drains } = own.technique;
  return Math.min(hp.max - hp.cur, drains.hp * damage) + drains.stamina * worth.stamina.rested;
}
