import { describe, expect, test } from 'vitest';
import { archetypes } from '../../../domains/account/account-context.ts';
import { loadoutsOf } from '../../../domains/account/loadout.ts';
import type { TechniqueId } from '../../../domains/combat/battle.ts';
import type { Decision } from '../../../domains/inventory/journey-store.ts';
import { type Earnings, earningsAfter } from '../../../domains/inventory/journey.ts';
import {
  chooseLoadout,
  knownTechniques,
  learnTechnique,
  learningOf,
  medalOf,
  presentLoadout,
  unlearned,
} from '../../../domains/skills/techniques.ts';
import { archetypeNumbers } from '../../../resources/numbers/archetypes.ts';
import { learnableTechniques } from '../../../resources/numbers/loadouts.ts';
import { earningsOf } from '../../support/earnings.ts';

const used = { onslaught: 15, breath: 5 };
const able = (change: Parameters<typeof earningsOf>[0] = {}) =>
  earningsOf({ level: 3, uses: used, journey: { gold: 60 }, ...change });
const learn = (technique: TechniqueId, version = 7) => learnTechnique({ technique, version });

function after(before: Earnings, decision: Decision): Earnings {
  if (decision.kind === 'refused') throw new Error(decision.reason.key);
  return earningsAfter(before, decision.change);
}

describe('learning a technique', () => {
  test('costs 60 gold once, and keeps the present loadout', () => {
    const before = able({ journey: { gold: 100 } });
    const decision = learn('feint')(before);
    const learned = after(before, decision);
    expect(learned.skills).toEqual({ ...before.skills, feint: 1 });
    expect(learned.journey.gold).toBe(40);
    expect(learned.loadout).toEqual(['crushing_blow', 'onslaught', 'war_cry', 'breath']);
    expect(presentLoadout(learned)).toEqual(presentLoadout(before));
    expect(decision).toMatchObject({ change: { wallet: [{ reason: 'learn', ref: 'feint' }] } });
  });

  test.each<[string, Earnings, TechniqueId, string]>([
    ['an older screen', able({ journey: { gold: 60, version: 8 } }), 'feint', 'stale'],
    ['a technique of no list', able(), 'siphon', 'not_learnable'],
    ['a technique that is known', able(), 'onslaught', 'not_learnable'],
    ['a level too low', able({ level: 2 }), 'feint', 'level'],
    ['too few uses', able({ uses: { onslaught: 19 } }), 'feint', 'uses'],
    ['uses of other techniques', able({ uses: { siphon: 99 } }), 'feint', 'uses'],
    ['too little gold', able({ journey: { gold: 59 } }), 'feint', 'gold'],
  ])('is refused with %s', (_, ...[earnings, technique, reason]) => {
    const refusal = { kind: 'refused', reason: { key: `skills.notice.${reason}` } };
    expect(learn(technique)(earnings)).toEqual(refusal);
  });

  test.each(archetypes)('of a %s takes one for each of four levels', (archetype) => {
    const techniques = archetypeNumbers[archetype].techniques;
    let earnings = earningsOf({ archetype, uses: { [techniques[0]]: 20 }, journey: { gold: 999 } });
    const learnedAt: number[] = [];
    for (let level = 1; level <= 10; level += 1) {
      earnings = { ...earnings, journey: { ...earnings.journey, level } };
      expect(learningOf(earnings).nextLevel).toBe([3, 5, 7, 9].find((one) => one > level) ?? null);
      for (const technique of learnableTechniques[archetype]) {
        const decision = learn(technique, earnings.journey.version)(earnings);
        if (decision.kind === 'refused') continue;
        earnings = after(earnings, decision);
        learnedAt.push(level);
      }
    }
    expect(learnedAt).toEqual([3, 5, 7, 9]);
    expect(unlearned(earnings)).toEqual([]);
    expect(knownTechniques(earnings)).toHaveLength(8);
    expect(earnings.journey.gold).toBe(999 - 4 * 60);
  });
});

describe('choosing a loadout', () => {
  const knowing = (archetype: (typeof archetypes)[number]) => {
    const all = [...archetypeNumbers[archetype].techniques, ...learnableTechniques[archetype]];
    return earningsOf({ archetype, skills: Object.fromEntries(all.map((id) => [id, 1])) });
  };

  test.each(archetypes)(
    'of a %s takes every balanced choice, in the order of keys',
    (archetype) => {
      const earnings = knowing(archetype);
      for (const loadout of loadoutsOf(archetype)) {
        const chosen = after(earnings, chooseLoadout(loadout.toReversed(), 7)(earnings));
        expect(chosen.loadout).toEqual(loadout);
        expect(presentLoadout(chosen)).toEqual(loadout);
      }
    },
  );

  test.each<[string, readonly TechniqueId[], number, string]>([
    ['an older screen', ['crushing_blow', 'onslaught', 'feint', 'breath'], 6, 'stale'],
    ['an unbalanced choice', ['onslaught', 'war_cry', 'riposte', 'breath'], 7, 'no_loadout'],
    [
      'another archetype’s technique',
      ['onslaught', 'war_cry', 'siphon', 'breath'],
      7,
      'no_loadout',
    ],
    ['a technique twice', ['onslaught', 'onslaught', 'feint', 'breath'], 7, 'no_loadout'],
    ['no Breath', ['crushing_blow', 'onslaught', 'war_cry', 'feint'], 7, 'no_loadout'],
  ])('is refused with %s', (_, ...[techniques, version, reason]) => {
    const refusal = { kind: 'refused', reason: { key: `skills.notice.${reason}` } };
    expect(chooseLoadout(techniques, version)(knowing('warrior'))).toEqual(refusal);
  });

  test('is refused with a technique that is not learned yet', () => {
    const decision = chooseLoadout(['crushing_blow', 'onslaught', 'feint', 'breath'], 7);
    expect(decision(earningsOf())).toMatchObject({ reason: { key: 'skills.notice.no_loadout' } });
  });
});

test.each([
  [19, null],
  [20, 'bronze'],
  [59, 'bronze'],
  [60, 'silver'],
  [150, 'gold'],
  [399, 'gold'],
  [400, 'crown'],
])('%i uses earn the medal %s', (uses, medal) => {
  expect(medalOf(uses)).toBe(medal);
});
