import { describe, expect, test } from 'vitest';
import { type BattleFacts, battleReward } from '../../../domains/combat/battle-reward.ts';

const facts = (changes: Partial<BattleFacts> = {}): BattleFacts => ({
  ...{ result: 'won', isShadow: false, countedToday: 0, earlierOfPair: 0, ...changes },
});

describe('battleReward', () => {
  test('gives a loser half of what a winner gets', () => {
    expect(battleReward(facts())).toEqual({ xp: 10, gold: 6 });
    expect(battleReward(facts({ result: 'drawn' }))).toEqual({ xp: 7, gold: 4 });
    expect(battleReward(facts({ result: 'lost' }))).toEqual({ xp: 5, gold: 3 });
  });

  test('gives nothing after the five counted battles of a day', () => {
    expect(battleReward(facts({ countedToday: 4 }))).toEqual({ xp: 10, gold: 6 });
    expect(battleReward(facts({ countedToday: 5 }))).toEqual({ xp: 0, gold: 0 });
  });

  test('gives half against the Shadow', () => {
    expect(battleReward(facts({ isShadow: true }))).toEqual({ xp: 5, gold: 3 });
    expect(battleReward(facts({ isShadow: true, result: 'lost' }))).toEqual({ xp: 3, gold: 2 });
  });

  test('gives a pair less with each battle, and nothing from the fourth', () => {
    const gold = [0, 1, 2, 3, 4].map(
      (earlierOfPair) => battleReward(facts({ earlierOfPair })).gold,
    );
    expect(gold).toEqual([6, 3, 2, 0, 0]);
  });
});
