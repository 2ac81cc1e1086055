import { beforeEach, describe, expect, test } from 'vitest';
import { Presence } from '../../../domains/account/presence.ts';
import { FixedClock } from '../../support/clock.ts';

describe('that the player of a session is there', () => {
  let clock: FixedClock;
  let noted: number[];
  let presence: Presence;
  beforeEach(() => {
    clock = new FixedClock();
    noted = [];
    const recordSeen = (charId: number) => {
      noted.push(charId);
      return Promise.resolve();
    };
    presence = new Presence({ writeBehind: { recordSeen }, clock });
  });

  test('is noted once a minute, however often they tap', async () => {
    await presence.recordSeen(1);
    clock.advance(59_999);
    await presence.recordSeen(1);
    expect(noted).toEqual([1]);
    clock.advance(1);
    await presence.recordSeen(1);
    expect(noted).toEqual([1, 1]);
  });

  test('is noted of the next one above ten thousand without noting all others again', async () => {
    for (let charId = 1; charId <= 10_001; charId += 1) await presence.recordSeen(charId);
    noted.length = 0;
    for (let charId = 2; charId <= 10_001; charId += 1) await presence.recordSeen(charId);
    expect(noted).toEqual([]);
  });
});
