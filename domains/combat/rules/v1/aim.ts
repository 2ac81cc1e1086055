import type { TechniqueNumbers } from './techniques.ts';
import type { Guard, Zone } from '../../battle.ts';

/** Where a blow goes in the end, and whether a guard stands there. */
export interface Aim {
  readonly zone: Zone;
  readonly guarded: boolean;
  /** Where a feint that worked had pretended to go. */
  readonly feintedFrom: Zone | null;
  /** What a feint that deceived nobody costs of the blow; 1 otherwise. */
  readonly factor: number;
}

const covered: Readonly<Record<Guard, readonly Zone[]>> = {
  'head-chest': ['head', 'chest'],
  'chest-belly': ['chest', 'belly'],
  'belly-legs': ['belly', 'legs'],
};

/** High turns low and low turns high; around the middle guard there is less way to go. */
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

/** Whether a guard meets a blow to `zone`, given what the defender's technique makes of it. */
export function isGuarded(zone: Zone, guard: Guard, defence: TechniqueNumbers): boolean {
  if (defence.guard === 'chosen') return covers(guard, zone);
  return defence.guard !== 'down';
}

/** A blow that goes where it was aimed. */
export function straight(zone: Zone, guard: Guard, defence: TechniqueNumbers): Aim {
  return { zone, guarded: isGuarded(zone, guard, defence), feintedFrom: null, factor: 1 };
}

/**
 * A feint that nobody sees through: it draws the guard to where it pretends to go and strikes an
 * open zone. Without a guard to draw away, or with no zone open, it is a weak blow.
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
