import { describe, expect, test } from 'vitest';
import { dayOf } from '../../../domains/core/day.ts';
import * as rules from '../../../domains/exploration/world-rules.ts';
import type { Earnings } from '../../../domains/inventory/journey.ts';
import type { PlaceId } from '../../../resources/numbers/places.ts';
import { NOON, meeting, tapAt, tapped, walkerAt } from '../../support/walker.ts';

const HOUR_MS = 3_600_000;
const hurt = { hp: { cur: 5, max: 100 }, mp: { cur: 5, max: 50 }, stamina: { cur: 5, max: 99 } };

/** What many characters meet, each with another number. */
function share(of: (earnings: Earnings) => Earnings, rule: rules.WorldRule): number {
  const all = Array.from({ length: 2_000 }, (_, charId) => {
    const { after } = tapped({ ...of(walkerAt('start_village')), charId }, rule);
    return after.journey.travel.encounter !== null;
  });
  return all.filter(Boolean).length / all.length;
}

describe('go', () => {
  test('into the wild costs one energy, and a first visit gives experience', () => {
    const { after } = tapped(walkerAt('start_village'), rules.go('birch_wood'));
    expect(after.journey.travel).toMatchObject({
      location: 'birch_wood',
      prev: 'start_village',
      energy: 23,
      seen: ['birch_wood'],
    });
    const before = walkerAt('start_village').journey.xp;
    expect(after.journey.xp).toBe(before + 4);
    expect(after.uses).toEqual({ scouting: 1 });
  });

  test('to a place that was seen gives no experience', () => {
    const seen = walkerAt('start_village', { travel: { seen: ['birch_wood'] } });
    const { after } = tapped(seen, rules.go('birch_wood'));
    expect(after.journey.xp).toBe(seen.journey.xp);
    expect(after.uses).toEqual({ scouting: 1 });
    const back = walkerAt('birch_wood');
    expect(tapped(back, rules.go('start_village')).after.journey.xp).toBe(back.journey.xp);
  });

  test('between safe places, and back to one, is free and meets no monster', () => {
    for (const [from, to] of [
      ['start_village', 'crossroads'],
      ['birch_wood', 'start_village'],
    ] as const) {
      const tired = walkerAt(from, { travel: { energy: 0 } });
      const { after } = tapped(tired, rules.go(to));
      expect(after.journey.travel).toMatchObject({ location: to, energy: 0, encounter: null });
      expect(after.uses).toEqual({});
    }
  });

  test.each<[string, Earnings, PlaceId, string]>([
    ['there is no such way', walkerAt('start_village'), 'quarry', 'no_exit'],
    [
      'a monster is there',
      walkerAt('birch_wood', { travel: { encounter: meeting() } }),
      'start_village',
      'encounter',
    ],
    [
      'there is no energy',
      walkerAt('start_village', { travel: { energy: 0 } }),
      'birch_wood',
      'tired',
    ],
    ['tier 2 at level 1', walkerAt('birch_wood', { level: 1 }), 'dark_forest', 'level'],
    ['tier 3 at level 3', walkerAt('watchtower', { level: 3 }), 'broken_gate', 'level'],
  ])('is refused if %s', (...[, earnings, to, reason]) => {
    expect(tapped(earnings, rules.go(to))).toMatchObject({ kind: 'refused', reason });
  });

  test('is allowed at the level that a tier asks for', () => {
    for (const [level, from, to] of [
      [2, 'birch_wood', 'dark_forest'],
      [4, 'watchtower', 'broken_gate'],
    ] as const)
      expect(tapped(walkerAt(from, { level }), rules.go(to)).kind).toBe('change');
  });

  test.each<[PlaceId, PlaceId, number]>([
    ['start_village', 'birch_wood', 0.4],
    ['birch_wood', 'dark_forest', 0.45],
    ['watchtower', 'broken_gate', 0.5],
  ])('from %s to %s meets a monster of its tier in %d of the steps', (from, to, expected) => {
    const here = (earnings: Earnings) => at(earnings, from);
    expect(Math.abs(share(here, rules.go(to)) - expected)).toBeLessThan(0.04);
  });

  test('decided again for the same version meets the same', () => {
    const earnings = walkerAt('start_village');
    const [one, other] = [0, 1].map(() => tapped(earnings, rules.go('birch_wood')));
    expect(one).toEqual(other);
  });
});

function at(earnings: Earnings, location: PlaceId): Earnings {
  const { journey } = earnings;
  return { ...earnings, journey: { ...journey, travel: { ...journey.travel, location } } };
}

