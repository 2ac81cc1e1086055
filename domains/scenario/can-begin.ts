import { dayOf } from '../core/day.ts';
import type { PlaceId, Scenario } from './scenario.ts';

/** 1 January 1970 was a Thursday; weeks begin on Mondays. */
const DAYS_BEFORE_MONDAY = 3;

export interface BeginFacts {
  readonly place: PlaceId;
  readonly level: number;
  /** When this character ended it last; null: never. */
  readonly endedAtMs: number | null;
  readonly nowMs: number;
}

/** `level`, `not_here`; `done`: for ever; `this_week`: until Monday, 00:00 UTC. */
export type Beginning = 'open' | 'level' | 'not_here' | 'done' | 'this_week';

export function canBegin(
  { place, needs, repeat }: Scenario,
  { place: here, level, endedAtMs, nowMs }: BeginFacts,
): Beginning {
  if (here !== place) return 'not_here';
  if (endedAtMs !== null && repeat === 'never') return 'done';
  if (endedAtMs !== null && weekOf(endedAtMs) === weekOf(nowMs)) return 'this_week';
  return level < (needs.level ?? 1) ? 'level' : 'open';
}

function weekOf(atMs: number): number {
  return Math.floor((dayOf(atMs) + DAYS_BEFORE_MONDAY) / 7);
}
