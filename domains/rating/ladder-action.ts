import { z } from 'zod';
import { groups, scopes } from './ladder.ts';

export const ladderActionSchema = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('top') }),
  z.strictObject({
    action: z.literal('top.list'),
    value: z.strictObject({ scope: z.enum(scopes), of: z.enum(groups) }),
  }),
  z.strictObject({ action: z.literal('season') }),
]);
export type LadderAction = z.infer<typeof ladderActionSchema>;
