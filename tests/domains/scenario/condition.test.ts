import { expect, test } from 'vitest';
import { type Condition, conditionSchema, holds } from '../../../domains/scenario/condition.ts';
import { warrior } from './small-scenario.ts';

const hero = { ...warrior, level: 4, skills: { lore: 2 }, items: ['lore_relic'] as const };
const flags = { fell: 2 };

const cases: readonly (readonly [Condition, boolean])[] = [
  [{ attribute: 'strength', atLeast: 11 }, true],
  [{ attribute: 'strength', atLeast: 12 }, false],
  [{ level: 4 }, true],
  [{ level: 5 }, false],
  [{ archetype: 'warrior' }, true],
  [{ archetype: 'mystic' }, false],
  [{ flag: 'fell' }, true],
  [{ flag: 'fell', atLeast: 3 }, false],
  [{ flag: 'flew' }, false],
  [{ item: 'lore_relic' }, true],
  [{ item: 'might_relic' }, false],
  [{ skill: 'lore', atLeast: 2 }, true],
  [{ skill: 'trade', atLeast: 1 }, false],
  [{ not: { level: 5 } }, true],
  [{ all: [{ level: 4 }, { flag: 'fell' }] }, true],
  [{ all: [{ level: 4 }, { flag: 'flew' }] }, false],
  [{ any: [{ level: 5 }, { flag: 'fell' }] }, true],
  [{ any: [{ level: 5 }, { flag: 'flew' }] }, false],
];

test.each(cases)('%o is %s', (condition, expected) => {
  expect(conditionSchema.parse(condition)).toEqual(condition);
  expect(holds(condition, hero, flags)).toBe(expected);
});
