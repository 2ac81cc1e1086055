import { expect, test } from 'vitest';
import { canBegin } from '../../../domains/scenario/can-begin.ts';
import { scenarios } from '../../../domains/scenario/scenarios.ts';

const { prologue, mill, chapel } = scenarios;
const at = (iso: string) => Date.parse(iso);
const nowMs = at('2026-11-30T00:00:00Z'); // A Monday.

test.each([
  [prologue, { place: 'start_village', level: 1, endedAtMs: null }, 'open'],
  [prologue, { place: 'crossroads', level: 1, endedAtMs: null }, 'not_here'],
  [prologue, { place: 'start_village', level: 9, endedAtMs: at('2026-01-01') }, 'done'],
  [mill, { place: 'old_mill', level: 1, endedAtMs: null }, 'open'],
  [mill, { place: 'old_mill', level: 1, endedAtMs: at('2026-11-29T23:59:59Z') }, 'open'],
  [mill, { place: 'old_mill', level: 1, endedAtMs: nowMs }, 'this_week'],
  [chapel, { place: 'sunken_chapel', level: 3, endedAtMs: null }, 'level'],
  [chapel, { place: 'sunken_chapel', level: 4, endedAtMs: null }, 'open'],
] as const)('$0.key for $1 is $2', (scenario, facts, expected) => {
  expect(canBegin(scenario, { ...facts, nowMs })).toBe(expected);
});

test('a week ends on Sunday night', () => {
  const facts = { place: 'old_mill', level: 1, endedAtMs: nowMs } as const;
  expect(canBegin(mill, { ...facts, nowMs: at('2026-12-06T23:59:59Z') })).toBe('this_week');
  expect(canBegin(mill, { ...facts, nowMs: at('2026-12-07T00:00:00Z') })).toBe('open');
});
