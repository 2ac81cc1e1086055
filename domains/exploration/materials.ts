import {
  ALL_MATERIALS_LEVEL,
  GATHERED,
  MATERIAL_GOLD,
  skillEffects,
} from '../../resources/numbers/exploration.ts';
import { type Material, materialIds, materials } from '../../resources/numbers/places.ts';
import type { Earnings, Stacks } from '../inventory/journey.ts';
import type { Draw } from '../inventory/roll-item.ts';
import { skillLevel } from './world-skills.ts';

type Skilled = Pick<Earnings, 'uses'>;

/** Those of a place that the character finds. */
export function gatheredKinds(kinds: readonly Material[], skilled: Skilled): readonly Material[] {
  return skillLevel(skilled, 'gathering') >= ALL_MATERIALS_LEVEL ? kinds : kinds.slice(0, 1);
}

/** Of the first kind; of each other that is found there is one. */
export function gathered(draw: Draw, kinds: readonly Material[], skilled: Skilled): Stacks {
  const [first, ...others] = gatheredKinds(kinds, skilled);
  if (first === undefined) return {};
  const percent = GATHERED * (100 + skillEffects.gathering * skillLevel(skilled, 'gathering'));
  const amount = Math.floor(percent / 100) + Number(draw(100) < percent % 100);
  return { [first]: amount, ...Object.fromEntries(others.map((kind) => [kind, 1])) };
}

/** What a shop pays for all of them, rounded down. */
export function goldFor(stacks: Stacks, skilled: Skilled): number {
  const percent = 100 + skillEffects.trade * skillLevel(skilled, 'trade');
  const full = materialIds.reduce(
    (sum, kind) => sum + MATERIAL_GOLD * materials[kind].tier * (stacks[kind] ?? 0),
    0,
  );
  return Math.floor((full * percent) / 100);
}

/** What one has more than the other. */
export function addedStacks(before: Stacks, after: Stacks): Stacks {
  return Object.fromEntries(
    materialIds
      .map((kind) => [kind, (after[kind] ?? 0) - (before[kind] ?? 0)] as const)
      .filter(([, amount]) => amount > 0),
  );
}

export function hasAny(stacks: Stacks): boolean {
  return materialIds.some((kind) => (stacks[kind] ?? 0) > 0);
}
