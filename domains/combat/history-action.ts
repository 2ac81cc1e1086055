import { z } from 'zod';
import { BATTLES_ON_A_PAGE } from '../../resources/numbers/history.ts';
import { battleIdSchema as battleId } from './combat-action.ts';

/** Ms since the epoch; databases do not know all later dates. */
const endedAtMs = z.int().min(0).max(9_999_999_999_999);
/** Position of a battle on its page, from 1. */
const place = z.int().min(1).max(BATTLES_ON_A_PAGE);
const step = z.int().min(1).max(9999);

export const historyActionSchema = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('history') }),
  z.strictObject({
    action: z.literal('history.newer'),
    value: z.strictObject({ endedAtMs, battleId }),
  }),
  z.strictObject({
    action: z.literal('history.older'),
    value: z.strictObject({ endedAtMs, battleId }),
  }),
  /** The page where a battle has this place: its own cursor would not fit into a replay button. */
  z.strictObject({
    action: z.literal('history.page'),
    value: z.strictObject({ endedAtMs, battleId, place }),
  }),
  z.strictObject({
    action: z.literal('history.replay'),
    value: z.strictObject({ battleId, step, place }),
  }),
]);
export type HistoryAction = z.infer<typeof historyActionSchema>;
