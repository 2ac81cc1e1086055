import { expect, test } from 'vitest';
import { OutageError } from '../../../domains/core/outage-error.ts';
import {
  BoostingReview,
  type Fought,
  circleFlags,
} from '../../../domains/rating/boosting-review.ts';
import { FixedClock } from '../../support/clock.ts';
import { RecordingLog } from '../../support/recording-log.ts';

/** Each two of these fought ten times. */
function foughtAmong(pairs: readonly (readonly [number, number])[]): Fought[] {
  return pairs.flatMap(([userId, otherUserId]) => [
    { userId, otherUserId, battles: 10 },
    { userId: otherUserId, otherUserId: userId, battles: 10 },
  ]);
}

const triangle = foughtAmong([
  [1, 2],
  [2, 3],
  [1, 3],
]);

test('three who fight nobody else are flagged in pairs, two are not', () => {
  const evidence = { battles: 10, members: 3 };
  expect(circleFlags([...triangle, ...foughtAmong([[7, 8]])], 100)).toEqual([
    { kind: 'closed_circle', userId: 1, otherUserId: 2, evidence },
    { kind: 'closed_circle', userId: 2, otherUserId: 3, evidence },
    { kind: 'closed_circle', userId: 1, otherUserId: 3, evidence },
  ]);
});

test('a circle is none if one of its users fights others, or if it is a large share of all', () => {
  const outside = { userId: 3, otherUserId: 4, battles: 1 };
  expect(circleFlags([...triangle, outside], 100)).toEqual([]);
  expect(circleFlags(triangle, 11)).toEqual([]);
  expect(circleFlags(triangle, 12)).toHaveLength(3);
});

test('the review logs how many battles it has flagged, and waits for an unavailable database', async () => {
  const log = new RecordingLog();
  const found = [() => Promise.reject(new OutageError('away')), () => Promise.resolve(2)];
  const clock = new FixedClock();
  const review = () => found.shift()?.() ?? Promise.resolve(0);
  const job = new BoostingReview({ flags: { review }, clock, log });
  for (let hour = 0; hour < 3; hour += 1) {
    await job.work();
    clock.advance(3_600_000);
  }
  expect(log.lines).toEqual([
    { level: 'info', facts: { count: 2 }, message: 'battles flagged for review' },
  ]);
});
