import { describe, expect, test } from 'vitest';
import { TokenBucket } from '../../../bot/outbox/token-bucket.ts';

const LIMITS = { burst: 4, everyMs: 1_000 };

/** The waits of `count` calls, each made as soon as it is allowed. */
function waits(bucket: TokenBucket, count: number, startMs = 0): number[] {
  let nowMs = startMs;
  return Array.from({ length: count }, () => {
    const waitMs = bucket.waitMs(nowMs);
    nowMs += waitMs;
    bucket.spend(nowMs);
    return waitMs;
  });
}

describe('TokenBucket', () => {
  test('allows a burst, then one call a second', () => {
    expect(waits(new TokenBucket(LIMITS), 7)).toEqual([0, 0, 0, 0, 1_000, 1_000, 1_000]);
  });

  test('refills up to the burst', () => {
    const bucket = new TokenBucket(LIMITS);
    waits(bucket, 4);
    expect(waits(bucket, 4, 2_000)).toEqual([0, 0, 1_000, 1_000]);
    expect(waits(bucket, 5, 1_000_000)).toEqual([0, 0, 0, 0, 1_000]);
  });

  test('obeys the longer of two flood waits', () => {
    const bucket = new TokenBucket(LIMITS);
    bucket.pauseFor(0, 7_000);
    bucket.pauseFor(1_000, 2_000);
    expect(bucket.waitMs(1_000)).toBe(6_000);
    expect(bucket.waitMs(7_000)).toBe(0);
  });

  test('allows one call a second after a slow call', () => {
    const bucket = new TokenBucket(LIMITS);
    bucket.slowDown(0);
    expect(waits(bucket, 2)).toEqual([1_000, 1_000]);
  });

  test('reserves two calls of the burst for taps', () => {
    const bucket = new TokenBucket(LIMITS);
    bucket.spend(0);
    expect(bucket.backgroundWaitMs(0)).toBe(0);
    bucket.spend(0);
    expect(bucket.backgroundWaitMs(0)).toBe(1_000);
    expect(bucket.waitMs(0)).toBe(0);
  });

  test('is full when the burst has been refilled and no flood wait is left', () => {
    const bucket = new TokenBucket(LIMITS);
    expect(bucket.isFull(0)).toBe(true);
    bucket.spend(0);
    expect(bucket.isFull(999)).toBe(false);
    expect(bucket.isFull(1_000)).toBe(true);
    bucket.pauseFor(1_000, 500);
    expect(bucket.isFull(1_499)).toBe(false);
  });
});
