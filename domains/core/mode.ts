import { z } from 'zod';

/** The ways to fight that exist today. A mode is listed here once it can be played. */
export const modes = ['1v1'] as const;

export const modeSchema = z.enum(modes);
export type Mode = z.infer<typeof modeSchema>;
