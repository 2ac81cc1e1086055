import { z } from 'zod';
import { archetypeSchema, attributesSchema, statsSchema } from '../account/account-context.ts';
import { techniqueIds } from '../../resources/numbers/techniques.ts';

export const zones = ['head', 'chest', 'belly', 'legs'] as const;
export const zoneSchema = z.enum(zones);
export type Zone = z.infer<typeof zoneSchema>;

/** Two adjacent zones. */
export const guards = ['head-chest', 'chest-belly', 'belly-legs'] as const;
export const guardSchema = z.enum(guards);
export type Guard = z.infer<typeof guardSchema>;

/** A feint or ability. */
export const techniqueSchema = z.enum(techniqueIds);
export type TechniqueId = z.infer<typeof techniqueSchema>;

/** One side's choice for one turn. */
export const moveSchema = z.strictObject({
  strike: zoneSchema,
  guard: guardSchema,
  technique: techniqueSchema.nullable(),
});
export type Move = z.infer<typeof moveSchema>;

export type Side = 0 | 1;
export const sideSchema = z.literal([0, 1]);

/** What a fighter brings: enough to begin a battle. */
export const fighterSheetSchema = z.strictObject({
  archetype: archetypeSchema,
  attributes: attributesSchema,
  stats: statsSchema,
  techniques: z.array(techniqueSchema),
});
export type FighterSheet = z.infer<typeof fighterSheetSchema>;

export const outcomeSchema = z.strictObject({
  /** null: a draw. */
  winner: sideSchema.nullable(),
  reason: z.enum(['knockout', 'surrender', 'idle', 'turn_limit']),
});
export type Outcome = z.infer<typeof outcomeSchema>;

/** What happened in a battle, in order: with the seed and the sheets it replays exactly. */
export const inputSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('exchange'), moves: z.tuple([moveSchema, moveSchema]) }),
  z.strictObject({
    kind: z.literal('forfeit'),
    side: sideSchema,
    reason: z.enum(['surrender', 'idle']),
  }),
]);
export type Input = z.infer<typeof inputSchema>;
