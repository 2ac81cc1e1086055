import { z } from 'zod';
import { archetypeSchema, attributesSchema, statsSchema } from '../account/account-context.ts';
import {
  ailmentIds,
  type effectIds,
  stanceIds,
  techniqueIds,
} from '../../resources/numbers/techniques.ts';

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

/** A technique that is more than a changed blow. */
export const stanceSchema = z.enum(stanceIds);
export type StanceId = z.infer<typeof stanceSchema>;

/** What a foe may leave on a fighter. */
export const ailmentSchema = z.enum(ailmentIds);
export type AilmentId = z.infer<typeof ailmentSchema>;

/** What lingers on a fighter. */
export type EffectId = (typeof effectIds)[number];

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

/** Exchanges that each effect still lasts, the coming one included; 0: not there. */
const turnsLeft = z.int().min(0);
export const effectsSchema = z.strictObject({
  dazed: turnsLeft,
  winded: turnsLeft,
  hobbled: turnsLeft,
  daunted: turnsLeft,
  fury: turnsLeft,
});
export type Effects = z.infer<typeof effectsSchema>;

/** A fighter in the midst of a battle. */
export const fighterSchema = fighterSheetSchema.extend({
  effects: effectsSchema,
  /** What he used in the last exchange: nothing is used twice in a row. */
  lastTechnique: techniqueSchema.nullable(),
});
export type Fighter = z.infer<typeof fighterSchema>;

export const outcomeSchema = z.strictObject({
  /** null: a draw. */
  winner: sideSchema.nullable(),
  reason: z.enum(['knockout', 'surrender', 'idle', 'turn_limit']),
});
export type Outcome = z.infer<typeof outcomeSchema>;

const word = z.int().min(-2_147_483_648).max(2_147_483_647);
/** See `rules/rules-of.ts`, which knows what versions there are. */
export const rulesVersionSchema = z.int().positive();
export const seedSchema = z.string().regex(/^[0-9a-f]{32}$/);

/** A battle between two exchanges: plain data, complete, and never changed in place. */
export const battleSchema = z.strictObject({
  /** The version of the rules it is fought by; what does not say so is of the first. */
  rules: rulesVersionSchema.default(1),
  seed: seedSchema,
  /** The exchange that is to come, from 1; once it has ended, the last one fought. */
  turn: z.int().min(1),
  /** Where its chance stands: four 32-bit words. */
  chance: z.tuple([word, word, word, word]),
  fighters: z.tuple([fighterSchema, fighterSchema]),
  outcome: outcomeSchema.nullable(),
});
export type Battle = z.infer<typeof battleSchema>;

/** What happened in a battle, in order: with the seed and the sheets it replays exactly. */
export const inputSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('exchange'), moves: z.tuple([moveSchema, moveSchema]) }),
  z.strictObject({
    kind: z.literal('forfeit'),
    /** null: both. */
    side: sideSchema.nullable(),
    reason: z.enum(['surrender', 'idle']),
  }),
]);
export type Input = z.infer<typeof inputSchema>;

const inTurn = { turn: z.int().min(1), side: sideSchema };
const amount = z.int().min(0);

/** Facts of an exchange, enough to tell it. `side` is always the one who acts. */
export const battleEventSchema = z.discriminatedUnion('kind', [
  /** From here on blows hurt more with every exchange. */
  z.strictObject({ kind: z.literal('crowd'), turn: z.int().min(1) }),
  /** A stance taken before the blows, and what it gave back. */
  z.strictObject({
    kind: z.literal('stance'),
    ...inTurn,
    technique: stanceSchema,
    mp: amount,
    stamina: amount,
  }),
  z.strictObject({
    kind: z.literal('blow'),
    ...inTurn,
    /** Where it went; a feint that worked aimed elsewhere. */
    zone: zoneSchema,
    feintedFrom: zoneSchema.nullable(),
    technique: techniqueSchema.nullable(),
    result: z.enum(['miss', 'dodge', 'parry', 'block', 'hit']),
    crit: z.boolean(),
    /** Health taken from the other side. */
    amount,
    /** What the blow left on the other side. */
    effect: ailmentSchema.nullable(),
    /** Health that the blow gave to its owner. */
    drained: amount,
  }),
  /** The answer to a parried blow. */
  z.strictObject({ kind: z.literal('counter'), ...inTurn, amount }),
  /** Something other than a blow left its mark on the other side. */
  z.strictObject({ kind: z.literal('mark'), ...inTurn, effect: ailmentSchema }),
  z.strictObject({ kind: z.literal('end'), turn: z.int().min(1), outcome: outcomeSchema }),
]);
export type BattleEvent = z.infer<typeof battleEventSchema>;
export type BlowEvent = Extract<BattleEvent, { kind: 'blow' }>;
