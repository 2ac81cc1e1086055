import { z } from 'zod';
import { techniqueSchema as technique } from '../combat/battle.ts';
import { versionSchema as version } from './character-action.ts';

const maybe = technique.nullable();

export const techniquesActionSchema = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('techniques') }),
  /** The techniques that stay while the player chooses another; nothing is changed. */
  z.strictObject({
    action: z.literal('techniques.draft'),
    value: z.strictObject({ first: maybe, second: maybe }),
  }),
  z.strictObject({
    action: z.literal('techniques.save'),
    value: z.strictObject({ first: technique, second: technique, third: technique, version }),
  }),
  z.strictObject({ action: z.literal('techniques.learning') }),
  z.strictObject({
    action: z.literal('techniques.learn'),
    value: z.strictObject({ technique, version }),
  }),
]);
export type TechniquesAction = z.infer<typeof techniquesActionSchema>;
