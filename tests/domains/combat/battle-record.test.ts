import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { archivedBattleSchema } from '../../../domains/combat/battle-archive.ts';
import { battleFormat, storedBattleSchema } from '../../../domains/combat/battle-record.ts';
import { choose, timeOut } from '../../../domains/combat/battle-session.ts';
import { replay } from '../../../domains/combat/replay.ts';
import { CURRENT_RULES } from '../../../domains/combat/rules/rules-of.ts';
import { levelOfShadow } from '../../../domains/combat/shadow.ts';
import { NewerRecordError } from '../../../domains/core/newer-record-error.ts';
import { versioned } from '../../../domains/core/versioned.ts';
import { BATTLE_START_MS, freshBattle, turnRules } from '../../support/battle-setup.ts';
import latest from './rules/fixtures/battles-of-0.7.0.json' with { type: 'json' };
import last from './rules/fixtures/battles-of-0.6.0.json' with { type: 'json' };
import previous from './rules/fixtures/battles-of-0.5.0.json' with { type: 'json' };
import earlier from './rules/fixtures/battles-of-0.4.0.json' with { type: 'json' };

const file = new URL('../../redis/fixtures/redis-of-0.1.0.json', import.meta.url);
const dumpSchema = z.object({ keys: z.record(z.string(), z.object({ value: z.unknown() })) });
const hashSchema = z.object({ state: z.string() });
const recordSchema = z.looseObject({ battle: z.looseObject({ rules: z.int() }) });

/** The battle that release 0.1.0 left in Redis. */
function previousRecord() {
  const { keys } = dumpSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  const [, held] = Object.entries(keys).find(([key]) => key.startsWith('{combat:')) ?? [];
  return recordSchema.parse(JSON.parse(hashSchema.parse(held?.value).state));
}

test('a record of release 0.1.0 continues by rules 1', () => {
  const record = storedBattleSchema.parse(previousRecord());
  expect(record.battle.rules).toBe(1);
  const after = timeOut(record, record.turnEndsAtMs, turnRules);
  expect(after?.battle).toMatchObject({ rules: 1, turn: record.battle.turn + 1 });
});

test('a duel that release 0.4.0 left with one move locked in goes on', () => {
  const locked = { strike: 'head', guard: 'head-chest', technique: null } as const;
  const { sides, maxIdleTurns, ...rest } = freshBattle();
  const own = { ...sides[0], draft: locked, choice: locked, lockedInAtMs: BATTLE_START_MS };
  const record = storedBattleSchema.parse({ ...rest, sides: [own, sides[1]] });
  expect(record.maxIdleTurns).toBe(maxIdleTurns);
  const now = { nowMs: BATTLE_START_MS + 1, rules: turnRules };
  const choice = { strike: 'legs', guard: 'belly-legs' } as const;
  const reply = choose(record, { side: 1, turn: 1, choice }, now);
  expect(reply).toMatchObject({ kind: 'changed', record: { battle: { turn: 2 } } });
  expect(reply).toMatchObject({ record: { inputs: [{ moves: [locked, choice] }] } });
});

test('a record without a rules version is read as version 1', () => {
  const { battle, ...rest } = previousRecord();
  const unnamed = Object.fromEntries(Object.entries(battle).filter(([name]) => name !== 'rules'));
  const record = storedBattleSchema.parse({ ...rest, battle: unnamed });
  expect(record).toEqual(storedBattleSchema.parse(previousRecord()));
  expect(record.battle.rules).toBe(1);
});

test('a new record stores the rules version in the field that release 0.1.0 reads', () => {
  expect(previousRecord().battle.rules).toBe(1);
  expect(freshBattle().battle.rules).toBe(CURRENT_RULES);
});

test('a record of unknown later rules raises NewerRecordError, whatever else is in it', () => {
  const { battle, ...rest } = previousRecord();
  const later = { ...rest, inputs: 'of another kind', battle: { ...battle, rules: 99 } };
  expect(() => storedBattleSchema.safeParse(later)).toThrow(NewerRecordError);
});

test('a record with an invalid rules version is refused', () => {
  const { battle, ...rest } = previousRecord();
  for (const rules of [0, -1, 1.5, 'one', null]) {
    const stored = { ...rest, battle: { ...battle, rules } };
    expect(storedBattleSchema.safeParse(stored).success).toBe(false);
  }
});

