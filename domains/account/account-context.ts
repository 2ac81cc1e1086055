import { z } from 'zod';
import type { RecordFormat } from '../core/versioned.ts';

export const accountStateSchema = z.enum(['ONBOARDING', 'SCENARIO', 'EXPLORATION', 'COMBAT']);
export type AccountState = z.infer<typeof accountStateSchema>;

export const genders = ['male', 'female'] as const;
export const genderSchema = z.enum(genders);
export type Gender = z.infer<typeof genderSchema>;

export const archetypes = ['warrior', 'duelist', 'guardian', 'mystic'] as const;
export const archetypeSchema = z.enum(archetypes);
export type Archetype = z.infer<typeof archetypeSchema>;

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
/** In the order of the screens. */
export const attributeNames = attributesSchema.keyof().options;
export type AttributeName = (typeof attributeNames)[number];

export const vitalSchema = z.strictObject({ cur: points, max: points });
export type Vital = z.infer<typeof vitalSchema>;
export const statsSchema = z.strictObject({
  hp: vitalSchema,
  mp: vitalSchema,
  stamina: vitalSchema,
});
export type Stats = z.infer<typeof statsSchema>;
export const vitalNameSchema = statsSchema.keyof();
export type VitalName = z.infer<typeof vitalNameSchema>;

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
  /** Of the story that the character is in: its key and run. */
  scenario_id: z.string().nullable(),
});
export type Sessions = z.infer<typeof sessionsSchema>;

/**
 * What the worn items add to the attributes. Copied from the database after each change; `version` is
 * that of the journey (see `Journey`), 0 before the first.
 */
export const gearSchema = z.strictObject({
  version: z.int().min(0),
  bonus: attributesSchema.partial(),
});
export type Gear = z.infer<typeof gearSchema>;
export const noGear: Gear = { version: 0, bonus: {} };

/** Techniques for battles; null: all that are known, as before the first is learned. */
export const loadoutSchema = z.array(z.string()).nullable();
export type Loadout = z.infer<typeof loadoutSchema>;

export const ACCOUNT_VERSION = 3;

/** A character's live session: the document `ac:{char_id}`. */
export const accountContextSchema = z.strictObject({
  schema: z.literal<number>(ACCOUNT_VERSION),
  user_id: z.int().nullable().optional(),
  state: accountStateSchema,
  bio: bioSchema,
  location: locationSchema,
  stats: statsSchema,
  attributes: attributesSchema,
  sessions: sessionsSchema,
  /** Technique id to its level, from 1. */
  skills: z.record(z.string(), z.int().min(0)),
  gear: gearSchema,
  loadout: loadoutSchema,
});
export type AccountContext = z.infer<typeof accountContextSchema>;

const olderSessionsSchema = sessionsSchema.omit({ scenario_id: true });

/** The first version does not store its number; version 2 adds gear and loadout, version 3 `scenario_id`. */
export const accountFormat: RecordFormat<AccountContext> = {
  version: ACCOUNT_VERSION,
  upgradeFrom: {
    1: (old) => ({ ...old, gear: noGear, loadout: null }),
    2: ({ sessions, ...old }) => {
      const known = olderSessionsSchema.safeParse(sessions).data;
      return { ...old, sessions: known === undefined ? sessions : { ...known, scenario_id: null } };
    },
  },
  schema: accountContextSchema,
};
