import { z } from 'zod';
import { emoteSchema, guardSchema, techniqueSchema, zoneSchema } from './battle.ts';

export const battleIdSchema = z.string().regex(/^[a-z0-9]{1,24}$/);
const battleId = battleIdSchema;
/** A tap for another turn than the current one changes nothing. */
const turn = z.int().min(1).max(9999);

export const combatActionSchema = z.discriminatedUnion('action', [
  z.strictObject({
    action: z.literal('battle.strike'),
    value: z.strictObject({ battleId, turn, zone: zoneSchema }),
  }),
  z.strictObject({
    action: z.literal('battle.guard'),
    value: z.strictObject({ battleId, turn, guard: guardSchema }),
  }),
  z.strictObject({
    action: z.literal('battle.technique'),
    value: z.strictObject({ battleId, turn, technique: techniqueSchema.nullable() }),
  }),
  z.strictObject({ action: z.literal('battle.look'), value: z.strictObject({ battleId }) }),
  z.strictObject({ action: z.literal('battle.opponent'), value: z.strictObject({ battleId }) }),
  z.strictObject({
    action: z.literal('battle.emote'),
    value: z.strictObject({ battleId, exchange: turn, emote: emoteSchema }),
  }),
  z.strictObject({ action: z.literal('battle.block'), value: z.strictObject({ battleId }) }),
  z.strictObject({
    action: z.literal('battle.block_confirmed'),
    value: z.strictObject({ battleId }),
  }),
  z.strictObject({ action: z.literal('battle.unblock'), value: z.strictObject({ battleId }) }),
  z.strictObject({ action: z.literal('battle.surrender'), value: z.strictObject({ battleId }) }),
  z.strictObject({
    action: z.literal('battle.surrender_confirmed'),
    value: z.strictObject({ battleId }),
  }),
]);
export type CombatAction = z.infer<typeof combatActionSchema>;
