import { describe, expect, test } from 'vitest';
import {
  type Choice,
  choose,
  compensateDowntime,
  surrender,
  timeOut,
} from '../../../domains/combat/battle-session.ts';
import { type BattleRecord, battleRecordSchema } from '../../../domains/combat/battle-record.ts';
import type { Side } from '../../../domains/combat/battle.ts';
import { replay } from '../../../domains/combat/replay.ts';
import {
  BATTLE_START_MS,
  battleSetup,
  freshBattle,
  turnRules,
} from '../../support/battle-setup.ts';

const at = { nowMs: BATTLE_START_MS + 1_000, rules: turnRules };

function tap(record: BattleRecord, side: Side, choice: Choice): BattleRecord {
  const reply = choose(record, { side, turn: record.battle.turn, choice }, at);
  if (reply.kind !== 'changed') throw new Error(`The tap was ${reply.kind}`);
  return reply.record;
}

/** Both lock in the same plain move. */
function exchange(record: BattleRecord): BattleRecord {
  const strike = tap(record, 0, { strike: 'head' });
  const locked = tap(strike, 0, { guard: 'chest-belly' });
  return tap(tap(locked, 1, { guard: 'head-chest' }), 1, { strike: 'legs' });
}

describe('a turn', () => {
  test('locks a move in with strike and guard, in whichever order', () => {
    const half = tap(freshBattle(), 1, { guard: 'head-chest' });
    expect(half.sides[1].choice).toBeNull();
    const whole = tap(half, 1, { strike: 'legs' });
    expect(whole.sides[1].choice).toEqual({ strike: 'legs', guard: 'head-chest', technique: null });
    expect(whole.battle.turn).toBe(1);
  });

  test('ends when both moves are locked in, with fresh choices and a fresh clock', () => {
    const after = exchange(freshBattle());
    expect(after.battle.turn).toBe(2);
    expect(after.sides.map((side) => side.choice)).toEqual([null, null]);
    expect(after.turnEndsAtMs).toBe(at.nowMs + turnRules.turnMs);
    expect(after.lastEvents.length).toBeGreaterThan(0);
  });

  test('takes no tap that was made against another turn, or after locking in', () => {
    const second = exchange(freshBattle());
    const old = choose(second, { side: 0, turn: 1, choice: { strike: 'head' } }, at);
    const locked = tap(tap(second, 0, { strike: 'head' }), 0, { guard: 'head-chest' });
    const again = choose(locked, { side: 0, turn: 2, choice: { strike: 'legs' } }, at);
    expect([old.kind, again.kind]).toEqual(['stale', 'stale']);
  });

  test('takes no technique that the fighter does not know', () => {
    const reply = choose(freshBattle(), { side: 0, turn: 1, choice: { technique: 'siphon' } }, at);
    expect(reply.kind).toBe('illegal');
  });

  test('lets a choice be changed until the move is locked in', () => {
    const changed = tap(tap(freshBattle(), 0, { strike: 'head' }), 0, { strike: 'belly' });
    expect(changed.sides[0].draft.strike).toBe('belly');
  });

  test('gives every change a version of its own', () => {
    const first = freshBattle();
    expect(tap(first, 0, { strike: 'head' }).version).toBe(first.version + 1);
  });
});

describe('against the Shadow', () => {
  test('the exchange is fought as soon as the player has locked in', () => {
    const alone = freshBattle({ second: null });
    const after = tap(tap(alone, 0, { strike: 'head' }), 0, { guard: 'belly-legs' });
    expect(after.battle.turn).toBe(2);
    expect(after.sides[1].charId).toBeNull();
  });
});

