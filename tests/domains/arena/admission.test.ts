import { describe, expect, test } from 'vitest';
import { decideArrivals, mayHaveOpponent } from '../../../domains/arena/admission.ts';
import type { Horizon, Surveyed, Waiting } from '../../../domains/arena/arena-store.ts';
import { shippedRules } from '../../support/couples.ts';

const NOW_MS = 1_800_000_000_000;
const nobodyPromised = new Set<number>();

function one(charId: number, gs: number, waitedMs = 0): Waiting {
  const userId = 1_000 + charId;
  const startTimeMs = NOW_MS - waitedMs;
  return { charId, userId, mode: '1v1', gs, startTimeMs, lastOpponentId: null };
}

function arrival(
  seeker: Waiting,
  others: readonly Waiting[] = [],
  horizon: Horizon | null = null,
): Surveyed {
  return { seeker, sight: { others, horizon } };
}

/** `1+9` met who waits, `1*2` met another newcomer, `3` waits. */
function told(arrivals: readonly Surveyed[], promised: ReadonlySet<number> = nobodyPromised) {
  return decideArrivals(shippedRules, { arrivals, promised }, NOW_MS)
    .map((decided) => {
      if (decided.kind === 'waits') return String(decided.newcomer.charId);
      const ids = decided.sides.map(({ charId }) => charId);
      return ids.join(decided.waiting === null ? '*' : '+');
    })
    .join(' ');
}

describe('of those who join at once', () => {
  test('each gets the nearest of who waits', () => {
    const waiting = [one(8, 100), one(9, 110)];
    expect(told([arrival(one(1, 109), waiting), arrival(one(2, 101), waiting)])).toBe('1+9 2+8');
  });

  test('nobody gets whom one before him got: the next best is his', () => {
    const waiting = [one(8, 100, 5_000), one(9, 100)];
    expect(told([1, 2].map((id) => arrival(one(id, 100), waiting)))).toBe('1+8 2+9');
  });

  test('those who find nobody find each other', () => {
    expect(told([1, 2, 3].map((id) => arrival(one(id, 100))))).toBe('2*1 3');
  });

  test('a newcomer is taken before who waits where he is nearer', () => {
    const far = [one(9, 110, 5_000)];
    expect(told([arrival(one(1, 100)), arrival(one(2, 101), far)])).toBe('2*1');
  });

  test('two who may not fight both wait', () => {
    const [first, second] = [one(1, 100), { ...one(2, 100), userId: 1_001 }];
    expect(told([arrival(first), arrival(second), arrival(one(3, 500))])).toBe('1 2 3');
  });

  test('nobody gets who is promised to somebody at this moment', () => {
    expect(told([arrival(one(1, 100), [one(9, 100)])], new Set([9]))).toBe('1');
  });

  test('nobody is in two places: who waits and knocks again is not met as one who waits', () => {
    const again = arrival(one(2, 100));
    expect(told([arrival(one(1, 300), [one(2, 300)]), again])).toBe('1 2');
  });

  test('who cannot be sure of the best waits', () => {
    const horizon = { distance: 2, startTimeMs: 0 };
    expect(told([arrival(one(1, 100), [one(9, 105)], horizon)])).toBe('1');
    expect(told([arrival(one(1, 100), [one(9, 101)], horizon)])).toBe('1+9');
  });

  test('who could not see takes nobody', () => {
    const blind = [1, 2].map((id) => ({ seeker: one(id, 100), sight: null }));
    expect(told(blind)).toBe('1 2');
  });
});

describe('who waits and looks about him', () => {
  const me = one(1, 100);
  const may = (seen: Surveyed) => mayHaveOpponent(shippedRules, seen, NOW_MS);

  test('has an opponent in whoever suits him, not in himself and not in whoever does not', () => {
    expect(may(arrival(me, [me, one(2, 104)]))).toBe(true);
    expect(may(arrival(me, [me, one(2, 500)]))).toBe(false);
  });

  test('may have one where he does not see everybody, or nothing', () => {
    expect(may(arrival(me, [me], { distance: 0, startTimeMs: 0 }))).toBe(true);
    expect(may({ seeker: me, sight: null })).toBe(true);
  });
});
