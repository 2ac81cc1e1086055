import type { TechniqueNumbers } from './techniques.ts';
import type { Guard, Zone } from '../../battle.ts';

export interface Aim {
  readonly zone: Zone;
  /** Whether the guard covers the zone. */
  readonly guarded: boolean;
  /** The pretended zone of a successful feint. */
  readonly feintedFrom: Zone | null;
  /** Damage factor: below 1 for a feint that deceived nobody. */
  readonly factor: number;
}

const covered: Readonly<Record<Guard, readonly Zone[]>> = {
  'head-chest': ['head', 'chest'],
  'chest-belly': ['chest', 'belly'],
  'belly-legs': ['belly', 'legs'],
};

/** Where a feint goes: high turns low and low turns high, except around the middle guard. */
const across: Readonly<Record<Zone, Zone>> = {
  head: 'legs',
  chest: 'belly',
  belly: 'chest',
  legs: 'head',
};
const aroundMiddle: Readonly<Record<Zone, Zone>> = { ...across, chest: 'head', belly: 'legs' };

export function covers(guard: Guard, zone: Zone): boolean {
  return covered[guard].includes(zone);
}

/** `defence`: the technique of the defender, which may change the guard. */
export function isGuarded(zone: Zone, guard: Guard, defence: TechniqueNumbers): boolean {
  if (defence.guard === 'chosen') return covers(guard, zone);
  return defence.guard !== 'down';
}

export function straight(zone: Zone, guard: Guard, defence: TechniqueNumbers): Aim {
  return { zone, guarded: isGuarded(zone, guard, defence), feintedFrom: null, factor: 1 };
}

/**
 * A feint that was not seen through draws the guard to the pretended zone and strikes an open one.
 * Without a guard at the pretended zone, or with no zone open, it is a weak blow.
 */
export function feinted(
  aimed: { readonly zone: Zone; readonly slip: number },
  guard: Guard,
  defence: TechniqueNumbers,
): Aim {
  const { zone, guarded } = straight(aimed.zone, guard, defence);
  if (!guarded || defence.guard === 'all') {
    return { zone, guarded, feintedFrom: null, factor: aimed.slip };
  }
  const around = defence.guard === 'chosen' && guard === 'chest-belly' ? aroundMiddle : across;
  return { zone: around[zone], guarded: false, feintedFrom: zone, factor: 1 };
}
