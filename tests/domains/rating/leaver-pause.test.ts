import { describe, expect, test } from 'vitest';
import { OutageError } from '../../../domains/core/outage-error.ts';
import {
  type Ending,
  isLeft,
  leaverPauseHandler,
  leaversOf,
} from '../../../domains/rating/leaver-pause.ts';
import { LeaverPauses } from '../../../domains/rating/leaver-pauses.ts';
import { battleWon } from '../../support/archived-battles.ts';
import { FixedClock } from '../../support/clock.ts';
import { silentLog } from '../../support/silent-log.ts';

const fought: Ending = { reason: 'knockout', turns: 8, result: 'lost' };
const idle: Ending = { reason: 'idle', turns: 6, result: 'lost' };
const lost = { ...battleWon(1), outcome: { winner: 0, reason: 'idle' } as const, turns: 3 };
const loser = 1002;

function minutesAfter(earlier: readonly Ending[]): number {
  const [pause] = leaverPauseHandler.apply(lost, [{ userId: loser, earlier }]);
  return pause === undefined ? 0 : (pause.untilMs - lost.endedAtMs) / 60_000;
}

describe('a battle', () => {
  test.each<[string, Ending, boolean]>([
    ['lost by the clock', idle, true],
    ['drawn by the clock', { ...idle, result: 'drawn' }, true],
    ['won by the clock', { ...idle, result: 'won' }, false],
    ['given up in the third turn', { reason: 'surrender', turns: 3, result: 'lost' }, true],
    ['given up in the fourth turn', { reason: 'surrender', turns: 4, result: 'lost' }, false],
    ['ended by an operator', { reason: 'operator', turns: 2, result: 'drawn' }, false],
    ['won by a surrender', { reason: 'surrender', turns: 1, result: 'won' }, false],
    ['lost by a knock-out', { ...fought, turns: 1 }, false],
  ])('%s: is left %s', (_, ending, left) => {
    expect(isLeft(ending)).toBe(left);
  });

  test('of two people names the one who left, with an outage or without two users nobody', () => {
    expect(leaversOf(lost)).toEqual([loser]);
    expect(leaversOf({ ...lost, hadOutage: true })).toEqual([]);
    const [one, other] = lost.sides;
    expect(leaversOf({ ...lost, sides: [one, { ...other, userId: one.userId }] })).toEqual([]);
    const shadow = { ...one, charId: null, userId: null };
    expect(leaversOf({ ...lost, sides: [shadow, other] })).toEqual([]);
  });
});

describe('the pause', () => {
  test.each([
    [0, 0],
    [1, 2],
    [2, 10],
    [3, 30],
    [9, 30],
  ])('after %i earlier ones is %i minutes', (leaves, minutes) => {
    const earlier = Array.from({ length: 12 }, (_, at) => (at < leaves ? idle : fought));
    expect(minutesAfter(earlier)).toBe(minutes);
  });

  test('fades with finished battles: of the latest twenty only', () => {
    const finished = Array.from({ length: 18 }, () => fought);
    expect(minutesAfter([...finished, idle])).toBe(2);
    expect(minutesAfter([...finished, fought, idle])).toBe(0);
  });

  test('is none once it is over, and while the database is unavailable', async () => {
    const clock = new FixedClock();
    const untilMs = clock.now() + 1_000;
    let isAway = false;
    const pausedUntil = () =>
      isAway ? Promise.reject(new OutageError('away')) : Promise.resolve(untilMs);
    const pauses = new LeaverPauses({ pauses: { pausedUntil }, clock, log: silentLog });
    expect(await pauses.pausedUntil(1)).toBe(untilMs);
    isAway = true;
    expect(await pauses.pausedUntil(1)).toBeNull();
    isAway = false;
    clock.advance(1_000);
    expect(await pauses.pausedUntil(1)).toBeNull();
  });
});
