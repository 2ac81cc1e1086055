import { describe, expect, test } from 'vitest';
import { archetypes, attributeNames } from '../../../domains/account/account-context.ts';
import { earningsAfter } from '../../../domains/inventory/journey.ts';
import { spendPoint } from '../../../domains/skills/points.ts';
import { archetypeNumbers } from '../../../resources/numbers/archetypes.ts';
import { MAX_RAISE } from '../../../resources/numbers/levels.ts';
import { earningsOf } from '../../support/earnings.ts';

const version = 7;

describe('spending a point', () => {
  test.each(attributeNames)('raises %s by one, and nothing else', (attribute) => {
    const before = earningsOf({ journey: { points: 2 } });
    const decision = spendPoint({ attribute, version })(before);
    if (decision.kind !== 'change') throw new Error(decision.reason.key);
    const after = earningsAfter(before, decision.change);
    const raised = { ...before.attributes, [attribute]: before.attributes[attribute] + 1 };
    expect(after).toEqual({
      ...before,
      attributes: raised,
      journey: { ...before.journey, version: 8, points: 1 },
    });
  });

  test('is refused without points, and with the version of an older screen', () => {
    const strength = { attribute: 'strength', version } as const;
    expect(spendPoint(strength)(earningsOf())).toEqual({
      kind: 'refused',
      reason: { key: 'skills.notice.no_points' },
    });
    expect(spendPoint(strength)(earningsOf({ journey: { points: 1, version: 8 } }))).toEqual({
      kind: 'refused',
      reason: { key: 'skills.notice.stale' },
    });
  });

  test.each(archetypes)('of a %s ends at the highest raise of each attribute', (archetype) => {
    for (const attribute of attributeNames) {
      const begins = archetypeNumbers[archetype].attributes;
      const at = (points: number) =>
        spendPoint({ attribute, version })(
          earningsOf({
            archetype,
            journey: { points: 1 },
            attributes: { ...begins, [attribute]: begins[attribute] + points },
          }),
        );
      expect(at(MAX_RAISE - 1).kind).toBe('change');
      expect(at(MAX_RAISE)).toMatchObject({ reason: { key: 'skills.notice.limit' } });
    }
  });
});
