import { z } from 'zod';
import {
  accountContextSchema,
  archetypeSchema,
  genderSchema,
  statsSchema,
} from './account-context.ts';

export { START_LOCATION } from '../../resources/numbers/account.ts';

/** `CharacterReadDTO` of the seeds: a row of the lobby. A shell has no name yet. */
export const characterSchema = z.strictObject({
  character_id: z.int().positive(),
  user_id: z.int(),
  name: z.string().nullable(),
  gender: genderSchema.nullable(),
  archetype: archetypeSchema.nullable(),
  location_id: z.string(),
  vitals_snapshot: statsSchema.nullable(),
  created_at: z.string(),
  /** Left out until they have been saved: then the archetype says what they are. */
  attributes: accountContextSchema.shape.attributes.optional(),
  skills: accountContextSchema.shape.skills.optional(),
});
export type Character = z.infer<typeof characterSchema>;

/** A character is a shell until its archetype is known: onboarding has not been finished. */
export function isShell(character: Pick<Character, 'name' | 'archetype'>): boolean {
  return character.name === null || character.archetype === null;
}
