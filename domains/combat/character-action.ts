import { z } from 'zod';

export const characterActionSchema = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('character') }),
]);
export type CharacterAction = z.infer<typeof characterActionSchema>;
