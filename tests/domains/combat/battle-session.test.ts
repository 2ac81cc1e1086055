import { describe, expect, test } from 'vitest';
import {
  type Choice,
  choose,
  compensateDowntime,
  openBattle,
  endAsDraw,
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
  freshSide,
} from '../../support/battle-setup.ts';

const at = { nowMs: BATTLE_START_MS + 1_000, rules: turnRules };

function tap(record: BattleRecord, side: Side, choice: Choice): BattleRecord {
  const reply = choose(record, { side, turn: record.battle.turn, choice }, at);
  if (reply.kind !== 'changed') throw new Error(`The tap was ${reply.kind}`);
  return reply.record;
}

/** Both choose a plain move. */
function exchange(record: BattleRecord): BattleRecord {
  const strike = tap(record, 0, { strike: 'head' });
  const locked = tap(strike, 0, { guard: 'chest-belly' });
  return tap(tap(locked, 1, { guard: 'head-chest' }), 1, { strike: 'legs' });
}

describe('a turn', () => {
  test('completes a move with strike and guard, in either order', () => {
    const half = tap(freshBattle(), 1, { guard: 'head-chest' });
    expect(half.sides[1].choice).toBeNull();
    const whole = tap(half, 1, { strike: 'legs' });
    expect(whole.sides[1].choice).toEqual({ strike: 'legs', guard: 'head-chest', technique: null });
    expect(whole.battle.turn).toBe(1);
  });

  test('ends once both moves are complete, and resets choices and timer', () => {
    const after = exchange(freshBattle());
    expect(after.battle.turn).toBe(2);
    expect(after.sides.map((side) => side.choice)).toEqual([null, null]);
    expect(after.turnEndsAtMs).toBe(at.nowMs + turnRules.turnMs);
    expect(after.lastEvents.length).toBeGreaterThan(0);
  });

  test('refuses a tap for another turn', () => {
    const second = exchange(freshBattle());
    const old = choose(second, { side: 0, turn: 1, choice: { strike: 'head' } }, at);
    expect(old.kind).toBe('stale');
  });

  test('lets every part of a complete move be changed until the other move is complete', () => {
    const whole = tap(tap(freshBattle(), 0, { strike: 'head' }), 0, { guard: 'head-chest' });
    const changed = tap(tap(whole, 0, { technique: 'onslaught' }), 0, { strike: 'legs' });
    expect(changed.battle.turn).toBe(1);
    const after = tap(tap(changed, 1, { strike: 'head' }), 1, { guard: 'belly-legs' });
    const own = { strike: 'legs', guard: 'head-chest', technique: 'onslaught' };
    expect(after.inputs).toMatchObject([{ moves: [own, { strike: 'head' }] }]);
  });

  test('counts the wait of a side from its first complete move', () => {
    const whole = tap(tap(freshBattle(), 0, { strike: 'head' }), 0, { guard: 'head-chest' });
    const later = { ...at, nowMs: at.nowMs + 9_000 };
    const reply = choose(whole, { side: 0, turn: 1, choice: { strike: 'legs' } }, later);
    expect(reply).toMatchObject({ record: { sides: [{ lockedInAtMs: at.nowMs }, {}] } });
  });

  test('refuses a technique that the fighter does not know', () => {
    const reply = choose(freshBattle(), { side: 0, turn: 1, choice: { technique: 'siphon' } }, at);
    expect(reply.kind).toBe('illegal');
  });

  test('accepts another choice of the same part', () => {
    const changed = tap(tap(freshBattle(), 0, { strike: 'head' }), 0, { strike: 'belly' });
    expect(changed.sides[0].draft.strike).toBe('belly');
  });

  test('increments the version with every change', () => {
    const first = freshBattle();
    expect(tap(first, 0, { strike: 'head' }).version).toBe(first.version + 1);
  });
});

describe('a battle against the Shadow', () => {
  test('resolves the exchange once the player has chosen strike and guard', () => {
    const alone = freshBattle({ second: 'master' });
    const after = tap(tap(alone, 0, { strike: 'head' }), 0, { guard: 'belly-legs' });
    expect(after.battle.turn).toBe(2);
    expect(after.sides[1].charId).toBeNull();
  });
});