describe('search', () => {
  test('costs two energy and meets somebody in four of five', () => {
    const { after } = tapped(walkerAt('birch_wood'), rules.search);
    expect(after.journey.travel.energy).toBe(22);
    expect(after.uses).toEqual({ scouting: 1 });
    const wood = (earnings: Earnings) => at(earnings, 'birch_wood');
    expect(Math.abs(share(wood, rules.search) - 0.8)).toBeLessThan(0.04);
    const skilled = (earnings: Earnings) => ({ ...wood(earnings), uses: { scouting: 30 } });
    expect(Math.abs(share(skilled, rules.search) - 0.9)).toBeLessThan(0.04);
  });

  test('at the stair of the Titan meets the boss until it was fought that day', () => {
    const boss = tapped(walkerAt('titan_stair'), rules.search);
    expect(boss.after.journey.travel.encounter?.monster).toBe('titan_guard');
    const fought = tapped(boss.after, rules.fight).after;
    expect(fought.journey.travel.bossDay).toBe(dayOf(NOON));
    const again = walkerAt('titan_stair', { travel: { bossDay: dayOf(NOON) } });
    for (let charId = 0; charId < 50; charId += 1) {
      const { encounter } = tapped({ ...again, charId }, rules.search).after.journey.travel;
      expect(encounter?.monster).not.toBe('titan_guard');
    }
    const tomorrow = tapped(again, rules.search, tapAt(NOON + 24 * HOUR_MS));
    expect(tomorrow.after.journey.travel.encounter?.monster).toBe('titan_guard');
  });

  test.each<[string, Earnings, string]>([
    ['in a safe place', walkerAt('start_village'), 'not_here'],
    ['without energy', walkerAt('birch_wood', { travel: { energy: 1 } }), 'tired'],
    ['beside a monster', walkerAt('birch_wood', { travel: { encounter: meeting() } }), 'encounter'],
  ])('%s is refused', (_, earnings, reason) => {
    expect(tapped(earnings, rules.search)).toMatchObject({ kind: 'refused', reason });
  });

  test('notices more often with scouting', () => {
    const noticed = (uses: number) => {
      const met = Array.from({ length: 1_000 }, (_, charId) => {
        const earnings = { ...walkerAt('quarry', { uses: { scouting: uses } }), charId };
        return tapped(earnings, rules.search).after.journey.travel.encounter;
      }).filter((one) => one !== null);
      return met.filter((one) => one.noticed).length / met.length;
    };
    // Tier 2 asks for 16 of d20 and half of 8 perception; level 2 adds 4.
    expect(Math.abs(noticed(0) - 9 / 20)).toBeLessThan(0.07);
    expect(Math.abs(noticed(30) - 13 / 20)).toBeLessThan(0.07);
  });
});

describe('gather', () => {
  test('costs two energy and gives the first kind of the place', () => {
    const { after } = tapped(walkerAt('birch_wood'), rules.gather);
    expect(after.journey.travel.energy).toBe(22);
    expect(after.stacks).toEqual({ herb: 1 });
    expect(after.uses).toEqual({ gathering: 1 });
  });

  test('gives a tenth more with each level of gathering', () => {
    const all = Array.from({ length: 2_000 }, (_, charId) => {
      const earnings = { ...walkerAt('quarry', { uses: { gathering: 310 } }), charId };
      return tapped(earnings, rules.gather).after.stacks.ore ?? 0;
    });
    expect(Math.abs(all.reduce((sum, one) => sum + one, 0) / all.length - 1.5)).toBeLessThan(0.04);
    expect(new Set(all)).toEqual(new Set([1, 2]));
  });

  test('is as risky as a step', () => {
    const quarry = (earnings: Earnings) => at(earnings, 'quarry');
    expect(Math.abs(share(quarry, rules.gather) - 0.45)).toBeLessThan(0.04);
  });

  test('with the third level of gathering gives one of the second kind', () => {
    const { after } = tapped(walkerAt('birch_wood', { uses: { gathering: 70 } }), rules.gather);
    expect(after.stacks.reed).toBe(1);
  });

  test('never gives more than 999 of a kind', () => {
    const { after } = tapped(walkerAt('birch_wood', { stacks: { herb: 999 } }), rules.gather);
    expect(after.stacks.herb).toBe(999);
  });

  test.each<PlaceId>(['start_village', 'old_mill'])('at %s is refused', (place) => {
    const refused = { kind: 'refused', reason: 'not_here' };
    expect(tapped(walkerAt(place), rules.gather)).toMatchObject(refused);
  });
});

