import { describe, expect, test } from 'vitest';
import type { BattleResult } from '../../../domains/combat/battle-archive.ts';
import type { Monster } from '../../../domains/combat/wild-battles.ts';
import { type WildFacts, wildRewardsHandler } from '../../../domains/exploration/wild-rewards.ts';
import type { Rarity } from '../../../domains/inventory/item.ts';
import type { Travel } from '../../../domains/inventory/travel.ts';
import { battleWon } from '../../support/archived-battles.ts';
import { NOON, meeting, walkerAt } from '../../support/walker.ts';
import { wildBattle } from '../../support/wild-battles.ts';

const MIN = 60_000;
const BATTLES = 3_000;

function factsAt(location: Travel['location'], travel: Partial<Travel> = {}): WildFacts {
  const { charId, archetype, journey, stacks } = walkerAt(location, { travel });
  return { charId, archetype, journey, stacks, items: [], isGranted: false };
}

function reward(
  n: number,
  {
    monster = 'wolf',
    result = 'won',
    facts = factsAt('birch_wood'),
  }: {
    readonly monster?: Monster;
    readonly result?: BattleResult;
    readonly facts?: WildFacts;
  } = {},
) {
  const ended = {
    ...wildBattle(n, { monster, result, charId: facts.charId }),
    endedAtMs: NOON + MIN,
  };
  const given = wildRewardsHandler.apply(ended, facts);
  const [grant] = given?.change.grants ?? [];
  if (given === null || grant === undefined) throw new Error('nothing was given');
  return { grant, travel: given.change.travel ?? {}, ended };
}

describe('a won battle', () => {
  test.each<[Monster, number, [number, number], number, Record<Rarity, number>]>([
    ['wolf', 3, [2, 4], 0.12, { common: 0.8, fine: 0.18, rare: 0.02, epic: 0 }],
    ['bear', 5, [4, 8], 0.18, { common: 0.55, fine: 0.35, rare: 0.09, epic: 0.01 }],
    ['revenant', 8, [7, 13], 0.3, { common: 0.3, fine: 0.45, rare: 0.2, epic: 0.05 }],
    ['titan_guard', 30, [40, 40], 1, { common: 0, fine: 0.3, rare: 0.5, epic: 0.2 }],
  ])(
    'against a %s gives what its tier gives',
    (...[monster, xp, [least, most], share, rarities]) => {
      const all = Array.from({ length: BATTLES }, (_, n) => reward(n, { monster }).grant);
      expect(new Set(all.map((grant) => grant.xp))).toEqual(new Set([xp]));
      const gold = new Set(all.map((grant) => grant.gold));
      expect(gold).toEqual(
        new Set(Array.from({ length: most - least + 1 }, (_, at) => least + at)),
      );
      const items = all.flatMap((grant) => grant.items);
      expect(Math.abs(items.length / BATTLES - share)).toBeLessThan(0.03);
      for (const [rarity, expected] of Object.entries(rarities)) {
        const found = items.filter((item) => item.rarity === rarity).length / items.length;
        expect(Math.abs(found - expected)).toBeLessThan(0.08);
      }
      const amounts = all.map(({ materials = {} }) => Object.values(materials)[0] ?? 0);
      expect(new Set(amounts)).toEqual(new Set([0, 1]));
    },
  );

  test('in Wolf Hollow gives items more often', () => {
    const facts = factsAt('wolf_hollow');
    const found = Array.from({ length: BATTLES }, (_, n) => reward(n, { monster: 'bear', facts }));
    const share = found.filter(({ grant }) => grant.items.length > 0).length / BATTLES;
    expect(Math.abs(share - 0.28)).toBeLessThan(0.03);
  });

  test('is the same in every process that computes it', () => {
    for (let n = 0; n < 50; n += 1) expect(reward(n)).toEqual(reward(n));
    expect(
      new Set(Array.from({ length: 50 }, (_, n) => reward(n).grant.gold)).size,
    ).toBeGreaterThan(1);
  });

  test('after four wins without an item gives one, and counts them from then on', () => {
    for (let n = 0; n < 30; n += 1) {
      const facts = factsAt('birch_wood', { dry: 4 });
      expect(reward(n, { facts }).grant.items).toHaveLength(1);
      expect(reward(n, { facts }).travel.dry).toBe(0);
    }
    const none = Array.from({ length: 20 }, (_, n) => reward(n)).filter(
      ({ grant }) => grant.items.length === 0,
    );
    expect(none.length).toBeGreaterThan(0);
    for (const { travel } of none) expect(travel.dry).toBe(1);
  });

  test('puts an item into the chest if the bag is full, and makes scrap of it if both are', () => {
    const dry = factsAt('birch_wood', { dry: 4 });
    const bag = Array.from({ length: 24 }, () => ({ place: 'bag' as const }));
    const chest = Array.from({ length: 60 }, () => ({ place: 'chest' as const }));
    const [item] = reward(1, { facts: { ...dry, items: bag } }).grant.placed;
    expect(item?.place).toBe('chest');
    const { grant } = reward(1, { facts: { ...dry, items: [...bag, ...chest] } });
    expect(grant.placed).toEqual([]);
    expect(grant.scrap).toBeGreaterThan(0);
  });

  test('counts the techniques that the character has used', () => {
    const { grant, ended } = reward(1);
    const used = ended.inputs.flatMap((input) =>
      input.kind === 'exchange' ? (input.moves[0].technique ?? []) : [],
    );
    expect(used.length).toBeGreaterThan(0);
    expect(Object.values(grant.uses).reduce((sum, one) => sum + one, 0)).toBe(used.length);
  });
});

