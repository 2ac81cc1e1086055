import { z } from 'zod';

/**
 * What must not be lost with an erasure: it applies again when the user comes back. Unknown fields are of a newer
 * release and stay.
 */
export const keptSchema = z.looseObject({
  /** Users who have blocked them. */
  blockedBy: z.array(z.int()).optional(),
  /** `untilMs`: null for ever. */
  ban: z
    .strictObject({
      untilMs: z.number().nullable(),
      reason: z.string(),
      isRatedOnly: z.boolean().optional(),
    })
    .optional(),
  /** The end of a pause for leaving battles. */
  leaverPauseUntilMs: z.number().optional(),
  /** Of each of their characters, the best one first. */
  ratings: z
    .array(
      z.strictObject({
        ladder: z.string(),
        /** The latest season in which the character was rated. */
        season: z.int().min(0),
        mu: z.number(),
        sigma: z.number(),
        /** Rated battles of that season. */
        battles: z.int().min(1),
        /** Rated battles of all seasons. */
        lifetime: z.int().min(1),
      }),
    )
    .optional(),
});
export type Kept = z.infer<typeof keptSchema>;
