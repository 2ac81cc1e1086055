import { z } from 'zod';
import { type RecordFormat, versioned } from '../core/versioned.ts';
import { attributesSchema } from '../account/account-context.ts';

const count = z.int().min(0);
export const flagSchema = z.string().regex(/^[a-z][a-z0-9_]*$/, 'a flag is a word of a-z, 0-9, _');

/** What has to happen before the story goes on. */
const waitsSchema = z.discriminatedUnion('for', [
  z.strictObject({ for: z.literal('choice') }),
  z.strictObject({
    for: z.literal('battle'),
    /** The choice that began the battle. */
    choice: count,
    id: z.string().optional(),
    /** Whether the character has won; absent: it is not over. */
    won: z.boolean().optional(),
  }),
  /** The player distributes them; everything else of the end is given. */
  z.strictObject({ for: z.literal('points'), points: count }),
  /** It has ended. */
  z.strictObject({ for: z.literal('nothing') }),
]);

const storySessionSchema = z.strictObject({
  schema: z.literal<number>(1),
  /** Of the scenario. */
  key: z.string(),
  /** 1 for the first time that the character plays it. */
  run: z.int().positive(),
  node: z.string(),
  /** Grows with every step; buttons carry it. */
  seq: count,
  weights: z.partialRecord(attributesSchema.keyof(), count),
  flags: z.record(flagSchema, count),
  /** Every node in the order of the visits. */
  visited: z.array(z.string()).readonly(),
  /** With `run` and `seq`, all chance follows from it. The same for every run of a character. */
  seed: z.string(),
  paused: z.boolean(),
  waits: waitsSchema,
});
export type StorySession = Readonly<z.infer<typeof storySessionSchema>>;

export const storySessionFormat: RecordFormat<StorySession> = {
  version: 1,
  upgradeFrom: {},
  schema: storySessionSchema,
};

/** Reads stored sessions. */
export const storedStorySession = versioned(storySessionFormat);

/** When a scenario ended last, and how often it was begun. */
export const endedStorySchema = z.strictObject({ endedAtMs: z.int(), runs: z.int().positive() });

/** What is stored of the scenarios that a character has played. */
export interface Stories {
  /** The one that was begun and has not ended; null: none. */
  readonly session: StorySession | null;
  /** By the key of the scenario. */
  readonly ended: Readonly<Record<string, z.infer<typeof endedStorySchema>>>;
}

export const noStories: Stories = { session: null, ended: {} };
