import { z } from 'zod';
import { worldSkills } from '../../resources/numbers/exploration.ts';
import {
  type Archetype,
  type AttributeName,
  type Attributes,
  archetypeSchema,
  attributesSchema,
} from '../account/account-context.ts';
import { type TemplateId, templateSchema } from '../inventory/item.ts';
import { flagSchema } from '../inventory/story-session.ts';

export const worldSkillSchema = z.enum(worldSkills);
export type WorldSkill = z.infer<typeof worldSkillSchema>;

/** What a scenario reads of a character. */
export interface Hero {
  readonly archetype: Archetype;
  readonly level: number;
  /** With the worn items. */
  readonly attributes: Readonly<Attributes>;
  /** Levels, 0 to 5; absent: 0. */
  readonly skills: Readonly<Partial<Record<WorldSkill, number>>>;
  /** In the bag, in the chest and worn. */
  readonly items: readonly TemplateId[];
}

export const attributeNameSchema = attributesSchema.keyof();
const count = z.int().positive();

/** All kinds of conditions; a kind that is not here cannot be written. */
export type Condition =
  | { readonly attribute: AttributeName; readonly atLeast: number }
  | { readonly level: number }
  | { readonly archetype: Archetype }
  | { readonly flag: string; readonly atLeast?: number | undefined }
  | { readonly item: TemplateId }
  | { readonly skill: WorldSkill; readonly atLeast: number }
  | { readonly not: Condition }
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] };

export const conditionSchema: z.ZodType<Condition> = z.lazy(() =>
  z.union([
    z.strictObject({ attribute: attributeNameSchema, atLeast: count }),
    z.strictObject({ level: count }),
    z.strictObject({ archetype: archetypeSchema }),
    z.strictObject({ flag: flagSchema, atLeast: count.optional() }),
    z.strictObject({ item: templateSchema }),
    z.strictObject({ skill: worldSkillSchema, atLeast: count }),
    z.strictObject({ not: conditionSchema }),
    z.strictObject({ all: z.array(conditionSchema).min(1) }),
    z.strictObject({ any: z.array(conditionSchema).min(1) }),
  ]),
);

export type Flags = Readonly<Record<string, number>>;

export function holds(condition: Condition, hero: Hero, flags: Flags): boolean {
  if ('not' in condition) return !holds(condition.not, hero, flags);
  if ('all' in condition) return condition.all.every((one) => holds(one, hero, flags));
  if ('any' in condition) return condition.any.some((one) => holds(one, hero, flags));
  if ('attribute' in condition) return hero.attributes[condition.attribute] >= condition.atLeast;
  if ('level' in condition) return hero.level >= condition.level;
  if ('archetype' in condition) return hero.archetype === condition.archetype;
  if ('flag' in condition) return (flags[condition.flag] ?? 0) >= (condition.atLeast ?? 1);
  if ('item' in condition) return hero.items.includes(condition.item);
  return (hero.skills[condition.skill] ?? 0) >= condition.atLeast;
}
