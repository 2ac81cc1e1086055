import { describe, expect, test } from 'vitest';
import { BattleAnnouncer } from '../../../domains/arena/battle-announcer.ts';
import type { BattleRecord } from '../../../domains/combat/battle-record.ts';
import { choose, surrender, timeOut } from '../../../domains/combat/battle-session.ts';
import type { Side } from '../../../domains/combat/battle.ts';
import { BATTLE_START_MS, freshBattle, turnRules } from '../../support/battle-setup.ts';

/** `0:edit 1:notify`: which side was shown the turn in which manner. */
function told(after: BattleRecord, before: BattleRecord): string {
  const shown: string[] = [];
  const announcer = new BattleAnnouncer({
    announce: (userId, _payload, manner) => void shown.push(`${userId - 1001}:${manner}`),
  });
  announcer.battleMoved(after, before);
  return shown.join(' ');
}

/** The battle after a side has locked in its move, so many seconds into the first turn. */
function lockIn(record: BattleRecord, side: Side, afterS: number): BattleRecord {
  const choice = { strike: 'head', guard: 'head-chest' } as const;
  const at = { nowMs: BATTLE_START_MS + afterS * 1000, rules: turnRules };
  const reply = choose(record, { side, turn: record.battle.turn, choice }, at);
  if (reply.kind !== 'changed') throw new Error(`The move was ${reply.kind}`);
  return reply.record;
}

describe('a new turn', () => {
  test('makes no sound for two who are at it', () => {
    const waiting = lockIn(freshBattle(), 0, 1);
    expect(told(lockIn(waiting, 1, 15), waiting)).toBe('0:edit 1:edit');
  });

  test('calls whoever has waited for the other for 15 s', () => {
    const waiting = lockIn(freshBattle(), 0, 1);
    expect(told(lockIn(waiting, 1, 16), waiting)).toBe('0:notify 1:edit');
  });

  test('calls whoever has slept through the last one', () => {
    const waiting = lockIn(freshBattle(), 0, 30);
    const after = timeOut(waiting, waiting.turnEndsAtMs, turnRules) ?? waiting;
    expect(after.battle.turn).toBe(waiting.battle.turn + 1);
    expect(told(after, waiting)).toBe('0:edit 1:notify');
  });

  test('that only got its time back is no reason for a sound', () => {
    const waiting = lockIn(freshBattle(), 0, 1);
    const later = { ...waiting, turnEndsAtMs: waiting.turnEndsAtMs + 60_000 };
    expect(told(later, waiting)).toBe('0:edit 1:edit');
  });
});

describe('the end', () => {
  const endOf = (before: BattleRecord, afterS: number) => {
    const ended = surrender(before, 1, BATTLE_START_MS + afterS * 1000) ?? before;
    const shown: string[] = [];
    const announcer = new BattleAnnouncer({
      announce: (_userId, { screen }, manner) => void shown.push(`${screen}:${manner}`),
    });
    announcer.battleEnded(ended, 0, before);
    return shown;
  };

  test('makes no sound for who is at it', () => {
    expect(endOf(lockIn(freshBattle(), 0, 1), 15)).toEqual(['result:edit']);
    expect(endOf(freshBattle(), 30)).toEqual(['result:edit']);
  });

  test('calls whoever has waited for the other for 15 s', () => {
    expect(endOf(lockIn(freshBattle(), 0, 1), 16)).toEqual(['result:notify']);
  });
});