/** What sides of a record before version 4 do not tell. */
const unknownBefore4 = { rating: null, searchedMs: null, ownMoves: null };
/** What no side of a record before version 5 has. */
const absentBefore5 = { monster: null, returnStats: null };

describe('the level of a Shadow', () => {
  test.each(['novice', 'apprentice', 'master'] as const)(
    'is read as it was stored: %s',
    (second) => {
      const record = freshBattle({ second });
      expect(storedBattleSchema.parse(JSON.parse(JSON.stringify(record)))).toEqual(record);
    },
  );

  test('is unknown to release 0.4.0, for which the record is of a newer release', () => {
    const previous = versioned({ ...battleFormat, version: 1, upgradeFrom: {} });
    const stored = JSON.parse(JSON.stringify(freshBattle({ second: 'novice' }))) as unknown;
    expect(() => previous.safeParse(stored)).toThrow(NewerRecordError);
  });
});

describe('battles of release 0.4.0', () => {
  test('in the archive replay to their stored outcome, and their Shadow is the master', () => {
    for (const stored of earlier.archived) {
      const battle = archivedBattleSchema.parse(stored);
      const sides = stored.sides.map((side) => ({
        ...side,
        gender: null,
        ownMoves: null,
        monster: null,
      }));
      expect(battle).toEqual({ ...stored, sides, hadOutage: false });
      expect(replay(battle).battle.outcome).toEqual(battle.outcome);
      expect(levelOfShadow(battle.sheets[1])).toBe('master');
    }
    expect(earlier.archived.map(({ sides }) => sides.at(1)?.charId)).toEqual([null, null, 2]);
  });

  test('that still run go on with the same moves of the Shadow', () => {
    const { before, after } = earlier.running;
    const record = storedBattleSchema.parse(before);
    const added = { schema: 5, maxIdleTurns: 3 };
    expect(record).toMatchObject({ ...before, ...added });
    const choice = { strike: 'belly', guard: 'head-chest' } as const;
    const tap = { side: 0, turn: record.battle.turn, choice } as const;
    const reply = choose(record, tap, { nowMs: BATTLE_START_MS, rules: turnRules });
    expect(reply).toMatchObject({ kind: 'changed', record: { ...after, ...added } });
  });
});

describe('battles of release 0.5.0', () => {
  test('are of an older version: that release takes a record of this one for newer', () => {
    const { 1: first } = battleFormat.upgradeFrom;
    const upgradeFrom = first === undefined ? {} : { 1: first };
    const format = versioned({ ...battleFormat, version: 2, upgradeFrom });
    const stored = JSON.parse(JSON.stringify(freshBattle())) as unknown;
    expect(() => format.safeParse(stored)).toThrow(NewerRecordError);
  });

  test('in the archive replay to their stored outcome, and their genders are not known', () => {
    for (const stored of previous.archived) {
      const battle = archivedBattleSchema.parse(stored);
      expect(replay(battle).battle.outcome).toEqual(stored.outcome);
      expect(battle.sides.map(({ gender }) => gender)).toEqual([null, null]);
    }
    const levels = previous.archived.map(({ sheets }) => sheets[1]?.shadow ?? 'master');
    expect(levels).toEqual(['novice', 'apprentice', 'master', 'master']);
  });

  test('that still run go on with the same moves of the Shadow, without record and emotes', () => {
    for (const { before, after } of previous.running) {
      const record = storedBattleSchema.parse(before);
      const sides = before.sides.map((side) => ({
        ...side,
        standing: null,
        pointsRemoved: 0,
        emote: null,
        ...unknownBefore4,
        ...absentBefore5,
      }));
      expect(record).toEqual({ ...before, schema: 5, matching: null, sides });
      const choice = { strike: 'belly', guard: 'belly-legs' } as const;
      const tap = { side: 0, turn: record.battle.turn, choice } as const;
      const reply = choose(record, tap, { nowMs: BATTLE_START_MS, rules: turnRules });
      expect(reply).toMatchObject({ kind: 'changed', record: { ...after, schema: 5 } });
    }
    expect(previous.running).toHaveLength(4);
  });
});

