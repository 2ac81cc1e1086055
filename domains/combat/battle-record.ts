import { z } from 'zod';
import { accountStateSchema } from '../account/account-context.ts';
import { modeSchema } from '../core/mode.ts';
import { type RecordFormat, versioned } from '../core/versioned.ts';
import { NewerRecordError } from '../core/newer-record-error.ts';
import {
  battleEventSchema,
  battleSchema,
  fighterSheetSchema,
  guardSchema,
  inputSchema,
  moveSchema,
  techniqueSchema,
  zoneSchema,
} from './battle.ts';
import { CURRENT_RULES, isKnownRules } from './rules/rules-of.ts';

/** What a side has tapped of its move so far; complete once strike and guard are there. */
export const draftSchema = z.strictObject({
  strike: zoneSchema.nullable(),
  guard: guardSchema.nullable(),
  technique: techniqueSchema.nullable(),
});
export type Draft = z.infer<typeof draftSchema>;

/** One side of a battle: a character, or the Shadow of the other side's. */
export const sideRecordSchema = z.strictObject({
  /** null: the Shadow. */
  charId: z.int().nullable(),
  userId: z.int().nullable(),
  name: z.string(),
  gs: z.int(),
  /** The state to give back to the character when the battle is over. */
  returnState: accountStateSchema,
  draft: draftSchema,
  /** The move once locked in; null while choosing. */
  choice: moveSchema.nullable(),
  /** When the move was locked in, in ms since the epoch; null while choosing. */
  lockedInAtMs: z.number().nullable().default(null),
  /** Turns in a row that ended without a tap. */
  idleTurns: z.int().min(0),
});
export type SideRecord = z.infer<typeof sideRecordSchema>;

/** A battle as it is stored: the engine's state plus what its service must remember. */
export const battleRecordSchema = z.strictObject({
  schema: z.literal(1),
  id: z.string(),
  /** Grows by one with every swap; the first is 1. */
  version: z.int().positive(),
  mode: modeSchema,
  sides: z.tuple([sideRecordSchema, sideRecordSchema]),
  /** With the seed in `battle` and `inputs`, all that a replay needs. */
  sheets: z.tuple([fighterSheetSchema, fighterSheetSchema]),
  inputs: z.array(inputSchema),
  battle: battleSchema,
  /** What the last exchange brought. */
  lastEvents: z.array(battleEventSchema),
  startedAtMs: z.number(),
  turnStartedAtMs: z.number(),
  turnEndsAtMs: z.number(),
  /** The end of the last outage that the turn's clock was made up for. */
  clockStoppedUntilMs: z.number(),
  endedAtMs: z.number().nullable(),
  /** True once vitals, states and seats have been given back. */
  settled: z.boolean(),
});
export type BattleRecord = z.infer<typeof battleRecordSchema>;

const ruledSchema = z.looseObject({ battle: z.looseObject({ rules: z.int() }) });

/** A battle by later rules is of a later release, whatever else in it can be read. */
function refuseLaterRules(stored: unknown): unknown {
  const { success, data } = ruledSchema.safeParse(stored);
  const version = success ? data.battle.rules : CURRENT_RULES;
  if (version > CURRENT_RULES && !isKnownRules(version))
    throw new NewerRecordError(version, CURRENT_RULES);
  return stored;
}

/** The first form; records of a battle begun before `lockedInAtMs` was kept are of it too. */
export const battleForm: RecordFormat<BattleRecord> = {
  version: 1,
  upgradeFrom: {},
  schema: z.unknown().transform(refuseLaterRules).pipe(battleRecordSchema),
};

/** For reading what is stored, whichever release wrote it. */
export const storedBattleSchema = versioned(battleForm);
