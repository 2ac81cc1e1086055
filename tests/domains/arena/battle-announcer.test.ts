import { describe, expect, test } from 'vitest';
import { BattleAnnouncer } from '../../../domains/arena/battle-announcer.ts';
import type { BattleRecord } from '../../../domains/combat/battle-record.ts';
import { choose, surrender, timeOut } from '../../../domains/combat/battle-session.ts';
import type { Side } from '../../../domains/combat/battle.ts';
import { BATTLE_START_MS, freshBattle, turnRules } from '../../support/battle-setup.ts';
import { noStandings } from '../../support/unobserved.ts';

/** `0:edit 1:notify`: how the turn was announced to each side. */
function announced(after: BattleRecord, before: BattleRecord): string {
  const shown: string[] = [];
  const announcer = new BattleAnnouncer(
    {
      announce: (userId, _payload, mode) => void shown.push(`${userId - 1001}:${mode}`),
    },
    noStandings,
  );
  announcer.battleMoved(after, before);
  return shown.join(' ');
}

/** The battle after a side has locked in its move, `afterS` seconds into the first turn. */
function lockIn(record: BattleRecord, side: Side, afterS: number): BattleRecord {
  const choice = { strike: 'head', guard: 'head-chest' } as const;
  const at = { nowMs: BATTLE_START_MS + afterS * 1000, rules: turnRules };
  const reply = choose(record, { side, turn: record.battle.turn, choice }, at);
  if (reply.kind !== 'changed') throw new Error(`The move was ${reply.kind}`);
  return reply.record;
}

describe('battleMoved', () => {
  test('edits the screens of two attentive players', () => {
    const waiting = lockIn(freshBattle(), 0, 1);
    expect(announced(lockIn(waiting, 1, 15), waiting)).toBe('0:edit 1:edit');
  });

  test('notifies a player who has waited for more than 15 s', () => {
    const waiting = lockIn(freshBattle(), 0, 1);
    expect(announced(lockIn(waiting, 1, 16), waiting)).toBe('0:notify 1:edit');
  });

  test('notifies a player who was idle in the last turn', () => {
    const waiting = lockIn(freshBattle(), 0, 30);
    const after = timeOut(waiting, waiting.turnEndsAtMs, turnRules) ?? waiting;
    expect(after.battle.turn).toBe(waiting.battle.turn + 1);
    expect(announced(after, waiting)).toBe('0:edit 1:notify');
  });

  test('edits the screens when the turn was only extended', () => {
    const waiting = lockIn(freshBattle(), 0, 1);
    const later = { ...waiting, turnEndsAtMs: waiting.turnEndsAtMs + 60_000 };
    expect(announced(later, waiting)).toBe('0:edit 1:edit');
  });
});

describe('choiceMade', () => {
  function shownAfter(after: BattleRecord, before: BattleRecord): string[] {
    const shown: string[] = [];
    const announcer = new BattleAnnouncer(
      {
        announce: (userId, { title }, mode) => {
          const { opponent = '' } = title.args ?? {};
          const state = typeof opponent === 'object' && 'key' in opponent ? opponent.key : '';
          shown.push(`${userId - 1001}:${mode}:${state}`);
        },
      },
      noStandings,
    );
    announcer.choiceMade(after, before);
    return shown;
  }

  test('tells the other side that a move is complete, and not what it is', () => {
    const waiting = lockIn(freshBattle(), 0, 1);
    expect(shownAfter(waiting, freshBattle())).toEqual(['1:ambient:battle.opponent.chosen']);
  });

  test('is silent about a change of a complete move', () => {
    const waiting = lockIn(freshBattle(), 0, 1);
    expect(shownAfter(lockIn(waiting, 0, 2), waiting)).toEqual([]);
  });
});

describe('battleEnded', () => {
  const endOf = async (before: BattleRecord, afterS: number) => {
    const ended = surrender(before, 1, BATTLE_START_MS + afterS * 1000) ?? before;
    const shown: string[] = [];
    const announcer = new BattleAnnouncer(
      {
        announce: (_userId, { screen }, mode) => void shown.push(`${screen}:${mode}`),
      },
      noStandings,
    );
    await announcer.battleEnded(ended, 0, before);
    return shown;
  };

  test('edits the screen of an attentive player', async () => {
    expect(await endOf(lockIn(freshBattle(), 0, 1), 15)).toEqual(['result:edit']);
    expect(await endOf(freshBattle(), 30)).toEqual(['result:edit']);
  });

  test('notifies a player who has waited for more than 15 s', async () => {
    expect(await endOf(lockIn(freshBattle(), 0, 1), 16)).toEqual(['result:notify']);
  });
});
