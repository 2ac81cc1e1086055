import { z } from 'zod';
import { scenarioKeys } from './scenarios.ts';

/** Of the screen with the button. */
const seq = z.int().min(0);
/** Points by attribute, in the order of the screens: a digit each. */
const given = z.string().regex(/^[0-9]{9}$/);

/** The order of the fields is what buttons in old chats carry: it stays. */
export const storyActionSchema = z.discriminatedUnion('action', [
  z.strictObject({
    action: z.literal('story.begin'),
    /** `version`: of the journey that the button was made with. */
    value: z.strictObject({ key: z.enum(scenarioKeys), version: seq }),
  }),
  z.strictObject({
    action: z.literal('story.choose'),
    value: z.strictObject({ key: z.enum(scenarioKeys), seq, index: z.int().min(0).max(9) }),
  }),
  /** Into the battle that the story waits for. */
  z.strictObject({ action: z.literal('story.fight'), value: seq }),
  z.strictObject({ action: z.literal('story.pause'), value: seq }),
  z.strictObject({ action: z.literal('story.resume'), value: seq }),
  z.strictObject({ action: z.literal('story.skip'), value: seq }),
  /** Takes the points that are proposed. */
  z.strictObject({ action: z.literal('story.accept'), value: seq }),
  /** Shows the own distribution as far as it is chosen. */
  z.strictObject({ action: z.literal('story.points'), value: z.strictObject({ seq, given }) }),
  /** Takes the own distribution. */
  z.strictObject({ action: z.literal('story.raise'), value: z.strictObject({ seq, given }) }),
]);
export type StoryAction = z.infer<typeof storyActionSchema>;
