import { z } from 'zod';
import { type Distribution, distributions } from './simulated-arrivals.ts';
import { curves } from './simulated-curves.ts';

export interface Rate {
  readonly text: string;
  readonly perHour: number;
}

export interface SimulateOptions {
  readonly rates: readonly Rate[];
  readonly distributions: readonly Distribution[];
  readonly curves: readonly string[];
  readonly seed: number;
  readonly quick: boolean;
  hoursAt(perHour: number): number;
}

const DEFAULT_RATES = '10/day,10/hour,100/hour,1000/hour,10000/hour,100000/hour';
/** Without --hours a simulation lasts for so many arrivals, but at least MIN_HOURS. */
const ARRIVALS = { full: 4_000, quick: 400 };
const MIN_HOURS = { full: 0.25, quick: 0.02 };

const listed = <Name extends string>(names: readonly Name[]) =>
  z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(z.enum(names)))
    .default([...names]);

const rateText = z
  .string()
  .regex(/^\d+\/(day|hour)$/, 'a rate reads 10/day or 100/hour')
  .transform((text): Rate => ({
    text,
    perHour: Number.parseInt(text) / (text.endsWith('day') ? 24 : 1),
  }))
  .refine(({ perHour }) => perHour > 0, 'a rate is above 0');

const optionsSchema = z.object({
  rate: z
    .string()
    .default(DEFAULT_RATES)
    .transform((text) => text.split(','))
    .pipe(z.array(rateText)),
  distribution: listed(distributions),
  curve: listed(Object.keys(curves)),
  hours: z.coerce.number().positive().optional(),
  seed: z.coerce.number().int().default(1),
  quick: z.boolean().default(false),
});

/** Raises ZodError for unknown names and malformed values. */
export function parseOptions(flags: unknown): SimulateOptions {
  const { rate, distribution, curve, hours, seed, quick } = optionsSchema.parse(flags);
  const size = quick ? 'quick' : 'full';
  return {
    rates: rate,
    distributions: distribution,
    curves: curve,
    seed,
    quick,
    hoursAt: (perHour) => hours ?? Math.max(MIN_HOURS[size], ARRIVALS[size] / perHour),
  };
}