describe('the clock of a turn', () => {
  const late = BATTLE_START_MS + turnRules.turnMs;

  test('changes nothing before it has run out', () => {
    expect(timeOut(freshBattle(), late - 1, turnRules)).toBeNull();
  });

  test('gives the idle a default move and counts the turn against him', () => {
    const half = tap(tap(freshBattle(), 0, { strike: 'head' }), 0, { guard: 'head-chest' });
    const after = timeOut(half, late, turnRules);
    expect(after?.battle.turn).toBe(2);
    expect(after?.sides.map((side) => side.idleTurns)).toEqual([0, 1]);
  });

  test('completes a half-made move without calling it idle', () => {
    const half = tap(freshBattle(), 0, { strike: 'head' });
    const after = timeOut(half, late, turnRules);
    expect(after?.inputs[0]).toMatchObject({ moves: [{ strike: 'head' }, {}] });
    expect(after?.sides[0].idleTurns).toBe(0);
  });

  test('three idle turns in a row lose the battle, two do not', () => {
    let record = freshBattle();
    for (const turn of [1, 2, 3]) {
      record = tap(tap(record, 0, { strike: 'legs' }), 0, { guard: 'head-chest' });
      record = timeOut(record, record.turnEndsAtMs, turnRules) ?? record;
      expect(record.battle.outcome?.reason ?? null).toBe(turn < 3 ? null : 'idle');
    }
    expect(record.battle.outcome?.winner).toBe(0);
    expect(record.endedAtMs).not.toBeNull();
  });

  test('a tap in between begins the count anew', () => {
    let record = freshBattle();
    for (const taps of [false, false, true, false, false]) {
      if (taps) record = tap(record, 1, { strike: 'legs' });
      record = tap(tap(record, 0, { strike: 'legs' }), 0, { guard: 'head-chest' });
      record = timeOut(record, record.turnEndsAtMs, turnRules) ?? record;
    }
    expect(record.sides[1].idleTurns).toBe(2);
    expect(record.battle.outcome).toBeNull();
  });

  test('when both are away for three turns nobody wins', () => {
    let record = freshBattle();
    for (let turn = 1; turn <= 3; turn += 1) {
      record = timeOut(record, record.turnEndsAtMs, turnRules) ?? record;
    }
    expect(record.battle.outcome).toEqual({ winner: null, reason: 'idle' });
  });
});

describe('an outage of the bot', () => {
  test('gives a running turn back what it took, once', () => {
    const record = freshBattle();
    const outage = { fromMs: BATTLE_START_MS + 10_000, toMs: BATTLE_START_MS + 70_000 };
    const mended = compensateDowntime(record, outage);
    expect(mended?.turnEndsAtMs).toBe(record.turnEndsAtMs + 60_000);
    expect(mended === null ? null : compensateDowntime(mended, outage)).toBeNull();
  });

  test('that goes on after a moment takes no more than it lasted', () => {
    const record = freshBattle();
    const first = { fromMs: BATTLE_START_MS + 10_000, toMs: BATTLE_START_MS + 20_000 };
    const both = { ...first, toMs: BATTLE_START_MS + 30_000 };
    const mended = compensateDowntime(record, first);
    const again = mended === null ? null : compensateDowntime(mended, both);
    expect(again?.turnEndsAtMs).toBe(record.turnEndsAtMs + 20_000);
  });

  test('gives nothing to a turn that began after it', () => {
    const outage = { fromMs: BATTLE_START_MS - 90_000, toMs: BATTLE_START_MS };
    expect(compensateDowntime(freshBattle(), outage)).toBeNull();
  });
});

describe('the record', () => {
  test('of a surrender names the winner and ends the battle', () => {
    const after = surrender(freshBattle(), 0, at.nowMs);
    expect(after?.battle.outcome).toEqual({ winner: 1, reason: 'surrender' });
    expect(after === null ? null : surrender(after, 1, at.nowMs)).toBeNull();
  });

  test('survives being stored as JSON, word for word', () => {
    const record = exchange(exchange(freshBattle()));
    expect(battleRecordSchema.parse(JSON.parse(JSON.stringify(record)))).toEqual(record);
  });

  test('replays from its seed, sheets and inputs to the same battle', () => {
    let record = freshBattle({ second: null });
    while (record.endedAtMs === null) {
      record = tap(tap(record, 0, { strike: 'head' }), 0, { guard: 'chest-belly' });
    }
    const replayed = replay({
      rules: 1,
      seed: battleSetup().seed,
      sheets: record.sheets,
      inputs: record.inputs,
    });
    expect(replayed.battle).toEqual(record.battle);
    expect(replayed.steps.at(-1)?.events).toEqual(record.lastEvents);
  });
});