describe('the encounter', () => {
  test('is over if it is that of the battle', () => {
    const encounter = meeting({ id: wildBattle(1).id });
    expect(reward(1, { facts: factsAt('birch_wood', { encounter }) }).travel.encounter).toBeNull();
  });

  test('that was met since then stays', () => {
    const facts = factsAt('birch_wood', { encounter: meeting() });
    expect(reward(1, { facts }).travel).not.toHaveProperty('encounter');
  });
});

describe('a defeat', () => {
  test('leads to the nearest safe place, takes three energy and gives nothing', () => {
    const facts = factsAt('wolf_hollow', { energy: 20 });
    const { grant, travel } = reward(1, { monster: 'bear', result: 'lost', facts });
    expect(grant).toMatchObject({
      xp: 0,
      gold: 0,
      items: [],
      placed: [],
      wild: { result: 'lost' },
    });
    expect(travel).toMatchObject({
      location: 'watchtower',
      prev: 'wolf_hollow',
      energy: 17,
      restedAtMs: NOON + MIN,
    });
  });

  test('takes no more energy than there is', () => {
    const facts = factsAt('birch_wood', { energy: 2 });
    expect(reward(1, { result: 'lost', facts }).travel.energy).toBe(0);
  });

  test('does not end the row of wins without an item', () => {
    const facts = factsAt('birch_wood', { dry: 3 });
    expect(reward(1, { result: 'lost', facts }).travel).not.toHaveProperty('dry');
  });
});

test('a draw gives nothing and leads nowhere', () => {
  const { grant, travel } = reward(1, { result: 'drawn' });
  expect(grant).toMatchObject({ xp: 0, gold: 0, items: [], wild: { result: 'drawn' } });
  expect(travel).toEqual({ restedAtMs: NOON + MIN });
});

test('vitals come back from the end of the battle on, unless a later step has given them', () => {
  const facts = factsAt('birch_wood', { restedAtMs: NOON + 5 * MIN });
  expect(reward(1, { facts }).travel.restedAtMs).toBe(NOON + 5 * MIN);
});

test('a battle that has paid, one of the arena and one of nobody give nothing', () => {
  const facts = factsAt('birch_wood');
  expect(wildRewardsHandler.apply(wildBattle(1), { ...facts, isGranted: true })).toBeNull();
  expect(wildRewardsHandler.apply(battleWon(1), facts)).toBeNull();
  expect(wildRewardsHandler.apply(wildBattle(1), null)).toBeNull();
});