describe('battles of release 0.7.0', () => {
  test('are of an older version: that release takes a record of this one for newer', () => {
    const { 1: first, 2: second, 3: third } = battleFormat.upgradeFrom;
    const later = { ...(second && { 2: second }), ...(third && { 3: third }) };
    const upgradeFrom = { ...(first && { 1: first }), ...later };
    const format = versioned({ ...battleFormat, version: 4, upgradeFrom });
    const stored = JSON.parse(JSON.stringify(freshBattle())) as unknown;
    expect(() => format.safeParse(stored)).toThrow(NewerRecordError);
  });

  test('that an operator ended are read as they are stored: both sides were idle', () => {
    const outcome = { winner: null, reason: 'idle' } as const;
    const battle = { ...freshBattle().battle, outcome };
    const inputs = [{ kind: 'forfeit', side: null, reason: 'idle' }];
    const read = storedBattleSchema.parse({ ...freshBattle(), schema: 4, battle, inputs });
    expect(read).toEqual({ ...freshBattle(), battle, inputs });
  });
});

describe('battles of release 0.6.0', () => {
  test('are of an older version: that release takes a record of this one for newer', () => {
    const { 1: first, 2: second } = battleFormat.upgradeFrom;
    const upgradeFrom = { ...(first && { 1: first }), ...(second && { 2: second }) };
    const format = versioned({ ...battleFormat, version: 3, upgradeFrom });
    const stored = JSON.parse(JSON.stringify(freshBattle())) as unknown;
    expect(() => format.safeParse(stored)).toThrow(NewerRecordError);
  });

  test('in the archive replay to their outcome; their outages and own moves are not known', () => {
    for (const stored of last.archived) {
      const battle = archivedBattleSchema.parse(stored);
      expect(replay(battle).battle.outcome).toEqual(stored.outcome);
      expect(battle.hadOutage).toBe(false);
      expect(battle.sides.map(({ ownMoves }) => ownMoves)).toEqual([null, null]);
    }
  });

  test('that still run go on, and their own moves stay unknown', () => {
    const { before, after } = last.running;
    const record = storedBattleSchema.parse(before);
    const sides = before.sides.map((side) => ({
      ...side,
      ...unknownBefore4,
      ...absentBefore5,
    }));
    expect(record).toEqual({ ...before, schema: 5, matching: null, sides });
    const choice = { strike: 'belly', guard: 'head-chest' } as const;
    const tap = { side: 0, turn: record.battle.turn, choice } as const;
    const reply = choose(record, tap, { nowMs: BATTLE_START_MS, rules: turnRules });
    const unknown = [{ ownMoves: null }, { ownMoves: null }];
    expect(reply).toMatchObject({ kind: 'changed', record: { ...after, schema: 5 } });
    expect(reply).toMatchObject({ record: { sides: unknown } });
  });
});

describe('battles of release 0.7.0', () => {
  test('are of an older version: that release takes a record of this one for newer', () => {
    const { 1: first, 2: second, 3: third } = battleFormat.upgradeFrom;
    const upgradeFrom = {
      ...(first && { 1: first }),
      ...(second && { 2: second }),
      ...(third && { 3: third }),
    };
    const format = versioned({ ...battleFormat, version: 4, upgradeFrom });
    const stored = JSON.parse(JSON.stringify(freshBattle())) as unknown;
    expect(() => format.safeParse(stored)).toThrow(NewerRecordError);
  });

  test('in the archive replay to their outcome, without monsters', () => {
    for (const stored of latest.archived) {
      const battle = archivedBattleSchema.parse(stored);
      expect(replay(battle).battle.outcome).toEqual(stored.outcome);
      expect(battle.sides.map(({ monster }) => monster)).toEqual([null, null]);
    }
    expect(latest.archived.map(({ sides }) => sides[1]?.charId)).toEqual([2, null, 2]);
  });

  test('that still run go on with the same moves, and give back the vitals that they leave', () => {
    for (const { before, after } of latest.running) {
      const record = storedBattleSchema.parse(before);
      const sides = before.sides.map((side) => ({ ...side, ...absentBefore5 }));
      expect(record).toEqual({ ...before, schema: 5, sides });
      const choice = { strike: 'belly', guard: 'head-chest' } as const;
      const tap = { side: 0, turn: record.battle.turn, choice } as const;
      const reply = choose(record, tap, { nowMs: BATTLE_START_MS, rules: turnRules });
      expect(reply).toMatchObject({ kind: 'changed', record: { ...after, schema: 5 } });
    }
    expect(latest.running).toHaveLength(3);
  });
});
