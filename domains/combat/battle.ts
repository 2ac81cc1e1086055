import { z } from 'zod';
import { archetypeSchema, attributesSchema, statsSchema } from '../account/account-context.ts';
import { shadowLevels } from '../../resources/numbers/shadow.ts';
import {
  ailmentIds,
  type effectIds,
  stanceIds,
  techniqueIds,
} from '../../resources/numbers/techniques.ts';

export const zones = ['head', 'chest', 'belly', 'legs'] as const;
export const zoneSchema = z.enum(zones);
export type Zone = z.infer<typeof zoneSchema>;

/** A guard covers two adjacent zones. */
export const guards = ['head-chest', 'chest-belly', 'belly-legs'] as const;
export const guardSchema = z.enum(guards);
export type Guard = z.infer<typeof guardSchema>;

export const techniqueSchema = z.enum(techniqueIds);
export type TechniqueId = z.infer<typeof techniqueSchema>;

/** A technique that does more than change the blow. */
export const stanceSchema = z.enum(stanceIds);
export type StanceId = z.infer<typeof stanceSchema>;

/** An effect that comes from the opponent. */
export const ailmentSchema = z.enum(ailmentIds);
export type AilmentId = z.infer<typeof ailmentSchema>;

/** What players can say to each other. */
export const emotes = ['thumbs_up', 'sweat', 'anger', 'gg'] as const;
export const emoteSchema = z.enum(emotes);
export type Emote = z.infer<typeof emoteSchema>;

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

export const shadowLevelSchema = z.enum(shadowLevels);
export type ShadowLevel = z.infer<typeof shadowLevelSchema>;

/** A fighter at the start of a battle; a handicap is less than the full health. */
export const fighterSheetSchema = z.strictObject({
  archetype: archetypeSchema,
  attributes: attributesSchema,
  stats: statsSchema,
  techniques: z.array(techniqueSchema),
  /** Of a Shadow below the master's level, which is the only one that earlier releases know. */
  shadow: shadowLevelSchema.exclude(['master']).exactOptional(),
});
export type FighterSheet = z.infer<typeof fighterSheetSchema>;

/** Remaining exchanges of an effect, the next one included; 0: none. */
const turnsLeft = z.int().min(0);
export const effectsSchema = z.strictObject({
  dazed: turnsLeft,
  winded: turnsLeft,
  hobbled: turnsLeft,
  daunted: turnsLeft,
  fury: turnsLeft,
});
export type Effects = z.infer<typeof effectsSchema>;

/** A fighter during a battle. */
export const fighterSchema = fighterSheetSchema.omit({ shadow: true }).extend({
  effects: effectsSchema,
  /** Used in the last exchange: no technique can be used twice in a row. */
  lastTechnique: techniqueSchema.nullable(),
});
export type Fighter = z.infer<typeof fighterSchema>;

/** Why a battle ends before it is fought to its end. `operator`: an operator ended it, and nobody wins. */
export const forfeitReasons = ['surrender', 'idle', 'operator'] as const;
export type ForfeitReason = (typeof forfeitReasons)[number];

export const outcomeSchema = z.strictObject({
  /** null: a draw. */
  winner: sideSchema.nullable(),
  reason: z.enum(['knockout', 'turn_limit', ...forfeitReasons]),
});
export type Outcome = z.infer<typeof outcomeSchema>;

const word = z.int().min(-2_147_483_648).max(2_147_483_647);
/** `rules/rules-of.ts` knows which versions exist. */
export const rulesVersionSchema = z.int().positive();
export const seedSchema = z.string().regex(/^[0-9a-f]{32}$/);

/** A battle between two exchanges: plain, complete, immutable data. */
export const battleSchema = z.strictObject({
  /** The version of its rules; records without one are of version 1. */
  rules: rulesVersionSchema.default(1),
  seed: seedSchema,
  /** Number of the next exchange, from 1; of the last one once the battle has ended. */
  turn: z.int().min(1),
  /** State of the random generator: four 32-bit words. */
  chance: z.tuple([word, word, word, word]),
  fighters: z.tuple([fighterSchema, fighterSchema]),
  outcome: outcomeSchema.nullable(),
});
export type Battle = z.infer<typeof battleSchema>;

/** With seed and sheets, the inputs of a battle replay it exactly. */
export const inputSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('exchange'), moves: z.tuple([moveSchema, moveSchema]) }),
  z.strictObject({
    kind: z.literal('forfeit'),
    /** null: both. */
    side: sideSchema.nullable(),
    reason: z.enum(forfeitReasons),
  }),
]);
export type Input = z.infer<typeof inputSchema>;

const inTurn = { turn: z.int().min(1), side: sideSchema };
const amount = z.int().min(0);

/** `side` is always the one that acts. */
export const battleEventSchema = z.discriminatedUnion('kind', [
  /** From this turn on the damage grows with every exchange. */
  z.strictObject({ kind: z.literal('crowd'), turn: z.int().min(1) }),
  /** A stance before the blows, and what it restored. */
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
    /** The zone that was struck; a successful feint pretended another one. */
    zone: zoneSchema,
    feintedFrom: zoneSchema.nullable(),
    technique: techniqueSchema.nullable(),
    result: z.enum(['miss', 'dodge', 'parry', 'block', 'hit']),
    crit: z.boolean(),
    /** Health that the opponent lost. */
    amount,
    /** The effect on the opponent. */
    effect: ailmentSchema.nullable(),
    /** Health that the attacker gained. */
    drained: amount,
  }),
  /** The counter-attack after a parry. */
  z.strictObject({ kind: z.literal('counter'), ...inTurn, amount }),
  /** An effect on the opponent that no blow caused. */
  z.strictObject({ kind: z.literal('mark'), ...inTurn, effect: ailmentSchema }),
  z.strictObject({ kind: z.literal('end'), turn: z.int().min(1), outcome: outcomeSchema }),
]);
export type BattleEvent = z.infer<typeof battleEventSchema>;
export type BlowEvent = Extract<BattleEvent, { kind: 'blow' }>;
