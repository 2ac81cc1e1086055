import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { storedBattleSchema } from '../../../domains/combat/battle-record.ts';
import { choose, timeOut } from '../../../domains/combat/battle-session.ts';
import { CURRENT_RULES } from '../../../domains/combat/rules/rules-of.ts';
import { NewerRecordError } from '../../../domains/core/newer-record-error.ts';
import { BATTLE_START_MS, freshBattle, turnRules } from '../../support/battle-setup.ts';

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
