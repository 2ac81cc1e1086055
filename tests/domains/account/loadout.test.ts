import { describe, expect, test } from 'vitest';
import { archetypes } from '../../../domains/account/account-context.ts';
import { choosable, isLoadout, loadoutsOf } from '../../../domains/account/loadout.ts';
import { CURRENT_RULES, rulesOf } from '../../../domains/combat/rules/rules-of.ts';
import { archetypeNumbers } from '../../../resources/numbers/archetypes.ts';
import { learnableTechniques } from '../../../resources/numbers/loadouts.ts';
import { techniqueLevels } from '../../../resources/numbers/levels.ts';
import { techniqueIds } from '../../../resources/numbers/techniques.ts';

describe.each(archetypes)('the loadouts of a %s', (archetype) => {
  const begins = archetypeNumbers[archetype].techniques;
  const learnable = learnableTechniques[archetype];
  const all = loadoutsOf(archetype);

  test('have Breath and three others that it begins with or can learn, each loadout once', () => {
    for (const loadout of all) {
      expect(loadout).toHaveLength(4);
      expect(loadout).toEqual(techniqueIds.filter((id) => loadout.includes(id)));
      expect(loadout).toContain('breath');
      expect([...begins, ...learnable]).toEqual(expect.arrayContaining(loadout));
    }
    expect(new Set(all.map(String)).size).toBe(all.length);
  });

  test('have one technique to learn for each level that gives one, known to the rules', () => {
    expect(learnable).toHaveLength(techniqueLevels.length);
    expect(learnable.filter((id) => begins.some((own) => own === id))).toEqual([]);
    for (const id of learnable) expect(rulesOf(CURRENT_RULES).costOf(id)).not.toBeNull();
  });

  test('have the techniques that it begins with, in any order', () => {
    expect(isLoadout(archetype, begins)).toBe(true);
    expect(isLoadout(archetype, [...begins].toReversed())).toBe(true);
    expect(isLoadout(archetype, begins.slice(1))).toBe(false);
    expect(isLoadout(archetype, [...begins, learnable[0]])).toBe(false);
    expect(isLoadout(archetype, [begins[0], begins[0], begins[1], 'breath'])).toBe(false);
  });

  test('grow with every technique that is learned, in whatever order', () => {
    for (const first of learnable) {
      const known = [...begins, first];
      const reachable = all.filter((loadout) => loadout.every((id) => known.includes(id)));
      expect(reachable.length).toBeGreaterThan(1);
    }
  });
});

describe('choosable', () => {
  test('offers what leads to a loadout of known techniques, and nothing else', () => {
    for (const archetype of archetypes) {
      const known = [...archetypeNumbers[archetype].techniques, ...learnableTechniques[archetype]];
      for (const loadout of loadoutsOf(archetype)) {
        for (const [at, next] of loadout.entries()) {
          expect(choosable(archetype, { chosen: loadout.slice(0, at), known })).toContain(next);
        }
        expect(choosable(archetype, { chosen: loadout, known })).toEqual([]);
      }
    }
  });

  test('answers only techniques that complete a loadout after the last but one', () => {
    for (const archetype of archetypes) {
      const known = [...archetypeNumbers[archetype].techniques, ...learnableTechniques[archetype]];
      for (const loadout of loadoutsOf(archetype)) {
        const chosen = loadout.slice(1);
        for (const last of choosable(archetype, { chosen, known })) {
          expect(isLoadout(archetype, [...chosen, last])).toBe(true);
        }
      }
    }
  });

  test('offers a newcomer what the archetype begins with', () => {
    const known = archetypeNumbers.warrior.techniques;
    expect(choosable('warrior', { chosen: [], known })).toEqual([...known]);
    expect(choosable('warrior', { chosen: ['feint'], known })).toEqual([]);
  });
});
