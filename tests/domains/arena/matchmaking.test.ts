import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  acceptedGs,
  mayFight,
  searchRange,
  windowShare,
} from '../../../domains/arena/matchmaking.ts';
import {
  pairsOf,
  opponentsOf,
  parseQueue,
  shippedRules,
} from '../../support/matchmaking-notation.ts';

describe('the window of a request', () => {
  test.each([
    [0, 0.15],
    [9_999, 0.15],
    [10_000, 0.2],
    [20_000, 0.3],
    [30_000, 0.4],
    [40_000, 0.6],
    [200_000, 0.6],
  ])('after %i ms it is a share of %f of the GearScore', (waited, share) => {
    expect(windowShare(shippedRules, waited)).toBe(share);
  });

  test('is symmetric around the own GearScore', () => {
    const request = [...parseQueue('A:200@10').values()][0];
    if (request === undefined) throw new Error('nobody waits');
    expect(acceptedGs(shippedRules, request, 1_000_000)).toEqual({ minGs: 160, maxGs: 240 });
  });
});

describe('who may fight whom', () => {
  test.each([
    ['both edges of ±15 % count at once', 'A:100 B:115', 'A-B'],
    ['one point beyond them does not', 'A:100 B:116', ''],
    ['the lower edge counts as well', 'A:100 B:85', 'A-B'],
    ['the window of who waits longer decides for a newcomer', 'A:100@30 B:140', 'A-B'],
    ['a wide window of the newcomer would not help', 'A:100@30 B:141', ''],
    ['at last a newcomer may fight anybody up to 60 % above', 'A:100@40 B:160', 'A-B'],
    ['two characters of one user never meet', 'A:100@40/7 B:100@40/7', ''],
    ['one who has blocked the other never meets them', 'A:100~B B:100', ''],
    ['nor does the one who is blocked, who meets others', 'A:100@1 B:100~A C:110', 'A-C'],
    ['who fought last meet again when nobody else is there', 'A:100!B B:100!A', 'A-B'],
    ['who fought last wait while somebody else is there', 'A:100@1!B B:100!A C:110', 'A-C'],
  ])('%s', (_rule, queue, expected) => {
    expect(pairsOf(queue)).toBe(expected);
  });

  test('a wave pairs as many as possible, the longest wait choosing first', () => {
    expect(pairsOf('A:100@3 B:101@2 C:150@9 D:152@1 E:500@20')).toBe('C-D A-B');
  });

  test('pairs share no player', () => {
    const someone = fc.record({ gs: fc.integer({ min: 80, max: 130 }), waited: fc.nat(50) });
    fc.assert(
      fc.property(fc.array(someone, { maxLength: 20 }), (crowd) => {
        const letters = 'ABCDEFGHIJKLMNOPQRST';
        const line = crowd
          .map(({ gs, waited }, i) => `${letters[i] ?? 'Z'}:${gs}@${waited}`)
          .join(' ');
        const paired = line === '' ? [] : Array.from(pairsOf(line).replaceAll(/[- ]/g, ''));
        expect(new Set(paired).size).toBe(paired.length);
      }),
    );
  });
});

describe('the order of opponents', () => {
  test('nearest GearScore first', () => {
    expect(opponentsOf('A:100 B:110 C:104 D:95')).toBe('C D B');
  });

  test('of the equally near, the longest wait first', () => {
    expect(opponentsOf('A:100 B:103@1 C:97@8 D:103@3')).toBe('C D B');
  });

  test('the last opponent comes after all others', () => {
    expect(opponentsOf('A:100!B B:100 C:114')).toBe('C B');
  });
});

test('the search range contains everybody who may fight the seeker', () => {
  const someone = fc.record({ gs: fc.integer({ min: 1, max: 5000 }), waited: fc.nat(60) });
  fc.assert(
    fc.property(someone, someone, (mine, theirs) => {
      const line = `A:${mine.gs}@${mine.waited} B:${theirs.gs}@${theirs.waited}`;
      const [seeker, other] = parseQueue(line).values();
      if (seeker === undefined || other === undefined) throw new Error('two have to wait');
      const { minGs, maxGs } = searchRange(shippedRules, seeker, 50);
      const found = other.gs >= minGs && other.gs <= maxGs;
      expect(found || !mayFight(shippedRules, [seeker, other], 1_000_000)).toBe(true);
    }),
  );
});
