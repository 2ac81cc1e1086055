import { beforeEach, describe, expect, test } from 'vitest';
import { Presence } from '../../../domains/account/presence.ts';
import { FixedClock } from '../../support/clock.ts';

describe('Presence', () => {
  let clock: FixedClock;
  let recorded: number[];
  let presence: Presence;
  beforeEach(() => {
    clock = new FixedClock();
    recorded = [];
    const recordSeen = (charId: number) => {
      recorded.push(charId);
      return Promise.resolve();
    };
    presence = new Presence({ writeBehind: { recordSeen }, clock });
  });

  test('records a player once a minute, however often they tap', async () => {
    await presence.recordSeen(1);
    clock.advance(59_999);
    await presence.recordSeen(1);
    expect(recorded).toEqual([1]);
    clock.advance(1);
    await presence.recordSeen(1);
    expect(recorded).toEqual([1, 1]);
  });

  test('records player 10,001 without recording all others again', async () => {
    for (let charId = 1; charId <= 10_001; charId += 1) await presence.recordSeen(charId);
    recorded.length = 0;
    for (let charId = 2; charId <= 10_001; charId += 1) await presence.recordSeen(charId);
    expect(recorded).toEqual([]);
  });
});
