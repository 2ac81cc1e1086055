import { z } from 'zod';
import { modeSchema } from '../core/mode.ts';

export const arenaActionSchema = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('arena.menu') }),
  z.strictObject({ action: z.literal('arena.mode'), mode: modeSchema }),
  z.strictObject({ action: z.literal('arena.join'), mode: modeSchema }),
  z.strictObject({ action: z.literal('arena.check'), mode: modeSchema }),
  z.strictObject({ action: z.literal('arena.cancel'), mode: modeSchema }),
]);
export type ArenaAction = z.infer<typeof arenaActionSchema>;
