import {
  type WorldSkill,
  worldSkillUses,
  worldSkills,
} from '../../resources/numbers/exploration.ts';
import type { Earnings } from '../inventory/journey.ts';

export type { WorldSkill };

export interface SkillView {
  readonly skill: WorldSkill;
  /** 0 to 5. */
  readonly level: number;
  readonly uses: number;
  /** Uses with which the next level is reached; null: it is the last. */
  readonly nextAt: number | null;
}

/** 0 to 5. */
export function worldSkillLevel(uses: number): number {
  return worldSkillUses.filter((needed) => uses >= needed).length;
}

export function skillLevel({ uses }: Pick<Earnings, 'uses'>, skill: WorldSkill): number {
  return worldSkillLevel(uses[skill] ?? 0);
}

export function skillViews({ uses }: Pick<Earnings, 'uses'>): SkillView[] {
  return worldSkills.map((skill) => {
    const used = uses[skill] ?? 0;
    const level = worldSkillLevel(used);
    return { skill, level, uses: used, nextAt: worldSkillUses[level] ?? null };
  });
}

/** The skills that have reached a new level. */
export function risenSkills(
  before: Pick<Earnings, 'uses'>,
  after: Pick<Earnings, 'uses'>,
): SkillView[] {
  return skillViews(after).filter(({ skill, level }) => level > skillLevel(before, skill));
}
