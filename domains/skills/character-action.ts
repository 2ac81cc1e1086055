import { z } from 'zod';
import { attributesSchema } from '../account/account-context.ts';

const attribute = attributesSchema.keyof();
/** The version of the journey that the button was made with. */
export const versionSchema = z.int().min(0);

export const characterActionSchema = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('character') }),
  z.strictObject({ action: z.literal('points') }),
  z.strictObject({
    action: z.literal('points.spend'),
    value: z.strictObject({ attribute, version: versionSchema }),
  }),
  /** Asks whether to spend the last point. */
  z.strictObject({
    action: z.literal('points.last'),
    value: z.strictObject({ attribute, version: versionSchema }),
  }),
]);
export type CharacterAction = z.infer<typeof characterActionSchema>;
