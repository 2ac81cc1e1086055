import fc from 'fast-check';
import { expect, test } from 'vitest';
import { energyAt } from '../../../domains/exploration/rested.ts';
import * as rules from '../../../domains/exploration/world-rules.ts';
import type { Earnings } from '../../../domains/inventory/journey.ts';
import { monsterNumbers } from '../../../resources/numbers/monsters.ts';
import { placeIds, places } from '../../../resources/numbers/places.ts';
import { repetitions } from '../../support/repetitions.ts';
import { NOON, tapAt, tapped, walkerAt } from '../../support/walker.ts';

const HOUR_MS = 3_600_000;
const hurt = { hp: { cur: 5, max: 100 }, mp: { cur: 5, max: 50 }, stamina: { cur: 5, max: 99 } };

const anyTap = fc.record({
  kind: fc.constantFrom(
    'search',
    'gather',
    'rest',
    'heal',
    'avoid',
    'run',
    'examine',
    'sellMaterials',
    'go',
  ),
  to: fc.constantFrom(...placeIds),
  waitedMs: fc.integer({ min: 0, max: HOUR_MS }),
});

test('after any taps a character stands in a known place, a step from the last one, with what was paid', () => {
  const lists = fc.array(anyTap, { minLength: 5, maxLength: 80 });
  fc.assert(
    fc.property(lists, fc.integer({ min: 1, max: 10 }), (list, level) => {
      let [earnings, nowMs] = [walkerAt('start_village', { level, gold: 50 }), NOON];
      let used = 0;
      for (const { kind, to, waitedMs } of list) {
        nowMs += waitedMs;
        const rule = kind === 'go' ? rules.go(to) : rules[kind];
        const before = earnings;
        const { kind: reply, after } = tapped(before, rule, tapAt(nowMs, { vitals: hurt }));
        if (reply === 'refused') expect(after).toBe(before);
        else {
          used += check(before, after, nowMs);
          earnings = after;
        }
      }
      expect(used).toBeLessThanOrEqual(24 + (nowMs - NOON) / (20 * 60_000));
    }),
    { numRuns: repetitions({ short: 200, full: 5_000 }) },
  );
});

/** Answers the energy that the step has taken. */
function check(before: Earnings, { journey, stacks }: Earnings, nowMs: number): number {
  const { travel, version, gold } = journey;
  expect(version).toBe(before.journey.version + 1);
  const from = before.journey.travel;
  if (travel.location !== from.location) {
    expect(places[from.location].exits).toContain(travel.location);
    expect(travel.prev).toBe(from.location);
    expect(from.encounter).toBeNull();
  }
  const place = places[travel.location];
  if (travel.encounter !== null && place.kind === 'wild') {
    const { tier } = monsterNumbers[travel.encounter.monster];
    expect(tier === place.tier || travel.encounter.monster === place.boss).toBe(true);
  }
  if (place.kind === 'safe') expect(travel.encounter).toBeNull();
  expect(gold).toBeGreaterThanOrEqual(0);
  for (const amount of Object.values(stacks)) expect(amount).toBeGreaterThanOrEqual(0);
  const taken = energyAt(from, nowMs) - energyAt(travel, nowMs);
  expect(taken).toBeGreaterThanOrEqual(0);
  return taken;
}
