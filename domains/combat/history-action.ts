import { z } from 'zod';
import { BATTLES_ON_A_PAGE } from '../../resources/numbers/history.ts';
import { battleIdSchema as battleId } from './combat-action.ts';

/** When a battle ended; no calendar of a database has to know a later day. */
const endedAtMs = z.int().min(0).max(9_999_999_999_999);
/** Where on its page a battle stands, from 1. */
const place = z.int().min(1).max(BATTLES_ON_A_PAGE);
/** What was done in a battle, in order, from 1. */
const step = z.int().min(1).max(9999);

export const historyActionSchema = z.discriminatedUnion('action', [
  /** The latest battles. */
  z.strictObject({ action: z.literal('history') }),
  /** The page beside a battle. */
  z.strictObject({
    action: z.literal('history.newer'),
    value: z.strictObject({ endedAtMs, battleId }),
  }),
  z.strictObject({
    action: z.literal('history.older'),
    value: z.strictObject({ endedAtMs, battleId }),
  }),
  /** The page on which a battle has this place: its own cursor would not fit beside a replay's. */
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
