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

test('the review runs once an hour, and after an outage with the next call that is tried', async () => {
  const clock = new FixedClock();
  const log = new RecordingLog();
  let calls = 0;
  let isAway = true;
  const review = () => {
    calls += 1;
    return isAway ? Promise.reject(new OutageError('away')) : Promise.resolve(2);
  };
  const job = new BoostingReview({ flags: { review }, clock, log });
  await job.work();
  isAway = false;
  clock.advance(5_000);
  await job.work();
  clock.advance(3_599_999);
  await job.work();
  expect(calls).toBe(2);
  clock.advance(1);
  await job.work();
  expect(calls).toBe(3);
  expect(log.lines.map(({ message }) => message)).toEqual([
    'battles flagged for review',
    'battles flagged for review',
  ]);
});
