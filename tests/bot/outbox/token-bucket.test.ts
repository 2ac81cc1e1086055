import { describe, expect, test } from 'vitest';
import { TokenBucket } from '../../../bot/outbox/token-bucket.ts';

const LIMITS = { burst: 4, everyMs: 1_000 };

/** How long each of `count` calls had to wait that are made as soon as they may be. */
function waits(pace: TokenBucket, count: number, startMs = 0): number[] {
  let nowMs = startMs;
  return Array.from({ length: count }, () => {
    const waitMs = pace.waitMs(nowMs);
    nowMs += waitMs;
    pace.spend(nowMs);
    return waitMs;
  });
}

describe('the pace of a chat', () => {
  test('is a burst, then one call a second', () => {
    expect(waits(new TokenBucket(LIMITS), 7)).toEqual([0, 0, 0, 0, 1_000, 1_000, 1_000]);
  });

  test('gives the burst back with time, and no more than that', () => {
    const pace = new TokenBucket(LIMITS);
    waits(pace, 4);
    expect(waits(pace, 4, 2_000)).toEqual([0, 0, 1_000, 1_000]);
    expect(waits(pace, 5, 1_000_000)).toEqual([0, 0, 0, 0, 1_000]);
  });

  test('obeys a flood wait, also the longer of two', () => {
    const pace = new TokenBucket(LIMITS);
    pace.pauseFor(0, 7_000);
    pace.pauseFor(1_000, 2_000);
    expect(pace.waitMs(1_000)).toBe(6_000);
    expect(pace.waitMs(7_000)).toBe(0);
  });

  test('after a slow answer is one call a second at once', () => {
    const pace = new TokenBucket(LIMITS);
    pace.slowDown(0);
    expect(waits(pace, 2)).toEqual([1_000, 1_000]);
  });

  test('leaves two calls of the burst to taps when nobody waits', () => {
    const pace = new TokenBucket(LIMITS);
    pace.spend(0);
    expect(pace.backgroundWaitMs(0)).toBe(0);
    pace.spend(0);
    expect(pace.backgroundWaitMs(0)).toBe(1_000);
    expect(pace.waitMs(0)).toBe(0);
  });

  test('can be forgotten once it is rested', () => {
    const pace = new TokenBucket(LIMITS);
    expect(pace.isFull(0)).toBe(true);
    pace.spend(0);
    expect(pace.isFull(999)).toBe(false);
    expect(pace.isFull(1_000)).toBe(true);
    pace.pauseFor(1_000, 500);
    expect(pace.isFull(1_499)).toBe(false);
  });
});
