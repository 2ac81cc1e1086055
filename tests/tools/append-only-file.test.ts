import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { BattleRecord } from '../../domains/combat/battle-record.ts';
import { keys } from '../../redis/keys.ts';
import { freshBattle, turnRules } from '../support/battle-setup.ts';
import { BattleHistory, commandsIn } from '../../tools/chaos/battle-history.ts';

const FLUSH = '*1\r\n$8\r\nFLUSHALL\r\n';

test('commands before an unfinished end are read', () => {
  const file = Buffer.from(`#TS:1\r\n${FLUSH}${FLUSH}*2\r\n$3\r\nDE`);
  expect([...commandsIn(file)]).toEqual([['FLUSHALL'], ['FLUSHALL']]);
});

test('a file of another kind is refused', () => {
  expect(() => [...commandsIn(Buffer.from('REDIS0010\r\n'))]).toThrow('not an append-only file');
});

function writes(
  record: BattleRecord,
  change: Partial<Record<keyof BattleRecord, unknown>>,
): string {
  const state = JSON.stringify({ ...record, ...change });
  const parts = ['HSET', keys.battle(record.id), 'state', state];
  const bulks = parts.map((part) => `$${Buffer.byteLength(part)}\r\n${part}\r\n`);
  return `*${parts.length}\r\n${bulks.join('')}`;
}

test('a battle that ended in the format of an older release stays one of that release', () => {
  const folder = mkdtempSync(join(tmpdir(), 'arena-writes-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  const file = join(folder, 'writes.aof');
  const [older, taken, own] = ['older0000001', 'taken0000001', 'own000000001'].map((id) =>
    freshBattle({ id }),
  ) as [BattleRecord, BattleRecord, BattleRecord];
  const commands = [
    writes(older, { schema: 2, version: 1, endedAtMs: 5 }),
    writes(older, { version: 2, endedAtMs: 5 }),
    writes(taken, { schema: 2, version: 1 }),
    writes(taken, { version: 2, endedAtMs: 5 }),
    writes(own, { version: 1, endedAtMs: 5 }),
  ];
  writeFileSync(file, commands.join(''));
  const history = new BattleHistory([file], turnRules);
  const found = [older, taken, own].map(({ id }) => history.isOfOlderRelease(id));
  expect(found).toEqual([true, false, false]);
});
