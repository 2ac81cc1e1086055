import { z } from 'zod';
import { type RecordFormat, versioned } from '../core/versioned.ts';
import { attributeNameSchema, flagSchema } from './condition.ts';

const count = z.int().min(0);

/** What has to happen before the story goes on. */
const waitsSchema = z.discriminatedUnion('for', [
  z.strictObject({ for: z.literal('choice') }),
  /** The choice that began the battle. */
  z.strictObject({ for: z.literal('battle'), choice: count }),
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
  weights: z.partialRecord(attributeNameSchema, count),
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
