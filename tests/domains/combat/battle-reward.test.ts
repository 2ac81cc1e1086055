import { describe, expect, test } from 'vitest';
import { type BattleFacts, battleReward } from '../../../domains/combat/battle-reward.ts';

const facts = (changes: Partial<BattleFacts> = {}): BattleFacts => ({
  hasGivenUp: false,
  isStopped: false,
  result: 'won',
  isShadow: false,
  countedToday: 0,
  earlierOfPair: 0,
  ...changes,
});

describe('battleReward', () => {
  test('gives a loser half of what a winner gets', () => {
    expect(battleReward(facts())).toMatchObject({ xp: 10, gold: 6 });
    expect(battleReward(facts({ result: 'drawn' }))).toMatchObject({ xp: 7, gold: 4 });
    expect(battleReward(facts({ result: 'lost' }))).toMatchObject({ xp: 5, gold: 3 });
  });

  test('gives nothing after the five counted battles of a day', () => {
    expect(battleReward(facts({ countedToday: 4 }))).toMatchObject({ xp: 10, gold: 6 });
    expect(battleReward(facts({ countedToday: 5 }))).toMatchObject({ xp: 0, gold: 0 });
  });

  test('gives half against the Shadow', () => {
    expect(battleReward(facts({ isShadow: true }))).toMatchObject({ xp: 5, gold: 3 });
    expect(battleReward(facts({ isShadow: true, result: 'lost' }))).toMatchObject({
      xp: 3,
      gold: 2,
    });
  });

  test('gives a pair less with each battle, and nothing from the fourth', () => {
    const gold = [0, 1, 2, 3, 4].map(
      (earlierOfPair) => battleReward(facts({ earlierOfPair })).gold,
    );
    expect(gold).toEqual([6, 3, 2, 0, 0]);
  });

  test('says why it gives nothing', () => {
    const reasonOf = (changes: Partial<BattleFacts>) => battleReward(facts(changes)).unpaid;
    expect(reasonOf({})).toBeNull();
    expect(reasonOf({ hasGivenUp: true, countedToday: 5 })).toBe('gave_up');
    expect(reasonOf({ isStopped: true, hasGivenUp: true })).toBe('operator');
    expect(reasonOf({ countedToday: 5 })).toBe('day');
    expect(reasonOf({ earlierOfPair: 3 })).toBe('pair');
  });
});
