import { z } from 'zod';
import { NOTICES_A_DAY } from '../../resources/numbers/board.ts';
import { versionSchema as version } from './character-action.ts';

export const boardActionSchema = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('board') }),
  z.strictObject({
    action: z.literal('board.claim'),
    value: z.strictObject({
      place: z.int().min(1).max(NOTICES_A_DAY),
      /** See `dayOf`. */
      day: z.int().min(0).max(999_999),
      version,
    }),
  }),
]);
export type BoardAction = z.infer<typeof boardActionSchema>;
