import { z } from 'zod';
import { accountStateSchema, genderSchema, statsSchema } from '../account/account-context.ts';
import { modeSchema } from '../core/mode.ts';
import { type RecordFormat, versioned } from '../core/versioned.ts';
import { NewerRecordError } from '../core/newer-record-error.ts';
import {
  battleEventSchema,
  battleSchema,
  emoteSchema,
  fighterSheetSchema,
  guardSchema,
  inputSchema,
  moveSchema,
  techniqueSchema,
  zoneSchema,
} from './battle.ts';
import { characterRatingSchema } from './battle-rating.ts';
import { monsterSchema } from './monster.ts';
import { CURRENT_RULES, isKnownRules } from './rules/rules-of.ts';

/** The taps of a side in this turn; complete with strike and guard. */
export const draftSchema = z.strictObject({
  strike: zoneSchema.nullable(),
  guard: guardSchema.nullable(),
  technique: techniqueSchema.nullable(),
});
export type Draft = z.infer<typeof draftSchema>;

/** Results against other characters; see `CharacterRecord`. */
const count = z.int().min(0);
const standingSchema = z.strictObject({ won: count, lost: count, drawn: count, streak: z.int() });

export const sideRecordSchema = z.strictObject({
  /** null: the Shadow or a monster; see `kindOfSide`. */
  charId: z.int().nullable(),
  userId: z.int().nullable(),
  /** null: a character or the Shadow. */
  monster: monsterSchema.nullable().default(null),
  name: z.string(),
  /** null: not known, as in battles of earlier releases. */
  gender: genderSchema.nullable().default(null),
  gs: z.int(),
  /** The record of the character when the battle began; null: not known, or against the Shadow. */
  standing: standingSchema.nullable().default(null),
  /** The rating when the battle began; null: as for `standing`. */
  rating: characterRatingSchema.nullable().default(null),
  /** How long the character searched for this battle; null: as for `standing`. */
  searchedMs: z.int().min(0).nullable().default(null),
  /** Attribute points set aside to make the duel fair; see `levelling.ts`. */
  pointsRemoved: z.int().min(0).default(0),
  /** The last emote of this side, and the exchange in which it was sent; see `emotes.ts`. */
  emote: z
    .strictObject({ emote: emoteSchema, exchange: z.int().positive() })
    .nullable()
    .default(null),
  /** The state that the character gets back after the battle. */
  returnState: accountStateSchema,
  /** The vitals that the character gets back; null: those that the battle leaves. */
  returnStats: statsSchema.nullable().default(null),
  draft: draftSchema,
  /** The complete move, which may change while the other side's is not complete; null while choosing. */
  choice: moveSchema.nullable(),
  /** When the move was first complete; null while choosing. */
  lockedInAtMs: z.number().nullable().default(null),
  /** Consecutive turns that ended without a tap. */
  idleTurns: z.int().min(0),
  /** Exchanges in which a tap chose at least a part of the move; null: not known, in old battles. */
  ownMoves: z.int().min(0).nullable().default(null),
});
export type SideRecord = z.infer<typeof sideRecordSchema>;

export const matchingSchema = z.strictObject({
  /** The share of the GearScore by which the sides could differ after the longer search. */
  window: z.number(),
  /** The predicted chance of the first side to win; null: the ratings could not be read. */
  chance: z.number().nullable(),
  /** Whether the chance was corrected by the results of rated battles. */
  isCalibrated: z.boolean(),
});
export type Matching = z.infer<typeof matchingSchema>;

/** A battle as it is stored. All times are in ms since the epoch. */
export const battleRecordSchema = z.strictObject({
  schema: z.literal(5),
  id: z.string(),
  /** Grows by one with every write; the first is 1. */
  version: z.int().positive(),
  mode: modeSchema,
  sides: z.tuple([sideRecordSchema, sideRecordSchema]),
  /** A replay needs these, the seed in `battle`, and `inputs`. */
  sheets: z.tuple([fighterSheetSchema, fighterSheetSchema]),
  inputs: z.array(inputSchema),
  /** How its sides were matched; null: not known, or against the Shadow. */
  matching: matchingSchema.nullable().default(null),
  battle: battleSchema,
  /** Events of the last exchange. */
  lastEvents: z.array(battleEventSchema),
  startedAtMs: z.number(),
  turnStartedAtMs: z.number(),
  turnEndsAtMs: z.number(),
  /** The end of the last downtime that the turn was extended for. */
  clockStoppedUntilMs: z.number(),
  /** This many consecutive turns without a tap lose the battle. */
  maxIdleTurns: z.int().positive().default(3),
  endedAtMs: z.number().nullable(),
  /** True once vitals, states and seats of both sides have been restored. */
  settled: z.boolean(),
});
export type BattleRecord = z.infer<typeof battleRecordSchema>;

const ruledSchema = z.looseObject({ battle: z.looseObject({ rules: z.int() }) });

/** Unknown later rules mean a newer release, whatever else in the record can be read. */
function refuseLaterRules(stored: unknown): unknown {
  const { success, data } = ruledSchema.safeParse(stored);
  const version = success ? data.battle.rules : CURRENT_RULES;
  if (version > CURRENT_RULES && !isKnownRules(version))
    throw new NewerRecordError(version, CURRENT_RULES);
  return stored;
}

export const battleFormat: RecordFormat<BattleRecord> = {
  version: 5,
  // Version 2 adds the level of a Shadow, genders and `maxIdleTurns`, version 3 records, emotes and
  // `pointsRemoved` of the sides, version 4 `matching`, and ratings, searches and own moves of the
  // sides; they may all be absent. Version 5 adds the end by an operator, and monsters and `returnStats` of
  // the sides, which may be absent.
  upgradeFrom: { 1: (old) => old, 2: (old) => old, 3: (old) => old, 4: (old) => old },
  schema: z.unknown().transform(refuseLaterRules).pipe(battleRecordSchema),
};

/** Reads records of every release up to this one. */
export const storedBattleSchema = versioned(battleFormat);
