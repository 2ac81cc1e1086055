import { z } from 'zod';

export const modes = ['1v1'] as const;

export const modeSchema = z.enum(modes);
export type Mode = z.infer<typeof modeSchema>;
