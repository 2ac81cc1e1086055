import { readFileSync } from 'node:fs';
import { z } from 'zod';

const recordedReply = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('string'), value: z.string() }),
  z.strictObject({ type: z.literal('integer'), value: z.int() }),
  z.strictObject({ type: z.literal('nil') }),
  z.strictObject({ type: z.literal('error') }),
]);
const recording = z.strictObject({
  about: z.string(),
  scenarios: z.array(
    z.strictObject({
      scenario: z.string(),
      steps: z.array(
        z.strictObject({
          command: z.array(z.string()).min(1),
          reply: recordedReply,
          redisjson: recordedReply.optional(),
        }),
      ),
    }),
  ),
});

export type RecordedReply = z.infer<typeof recordedReply>;
export type RecordedScenario = z.infer<typeof recording>['scenarios'][number];
export type RecordedStep = RecordedScenario['steps'][number];

export const recordedScenarios: readonly RecordedScenario[] = recording.parse(
  JSON.parse(readFileSync(new URL('../redis/fixtures/json-replies.json', import.meta.url), 'utf8')),
).scenarios;
