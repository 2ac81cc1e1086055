import { z } from 'zod';
import type { RecordFormat } from '../core/versioned.ts';

/** Where a character stands in the game; the seeds' names. */
export const accountStates = ['ONBOARDING', 'SCENARIO', 'EXPLORATION', 'COMBAT'] as const;
export const accountStateSchema = z.enum(accountStates);
export type AccountState = z.infer<typeof accountStateSchema>;

export const genders = ['male', 'female'] as const;
export const genderSchema = z.enum(genders);
export type Gender = z.infer<typeof genderSchema>;

export const archetypes = ['warrior', 'duelist', 'guardian', 'mystic'] as const;
export const archetypeSchema = z.enum(archetypes);
export type Archetype = z.infer<typeof archetypeSchema>;

export const attributeNames = [
  'strength',
  'agility',
  'endurance',
  'intelligence',
  'wisdom',
  'men',
  'perception',
  'charisma',
  'luck',
] as const;
export type AttributeName = (typeof attributeNames)[number];

const points = z.int().min(0).max(1_000_000);
export const attributesSchema = z.strictObject({
  strength: points,
  agility: points,
  endurance: points,
  intelligence: points,
  wisdom: points,
  men: points,
  perception: points,
  charisma: points,
  luck: points,
});
export type Attributes = z.infer<typeof attributesSchema>;

export const vitalNames = ['hp', 'mp', 'stamina'] as const;
export const vitalNameSchema = z.enum(vitalNames);
export type VitalName = z.infer<typeof vitalNameSchema>;
export const vitalSchema = z.strictObject({ cur: points, max: points });
export type Vital = z.infer<typeof vitalSchema>;
export const statsSchema = z.strictObject({
  hp: vitalSchema,
  mp: vitalSchema,
  stamina: vitalSchema,
});
export type Stats = z.infer<typeof statsSchema>;

/** `name`, `gender` and `archetype` stay null until onboarding has asked for them. */
export const bioSchema = z.strictObject({
  name: z.string().nullable(),
  gender: genderSchema.nullable(),
  created_at: z.string().nullable(),
  archetype: archetypeSchema.nullable().optional(),
});
export type Bio = z.infer<typeof bioSchema>;

export const locationSchema = z.strictObject({ current: z.string(), prev: z.string().nullable() });
export type Location = z.infer<typeof locationSchema>;

export const sessionsSchema = z.strictObject({
  combat_id: z.string().nullable(),
  inventory_id: z.string().nullable(),
});
export type Sessions = z.infer<typeof sessionsSchema>;

/** The document `ac:{char_id}`: a character's live session. Field names are the seeds'. */
export const accountContextSchema = z.strictObject({
  user_id: z.int().nullable().optional(),
  state: accountStateSchema,
  bio: bioSchema,
  location: locationSchema,
  stats: statsSchema,
  attributes: attributesSchema,
  sessions: sessionsSchema,
  /** Technique id to its level, from 1. */
  skills: z.record(z.string(), z.int().min(0)),
});
export type AccountContext = z.infer<typeof accountContextSchema>;

/** The first form, which does not name its version: the seeds' fields, and what became optional since. */
export const accountFormat: RecordFormat<AccountContext> = {
  version: 1,
  upgradeFrom: {},
  schema: accountContextSchema,
};
