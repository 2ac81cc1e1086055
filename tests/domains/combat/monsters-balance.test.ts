import { describe, expect, test } from 'vitest';
import { monsterIds } from '../../../domains/combat/monster.ts';
import { measureMonster, monsterBands, monstersTable } from '../../../tools/balance/monsters.ts';
import { repetitions } from '../../support/repetitions.ts';

/** `npm run balance -- monsters` prints all of them, from 1,000 battles each. */
const BATTLES = repetitions({ short: 200, full: 1000 });
/** Two standard errors of a short series of the most even fight. */
const SLACK = repetitions({ short: 7, full: 0 });

describe('fresh characters', () => {
  test.each(monsterIds)('win against a %s as often as its band says', (monster) => {
    const { wins } = measureMonster(monster, BATTLES);
    expect(wins).toBeGreaterThanOrEqual(monsterBands[monster].least - SLACK);
    expect(wins).toBeLessThanOrEqual(monsterBands[monster].most + SLACK);
  });

  test('lose more health to monsters of a higher tier', () => {
    const lost = (['rat', 'bandit', 'revenant', 'titan_guard'] as const).map(
      (monster) => measureMonster(monster, 80).lostHealth,
    );
    expect(lost).toEqual(lost.toSorted((one, other) => one - other));
  });
});

test('monstersTable has a line for each monster and marks those outside of their band', () => {
  const lines = [...monstersTable(4)];
  expect(lines).toHaveLength(1 + monsterIds.length);
  expect(lines[0]).toBe('Fresh characters against monsters, 4 battles each');
  for (const line of lines.slice(1)) {
    const [, wins = Number.NaN, least = Number.NaN, most = Number.NaN] =
      /([\d.]+) % won \((\d+)–(\d+)\)/.exec(line)?.map(Number) ?? [];
    expect(line.includes('(outside)')).toBe(wins < least || wins > most);
  }
});
