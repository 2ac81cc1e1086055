import { z } from 'zod';
import { battleIdSchema as battleId } from './combat-action.ts';

export const profileActionSchema = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('profile') }),
  z.strictObject({ action: z.literal('profile.achievements') }),
  z.strictObject({ action: z.literal('profile.curve') }),
  /** Of the opponent in a battle of the reader. */
  z.strictObject({ action: z.literal('profile.opponent'), value: z.strictObject({ battleId }) }),
]);
export type ProfileAction = z.infer<typeof profileActionSchema>;
