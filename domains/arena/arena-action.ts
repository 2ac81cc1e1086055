import { z } from 'zod';
import { shadowLevelSchema } from '../combat/battle.ts';
import { modeSchema } from '../core/mode.ts';

export const arenaActionSchema = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('arena.menu') }),
  z.strictObject({ action: z.literal('arena.mode'), mode: modeSchema }),
  z.strictObject({ action: z.literal('arena.join'), mode: modeSchema }),
  z.strictObject({ action: z.literal('arena.check'), mode: modeSchema }),
  /** As a check, but the Shadow does not wait for its time. */
  z.strictObject({ action: z.literal('arena.shadow'), mode: modeSchema }),
  /** Trains at the only level that is reached, or shows the levels. */
  z.strictObject({ action: z.literal('arena.training'), mode: modeSchema }),
  z.strictObject({
    action: z.literal('arena.train'),
    mode: modeSchema,
    value: shadowLevelSchema,
  }),
  z.strictObject({ action: z.literal('arena.cancel'), mode: modeSchema }),
]);
export type ArenaAction = z.infer<typeof arenaActionSchema>;
