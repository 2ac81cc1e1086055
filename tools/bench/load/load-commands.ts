import { z } from 'zod';

export const loadOptionsSchema = z.object({
  userIds: z.array(z.number()),
  flooderId: z.number(),
  /** From a call to its response. */
  latencyMs: z.number(),
});
export type LoadOptions = z.output<typeof loadOptionsSchema>;

export const commandSchema = z.discriminatedUnion('kind', [
  /** Everyone starts the bot. */
  z.object({ kind: z.literal('start') }),
  z.object({ kind: z.literal('play'), players: z.number() }),
  /** Nobody taps any more; the last taps are waited for. */
  z.object({ kind: z.literal('rest') }),
  /** Counts what is tapped from now on. */
  z.object({ kind: z.literal('begin') }),
  z.object({ kind: z.literal('report') }),
  z.object({
    kind: z.literal('flood'),
    perSecond: z.number(),
    what: z.enum(['taps', 'texts']),
  }),
  z.object({ kind: z.literal('end flood') }),
  /** So many others start the bot at once. */
  z.object({ kind: z.literal('newcomers'), count: z.number() }),
]);
export type Command = z.output<typeof commandSchema>;

export const reportSchema = z.object({
  taps: z.number(),
  unanswered: z.number(),
  shown: z.array(z.number()),
  answers: z.array(z.number()),
  floodTaps: z.number(),
  floodAnswers: z.number(),
  /** The latest screens by the button that leads to them. */
  screens: z.record(z.string(), z.record(z.string(), z.unknown())),
  /** When each newcomer saw their first screen, in ms after they all came. */
  welcomes: z.array(z.number()),
  cpuUs: z.number(),
});
export type LoadReport = z.output<typeof reportSchema>;