describe('the timer of a turn', () => {
  const late = BATTLE_START_MS + turnRules.turnMs;

  test('changes nothing before its end', () => {
    expect(timeOut(freshBattle(), late - 1, turnRules)).toBeNull();
  });

  test('gives an idle side the default move and counts the idle turn', () => {
    const half = tap(tap(freshBattle(), 0, { strike: 'head' }), 0, { guard: 'head-chest' });
    const after = timeOut(half, late, turnRules);
    expect(after?.battle.turn).toBe(2);
    expect(after?.sides.map((side) => side.idleTurns)).toEqual([0, 1]);
  });

  test('fights the exchange with a complete move as it was changed last', () => {
    const whole = tap(tap(freshBattle(), 0, { strike: 'head' }), 0, { guard: 'head-chest' });
    const after = timeOut(tap(whole, 0, { strike: 'belly' }), late, turnRules);
    expect(after?.inputs).toMatchObject([
      { moves: [{ strike: 'belly', guard: 'head-chest' }, {}] },
    ]);
  });

  test('completes a half-made move without counting it as idle', () => {
    const half = tap(freshBattle(), 0, { strike: 'head' });
    const after = timeOut(half, late, turnRules);
    expect(after?.inputs[0]).toMatchObject({ moves: [{ strike: 'head' }, {}] });
    expect(after?.sides[0].idleTurns).toBe(0);
  });

  test('ends the battle after three idle turns in a row, not after two', () => {
    let record = freshBattle();
    for (const turn of [1, 2, 3]) {
      record = tap(tap(record, 0, { strike: 'legs' }), 0, { guard: 'head-chest' });
      record = timeOut(record, record.turnEndsAtMs, turnRules) ?? record;
      expect(record.battle.outcome?.reason ?? null).toBe(turn < 3 ? null : 'idle');
    }
    expect(record.battle.outcome?.winner).toBe(0);
    expect(record.endedAtMs).not.toBeNull();
  });

  test('is fought with sheets of equal worth: the stronger side sets points aside', () => {
    const veteran = freshSide(2, 'warrior');
    const attributes = { ...veteran.sheet.attributes, strength: 31, endurance: 21 };
    const second = { ...veteran, sheet: { ...veteran.sheet, attributes } };
    const record = freshBattle({ first: freshSide(1, 'warrior'), second });
    expect(record.sides.map(({ pointsRemoved }) => pointsRemoved)).toEqual([0, 30]);
    expect(record.sheets[1]).toEqual(record.sheets[0]);
    expect(record.battle.fighters[1].stats).toEqual(record.battle.fighters[0].stats);
    const training = freshBattle({ first: second, second: 'master' });
    expect(training.sides.map(({ pointsRemoved }) => pointsRemoved)).toEqual([0, 0]);
    expect(training.sheets.map((sheet) => sheet.attributes)).toEqual([attributes, attributes]);
  });

  test('of two fresh characters sets nothing aside', () => {
    const record = freshBattle();
    expect(record.sides.map(({ pointsRemoved }) => pointsRemoved)).toEqual([0, 0]);
    expect(record.sheets).toEqual([freshSide(1).sheet, freshSide(2, 'guardian').sheet]);
  });

  test('ends the battle after as many idle turns as it began with', () => {
    const rules = { ...turnRules, maxIdleTurns: 1 };
    const record = openBattle(battleSetup(), BATTLE_START_MS, rules);
    const after = timeOut(record, record.turnEndsAtMs, turnRules);
    expect(after?.battle.outcome?.reason).toBe('idle');
  });

  test('restarts the count of idle turns after a tap', () => {
    let record = freshBattle();
    for (const taps of [false, false, true, false, false]) {
      if (taps) record = tap(record, 1, { strike: 'legs' });
      record = tap(tap(record, 0, { strike: 'legs' }), 0, { guard: 'head-chest' });
      record = timeOut(record, record.turnEndsAtMs, turnRules) ?? record;
    }
    expect(record.sides[1].idleTurns).toBe(2);
    expect(record.battle.outcome).toBeNull();
  });

  test('ends in a draw if both sides are idle for three turns', () => {
    let record = freshBattle();
    for (let turn = 1; turn <= 3; turn += 1) {
      record = timeOut(record, record.turnEndsAtMs, turnRules) ?? record;
    }
    expect(record.battle.outcome).toEqual({ winner: null, reason: 'idle' });
  });
});

describe('a downtime of the bot', () => {
  test('extends the running turn by the lost time, once', () => {
    const record = freshBattle();
    const downtime = { fromMs: BATTLE_START_MS + 10_000, toMs: BATTLE_START_MS + 70_000 };
    const extended = compensateDowntime(record, downtime);
    expect(extended?.turnEndsAtMs).toBe(record.turnEndsAtMs + 60_000);
    expect(extended === null ? null : compensateDowntime(extended, downtime)).toBeNull();
  });

  test('that resumes after a moment extends the turn only by its own length', () => {
    const record = freshBattle();
    const first = { fromMs: BATTLE_START_MS + 10_000, toMs: BATTLE_START_MS + 20_000 };
    const both = { ...first, toMs: BATTLE_START_MS + 30_000 };
    const extended = compensateDowntime(record, first);
    const again = extended === null ? null : compensateDowntime(extended, both);
    expect(again?.turnEndsAtMs).toBe(record.turnEndsAtMs + 20_000);
  });

  test('does not extend a turn that began after it', () => {
    const downtime = { fromMs: BATTLE_START_MS - 90_000, toMs: BATTLE_START_MS };
    expect(compensateDowntime(freshBattle(), downtime)).toBeNull();
  });
});

describe('a battle record', () => {
  test('is ended by an operator without a winner, and says so', () => {
    const after = endAsDraw(freshBattle(), at.nowMs);
    expect(after?.battle.outcome).toEqual({ winner: null, reason: 'operator' });
    expect(after?.inputs).toEqual([{ kind: 'forfeit', side: null, reason: 'operator' }]);
    expect(after === null ? null : endAsDraw(after, at.nowMs)).toBeNull();
  });

  test('names the winner and ends with a surrender', () => {
    const after = surrender(freshBattle(), 0, at.nowMs);
    expect(after?.battle.outcome).toEqual({ winner: 1, reason: 'surrender' });
    expect(after === null ? null : surrender(after, 1, at.nowMs)).toBeNull();
  });

  test('is unchanged after a round trip through JSON', () => {
    const record = exchange(exchange(freshBattle()));
    expect(battleRecordSchema.parse(JSON.parse(JSON.stringify(record)))).toEqual(record);
  });

  test('replays from its seed, sheets and inputs to the same battle', () => {
    let record = freshBattle({ second: 'master' });
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
