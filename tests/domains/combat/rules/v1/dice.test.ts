import { describe, expect, test } from 'vitest';
import { Dice, branchOff, chanceFrom } from '../../../../../domains/combat/rules/v1/dice.ts';
import { testSeed } from '../../../../support/combat-sheets.ts';

const seed = testSeed(1);

function throws(count: number, dice = new Dice(chanceFrom(seed))): number[] {
  return Array.from({ length: count }, () => dice.throw());
}

describe('dice', () => {
  test('give the same throws from the same state, and continue from a saved one', () => {
    const dice = new Dice(chanceFrom(seed));
    const first = throws(5, dice);
    const resumed = throws(5, new Dice(dice.state()));
    expect([...first, ...resumed]).toEqual(throws(10));
  });

  test('give the throws that were recorded when the rules were made', () => {
    const steps = throws(4).map((value) => value * 2 ** 24);
    expect(steps).toEqual([3712805, 14126488, 1581666, 6054099]);
  });

  test('are uniform over the tenths of the range', () => {
    const counts = new Array<number>(10).fill(0);
    const dice = new Dice(chanceFrom(seed));
    for (let count = 0; count < 20_000; count += 1) {
      const side = dice.below(10);
      counts[side] = (counts[side] ?? 0) + 1;
    }
    expect(Math.min(...counts)).toBeGreaterThan(1_850);
    expect(Math.max(...counts)).toBeLessThan(2_150);
  });

  test('throw within [0, 1), and integers below the number of sides', () => {
    const dice = new Dice(chanceFrom(seed));
    const all = throws(5_000, dice);
    expect(all.every((value) => value >= 0 && value < 1)).toBe(true);
    const sides = Array.from({ length: 5_000 }, () => dice.below(3));
    expect(new Set(sides)).toEqual(new Set([0, 1, 2]));
  });

  test('differ for seeds that differ by one bit, even for nearly empty seeds', () => {
    const seeds = [
      '0'.repeat(32),
      '0'.repeat(31) + '1',
      '1' + '0'.repeat(31),
      '0'.repeat(31) + '2',
    ];
    const firsts = seeds.map((each) => new Dice(chanceFrom(each)).throw().toFixed(3));
    expect(new Set(firsts).size).toBe(seeds.length);
    // The generator does not work with a state of zeros.
    const still = throws(50, new Dice(chanceFrom('0'.repeat(32))));
    expect(new Set(still).size).toBe(50);
  });

  test('branchOff gives independent throws', () => {
    const state = chanceFrom(seed);
    const rows = [throws(20), ...[0, 1].map((n) => throws(20, new Dice(branchOff(state, n))))];
    expect(new Set(rows.flat()).size).toBe(60);
    expect(branchOff(state, 0)).toEqual(branchOff(state, 0));
  });
});
