import { seededDraw } from '../../domains/inventory/seeded-draw.ts';
import { type Tap, type WorldRule, worldStep } from '../../domains/exploration/world-rules.ts';
import type { Decision } from '../../domains/inventory/journey-store.ts';
import { type Earnings, earningsAfter } from '../../domains/inventory/journey.ts';
import type { Encounter, Travel } from '../../domains/inventory/travel.ts';
import { vitalsFor } from '../../domains/account/vitals.ts';
import { earningsOf } from './earnings.ts';

export const NOON = Date.parse('2026-03-01T12:00:00Z');

/** A warrior at a place, with full energy, and other values if the test says so. */
export function walkerAt(
  location: Travel['location'],
  {
    travel,
    level = 4,
    ...rest
  }: { readonly travel?: Partial<Travel>; readonly level?: number } & Partial<
    Pick<Earnings, 'uses' | 'stacks'>
  > & { readonly gold?: number } = {},
): Earnings {
  const { gold = 0, ...more } = rest;
  const earnings = earningsOf({ level, ...more, journey: { gold } });
  const now = { location, energyAtMs: NOON, restedAtMs: NOON, ...travel };
  return {
    ...earnings,
    journey: { ...earnings.journey, travel: { ...earnings.journey.travel, ...now } },
  };
}

export function meeting(change: Partial<Encounter> = {}): Encounter {
  return { id: 'met1', monster: 'wolf', noticed: true, examined: false, atMs: NOON, ...change };
}

export function tapAt(nowMs = NOON, change: Partial<Tap> = {}): Tap {
  const { attributes } = earningsOf();
  return {
    nowMs,
    id: seededDraw(String(nowMs))(2 ** 31).toString(36),
    vitals: vitalsFor(attributes),
    ...change,
  };
}

/** The tap of a button that shows the present version. */
export function tapped(
  earnings: Earnings,
  rule: WorldRule,
  tap: Tap = tapAt(),
): Decision<unknown> & { readonly after: Earnings } {
  const decision = worldStep(rule, earnings.journey.version, tap)(earnings);
  const after = decision.kind === 'change' ? earningsAfter(earnings, decision.change) : earnings;
  return { ...decision, after };
}
