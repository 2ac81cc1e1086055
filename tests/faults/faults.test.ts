import { expect, test } from 'vitest';
import { describeOnPostgres } from '../support/database-engines.ts';
import { describeOnRedisServer } from '../support/redis-engines.ts';
import { type Fault, plannedFaults } from './fault-plan.ts';
import { undergo } from './ordeal.ts';
import { report, wrongs } from './report.ts';

const SEED = 7;
const PLAYERS = 20;
const BOTS = 3;

describeOnRedisServer('faults', () => {
  describeOnPostgres('while people play', () => {
    test('cost nobody his place, his battle, its result or an answer', async () => {
      const told: string[] = [`seed ${SEED}`];
      const wish = { seed: SEED, players: PLAYERS, bots: BOTS, forMs: 12_000 };
      const found = await undergo({ ...wish, tell: (line) => void told.push(line) });
      process.stdout.write(`${report(found)}\n`);
      expect(wrongs(found), [...told, report(found)].join('\n')).toEqual([]);
      expect(found.inflicted.length).toBeGreaterThan(0);
      expect(found.experience.taps).toBeGreaterThan(PLAYERS);
    }, 240_000);
  });
});

test('the same seed brings the same faults in the same order', () => {
  const first = (seed: number, count: number): Fault[] => {
    const faults = plannedFaults(seed, 3);
    return Array.from({ length: count }, () => faults.next().value.fault);
  };
  expect(first(7, 30)).toEqual(first(7, 30));
  expect(first(7, 30)).not.toEqual(first(8, 30));
  expect(new Set(first(7, 9).map(({ kind }) => kind)).size).toBe(7);
});
