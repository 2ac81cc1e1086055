import { z } from 'zod';
import {
  accountContextSchema,
  archetypeSchema,
  genderSchema,
  statsSchema,
} from './account-context.ts';

export { START_LOCATION } from '../../resources/numbers/account.ts';

/** A row of the lobby (the seeds' `CharacterReadDTO`). */
export const characterSchema = z.strictObject({
  character_id: z.int().positive(),
  user_id: z.int(),
  name: z.string().nullable(),
  gender: genderSchema.nullable(),
  archetype: archetypeSchema.nullable(),
  location_id: z.string(),
  vitals_snapshot: statsSchema.nullable(),
  created_at: z.string(),
  /** Until attributes and skills are saved, they follow from the archetype. */
  attributes: accountContextSchema.shape.attributes.optional(),
  skills: accountContextSchema.shape.skills.optional(),
  /** Absent: the character has never worn anything, or chosen techniques. */
  gear: accountContextSchema.shape.gear.optional(),
  loadout: accountContextSchema.shape.loadout.optional(),
});
export type Character = z.infer<typeof characterSchema>;

/** A shell is a character that has not finished onboarding. */
export function isShell(character: Pick<Character, 'name' | 'archetype'>): boolean {
  return character.name === null || character.archetype === null;
}
