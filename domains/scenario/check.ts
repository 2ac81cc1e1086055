import type { Hero } from './condition.ts';
import type { Check } from './scenario.ts';

const SIDES = 20;
/** What a level of the skill adds. */
const PER_LEVEL = 2;

/** What happened in a check. */
export interface CheckResult {
  readonly passed: boolean;
  /** 1 to 20. */
  readonly thrown: number;
  readonly bonus: number;
  readonly against: number;
}

/** The exact chance to pass, in percent: a multiple of 5. */
export function chanceOf(check: Check, hero: Hero): number {
  const passing = SIDES + 1 - (check.against - bonusOf(check, hero));
  return (100 / SIDES) * Math.min(SIDES, Math.max(0, passing));
}

/** `thrown`: by a die of 20 sides. */
export function resultOf(check: Check, hero: Hero, thrown: number): CheckResult {
  const bonus = bonusOf(check, hero);
  return { passed: thrown + bonus >= check.against, thrown, bonus, against: check.against };
}

function bonusOf({ attribute, skill }: Check, { attributes, skills }: Hero): number {
  return attributes[attribute] + (skill === undefined ? 0 : PER_LEVEL * (skills[skill] ?? 0));
}