describe('rest and the healer', () => {
  const wounded = tapAt(NOON, { vitals: hurt });

  test('a rest costs three energy at a safe place', () => {
    const { after } = tapped(walkerAt('crossroads'), rules.rest, wounded);
    expect(after.journey.travel.energy).toBe(21);
    expect(after.uses).toEqual({ survival: 1 });
    expect([rules.restPercent(after), rules.restPercent({ uses: { survival: 30 } })]).toEqual([
      40, 50,
    ]);
  });

  test('the healer takes five gold, and nothing below level 3', () => {
    const paid = tapped(walkerAt('watchtower', { gold: 7, level: 3 }), rules.heal, wounded);
    expect(paid.after.journey.gold).toBe(2);
    const free = tapped(walkerAt('watchtower', { gold: 7, level: 2 }), rules.heal, wounded);
    expect(free.after.journey.gold).toBe(7);
  });

  test.each<[string, rules.WorldRule, Earnings, boolean, string]>([
    ['a rest in the wild', rules.rest, walkerAt('birch_wood'), true, 'not_here'],
    ['a rest in full health', rules.rest, walkerAt('crossroads'), false, 'healthy'],
    [
      'healing where there is no healer',
      rules.heal,
      walkerAt('crossroads', { gold: 9 }),
      true,
      'not_here',
    ],
    ['healing in full health', rules.heal, walkerAt('watchtower', { gold: 9 }), false, 'healthy'],
    ['healing without gold', rules.heal, walkerAt('watchtower', { gold: 4 }), true, 'poor'],
  ])('%s is refused', (...[, rule, earnings, isHurt, reason]) => {
    const reply = tapped(earnings, rule, isHurt ? wounded : tapAt());
    expect(reply).toMatchObject({ kind: 'refused', reason });
  });
});

describe('a monster', () => {
  const noticed = walkerAt('birch_wood', { travel: { encounter: meeting() } });
  const ambush = walkerAt('birch_wood', { travel: { encounter: meeting({ noticed: false }) } });
  const noEncounter = walkerAt('birch_wood');

  test('that was noticed is avoided for one energy, an ambush is left for three', () => {
    expect(tapped(noticed, rules.avoid).after.journey.travel).toMatchObject({
      energy: 23,
      encounter: null,
    });
    expect(tapped(ambush, rules.run).after.journey.travel).toMatchObject({
      energy: 21,
      encounter: null,
    });
  });

  test('is looked at once, for nothing, and that counts for lore', () => {
    const { after } = tapped(noticed, rules.examine);
    expect(after.journey.travel).toMatchObject({ energy: 24, encounter: { examined: true } });
    expect(after.uses).toEqual({ lore: 1 });
    expect(tapped(after, rules.examine)).toMatchObject({ kind: 'refused', reason: 'examined' });
  });

  test('stays until its battle is stored', () => {
    expect(tapped(ambush, rules.fight).after.journey.travel.encounter).toEqual(
      meeting({ noticed: false }),
    );
  });

  test.each<[string, rules.WorldRule, Earnings, string]>([
    ['an ambush is not avoided', rules.avoid, ambush, 'ambush'],
    ['a noticed monster cannot be run from: it is avoided', rules.run, noticed, 'noticed'],
    ['an ambush leaves no time to look', rules.examine, ambush, 'ambush'],
    ['without a monster there is nothing to avoid', rules.avoid, noEncounter, 'no_encounter'],
    ['without a monster there is nothing to fight', rules.fight, noEncounter, 'no_encounter'],
    [
      'running takes energy',
      rules.run,
      walkerAt('birch_wood', { travel: { energy: 2, encounter: meeting({ noticed: false }) } }),
      'tired',
    ],
  ])('%s', (...[, rule, earnings, reason]) => {
    expect(tapped(earnings, rule)).toMatchObject({ kind: 'refused', reason });
  });
});

describe('a shop', () => {
  test('buys all materials, two gold for each and its tier, more with trade', () => {
    const stacks = { herb: 3, ore: 2, relic: 1 };
    const sold = tapped(walkerAt('crossroads', { stacks }), rules.sellMaterials).after;
    expect(sold.journey.gold).toBe(2 * (3 + 2 * 2 + 3));
    expect(sold.stacks).toEqual({});
    expect(sold.uses).toEqual({ trade: 1 });
    const trader = walkerAt('crossroads', { stacks: { relic: 50 }, uses: { trade: 310 } });
    expect(tapped(trader, rules.sellMaterials).after.journey.gold).toBe(345);
  });

  test('is needed, and so are materials', () => {
    const away = walkerAt('start_village', { stacks: { herb: 1 } });
    expect(tapped(away, rules.sellMaterials)).toMatchObject({ reason: 'not_here' });
    expect(tapped(walkerAt('crossroads'), rules.sellMaterials)).toMatchObject({
      reason: 'no_materials',
    });
  });
});

test('a tap of an older version changes nothing', () => {
  const earnings = walkerAt('start_village');
  const { version } = earnings.journey;
  const decide = rules.worldStep(rules.go('birch_wood'), version - 1, tapAt());
  expect(decide(earnings)).toEqual({ kind: 'refused', reason: 'stale' });
});
