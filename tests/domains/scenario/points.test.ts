import { expect, test } from 'vitest';
import { archetypes } from '../../../domains/account/account-context.ts';
import { isAllowedRaise, mostForOne, proposedRaise } from '../../../domains/scenario/points.ts';

test.each([
  ['warrior', { strength: 3, endurance: 2, men: 1 }],
  ['duelist', { agility: 3, endurance: 2, men: 1 }],
  ['guardian', { endurance: 3, strength: 2, men: 1 }],
  ['mystic', { intelligence: 3, men: 2, wisdom: 1 }],
] as const)('without weights a %s gets what suits the archetype', (archetype, raise) => {
  expect(proposedRaise({ points: 6, archetype })).toEqual(raise);
});

test('equal weights go to the main attribute first', () => {
  const weights = { luck: 2, agility: 2, wisdom: 5 };
  const raise = { wisdom: 3, agility: 2, luck: 1 };
  expect(proposedRaise({ points: 6, archetype: 'duelist', weights })).toEqual(raise);
});

test('twelve points have shares of six, four and two', () => {
  const weights = { luck: 3, men: 2, charisma: 1 };
  const raise = { luck: 6, men: 4, charisma: 2 };
  expect(proposedRaise({ points: 12, archetype: 'mystic', weights })).toEqual(raise);
  expect(mostForOne(12)).toBe(6);
});

test.each(archetypes)('what a %s is offered is allowed', (archetype) => {
  expect(isAllowedRaise(proposedRaise({ points: 6, archetype }), 6)).toBe(true);
});
