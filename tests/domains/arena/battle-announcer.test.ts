import { describe, expect, test, vi } from 'vitest';
import { BattleAnnouncer } from '../../../domains/arena/battle-announcer.ts';
import type { BattleRecord } from '../../../domains/combat/battle-record.ts';
import { choose, markSettled, surrender, timeOut } from '../../../domains/combat/battle-session.ts';
import { withEmote } from '../../../domains/combat/emotes.ts';
import type { Side } from '../../../domains/combat/battle.ts';
import { BATTLE_START_MS, freshBattle, turnRules } from '../../support/battle-setup.ts';
import { noStandings } from '../../support/unobserved.ts';

/** `0:edit 1:notify`, and the cause: how the turn was announced to each side. */
function announced(after: BattleRecord, before: BattleRecord): string {
  const shown: string[] = [];
  const causes = new Set<string>();
  const announcer = new BattleAnnouncer(
    {
      announce: (userId, _payload, { delivery, cause }) => {
        shown.push(`${userId - 1001}:${delivery}`);
        causes.add(cause);
      },
    },
    noStandings,
  );
  announcer.battleMoved(after, before);
  return [...shown, ...causes].join(' ');
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
    expect(announced(lockIn(waiting, 1, 15), waiting)).toBe('0:edit 1:edit tap');
  });

  test('notifies a player who has waited for more than 15 s', () => {
    const waiting = lockIn(freshBattle(), 0, 1);
    expect(announced(lockIn(waiting, 1, 16), waiting)).toBe('0:notify 1:edit tap');
  });

  test('notifies a player who was idle in the last turn', () => {
    const waiting = lockIn(freshBattle(), 0, 30);
    const after = timeOut(waiting, waiting.turnEndsAtMs, turnRules) ?? waiting;
    expect(after.battle.turn).toBe(waiting.battle.turn + 1);
    expect(announced(after, waiting)).toBe('0:edit 1:notify clock');
  });

  test('edits the screens when the turn was only extended', () => {
    const waiting = lockIn(freshBattle(), 0, 1);
    const later = { ...waiting, turnEndsAtMs: waiting.turnEndsAtMs + 60_000 };
    expect(announced(later, waiting)).toBe('0:edit 1:edit clock');
  });
});

describe('battleStarted', () => {
  const started = (record: BattleRecord, isTapped: boolean) => {
    const modes: string[] = [];
    const announcer = new BattleAnnouncer(
      { announce: (_userId, _payload, { delivery }) => void modes.push(delivery) },
      noStandings,
    );
    announcer.battleStarted(record, isTapped);
    return modes;
  };

  test('is silent for a player who has just tapped to fight their Shadow', () => {
    expect(started(freshBattle({ second: 'novice' }), true)).toEqual(['edit']);
  });

  test('notifies a player whose wait for their Shadow is over, and both of a match', () => {
    expect(started(freshBattle({ second: 'novice' }), false)).toEqual(['notify']);
    expect(started(freshBattle(), true)).toEqual(['notify', 'notify']);
  });
});

describe('choiceMade', () => {
  function shownAfter(after: BattleRecord, before: BattleRecord): string[] {
    const shown: string[] = [];
    const announcer = new BattleAnnouncer(
      {
        announce: (userId, { title }, { delivery }) => {
          const { opponent = '' } = title.args ?? {};
          const state = typeof opponent === 'object' && 'key' in opponent ? opponent.key : '';
          shown.push(`${userId - 1001}:${delivery}:${state}`);
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

  test('shows an emote to the other side', () => {
    const sent = withEmote(freshBattle(), 0, { emote: 'gg', exchange: 1 }) ?? freshBattle();
    expect(shownAfter(sent, freshBattle())).toEqual(['1:ambient:battle.opponent.says']);
  });

  test('shows an emote after the end in the result, with the record', async () => {
    const ended = markSettled(surrender(freshBattle(), 1, BATTLE_START_MS) ?? freshBattle());
    const sent = withEmote(ended, 0, { emote: 'gg', exchange: 2 }) ?? ended;
    const shown: string[] = [];
    const standing = { won: 1, lost: 2, drawn: 0, streak: -2 };
    const announcer = new BattleAnnouncer(
      {
        announce: (userId, { screen, body }, { delivery }) => {
          const lines = body.flatMap((line) => line?.key ?? []);
          const isWhole = ['battle.emote.said', 'battle.result.record.streak'].every((key) =>
            lines.some((one) => one === key),
          );
          shown.push(`${userId - 1001}:${screen}:${delivery}:${isWhole}`);
        },
      },
      {
        afterBattle: () =>
          Promise.resolve({
            record: standing,
            reward: null,
            rating: null,
            ladder: null,
            achievements: [],
          }),
      },
    );
    announcer.choiceMade(sent, ended);
    await vi.waitFor(() => {
      expect(shown).toEqual(['1:result:ambient:true']);
    });
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
        announce: (_userId, { screen }, { delivery, cause }) =>
          void shown.push(`${screen}:${delivery}:${cause}`),
      },
      noStandings,
    );
    await announcer.battleEnded(ended, 0, before);
    return shown;
  };

  test('edits the screen of an attentive player', async () => {
    expect(await endOf(lockIn(freshBattle(), 0, 1), 15)).toEqual(['result:edit:tap']);
    expect(await endOf(freshBattle(), 30)).toEqual(['result:edit:tap']);
  });

  test('notifies a player who has waited for more than 15 s', async () => {
    expect(await endOf(lockIn(freshBattle(), 0, 1), 16)).toEqual(['result:notify:tap']);
  });
});
