import { z } from 'zod';

/** All of them are open to everybody, whatever else a user may not do. */
export const privacyActionSchema = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('privacy') }),
  z.strictObject({ action: z.literal('privacy.data') }),
  z.strictObject({ action: z.literal('privacy.forget') }),
  z.strictObject({ action: z.literal('privacy.forget_confirmed') }),
  z.strictObject({ action: z.literal('privacy.support') }),
  /** A page of the blocked users, from 0. */
  z.strictObject({ action: z.literal('privacy.blocks'), value: z.int().min(0).max(99) }),
  z.strictObject({ action: z.literal('privacy.unblock'), value: z.int().positive() }),
]);
export type PrivacyAction = z.infer<typeof privacyActionSchema>;
