import { z } from 'zod';
import type { TrafficLimits } from '../traffic/chat-bucket.ts';
import type { Traffic } from '../traffic/traffic.ts';
import { route } from './route.ts';
import type { Route } from './route.ts';

const newTraffic = z
  .strictObject({
    on: z.boolean(),
    interval_ms: z.number().int().positive().optional(),
    burst: z.number().int().positive().optional(),
    longest_hold_ms: z.number().int().nonnegative().optional(),
  })
  .transform(({ on, ...limits }): false | Partial<TrafficLimits> => on && named(limits));

/** Limits per chat. */
export const TRAFFIC_ROUTES: readonly Route[] = [
  route('GET', '/traffic', ({ context }) => trafficJson(context.traffic)),
  route('PUT', '/traffic', ({ context, body }) => {
    context.traffic.set(newTraffic.parse(body));
    return trafficJson(context.traffic);
  }),
];

interface LimitsBody {
  readonly interval_ms?: number | undefined;
  readonly burst?: number | undefined;
  readonly longest_hold_ms?: number | undefined;
}

function named({ interval_ms, burst, longest_hold_ms }: LimitsBody): Partial<TrafficLimits> {
  return {
    ...(interval_ms === undefined ? {} : { intervalMs: interval_ms }),
    ...(burst === undefined ? {} : { burst }),
    ...(longest_hold_ms === undefined ? {} : { longestHoldMs: longest_hold_ms }),
  };
}

function trafficJson({ limits }: Traffic): Record<string, unknown> {
  return { on: limits !== null, ...limits };
}
