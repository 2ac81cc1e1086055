import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { BattleRecord } from '../../domains/combat/battle-record.ts';
import { choose, compensateDowntime, timeOut } from '../../domains/combat/battle-session.ts';
import { BattleHistory, type WriteFile } from '../../tools/chaos/battle-history.ts';
import { type ClockedTurn, clockedTurn, lostTurns } from '../../tools/chaos/lost-turns.ts';
import { type OutageKind, outage } from '../../tools/chaos/outages.ts';
import { BATTLE_START_MS, freshBattle, turnRules } from '../support/battle-setup.ts';
import { testSeed } from '../support/combat-sheets.ts';

const { turnMs } = turnRules;
const TURN_END_MS = BATTLE_START_MS + turnMs;

function timedOut(record: BattleRecord, nowMs = record.turnEndsAtMs): BattleRecord {
  const after = timeOut(record, nowMs, turnRules);
  if (after === null) throw new Error('the turn is not over');
  return after;
}

function afterDowntime(record: BattleRecord, fromMs: number, toMs: number): BattleRecord {
  const after = compensateDowntime(record, { fromMs, toMs });
  if (after === null) throw new Error('nothing to compensate');
  return after;
}

function turnBetween(before: BattleRecord, after: BattleRecord): ClockedTurn[] {
  return [clockedTurn(before, after, turnRules)].flatMap((turn) => turn ?? []);
}

/** In seconds of the turn: `'redis 10-20'`. */
function outageOf(notation: string) {
  const [, kind = '', from = '', to = ''] = /^(.+) (\d+)-(\d+)$/.exec(notation) ?? [];
  const atMs = (s: string) => BATTLE_START_MS + Number(s) * 1000;
  return outage(kind as OutageKind, { fromMs: atMs(from), toMs: atMs(to) });
}

describe('a turn that ended by the clock', () => {
  const before = freshBattle();

  test.each(['redis 10-20', 'only process 10-20', 'receiving process 30-45', 'line 5-30'])(
    'is lost when %s took a part of its time and its clock ran on',
    (during) => {
      const turns = turnBetween(before, timedOut(before));
      expect(lostTurns(turns, [outageOf(during)], turnMs).lost).toHaveLength(1);
    },
  );

  test.each(['redis 10-20', 'only process 0-30', 'receiving process 10-15', 'line 10-20'])(
    'is not lost when %s was made up for by a longer turn',
    (during) => {
      const { fromMs, toMs } = outageOf(during);
      const extended = afterDowntime(before, fromMs, toMs);
      const turns = turnBetween(extended, timedOut(extended));
      expect(turns).toHaveLength(1);
      const found = lostTurns(turns, [outageOf(during)], turnMs);
      expect(found).toEqual({ lost: [], unnoticed: [] });
    },
  );

  test.each(['redis 30-35', 'receiving process 36-41', 'line 20-30', 'line 31-60'])(
    'is unnoticed when %s took time before the bot could know',
    (during) => {
      const turns = turnBetween(before, timedOut(before));
      const { lost, unnoticed } = lostTurns(turns, [outageOf(during)], turnMs);
      expect([lost.length, unnoticed.length]).toEqual([0, 1]);
    },
  );

  test('is not lost when the outage came before or after it', () => {
    const turns = turnBetween(before, timedOut(before));
    const outages = [outageOf('redis 41-60')];
    expect(lostTurns(turns, outages, turnMs)).toEqual({ lost: [], unnoticed: [] });
  });

  test('is lost once, however many outages took its time at once', () => {
    const turns = turnBetween(before, timedOut(before, TURN_END_MS + 20_000));
    const outages = [outageOf('redis 10-20'), outageOf('only process 12-30')];
    expect(lostTurns(turns, outages, turnMs)).toEqual({ lost: [], unnoticed: [] });
    expect(lostTurns(turns, [...outages, outageOf('redis 30-36')], turnMs).lost).toEqual(turns);
  });

  test('is none that the moves of both sides ended', () => {
    const move = { strike: 'head', guard: 'head-chest', technique: null } as const;
    const tap = (record: BattleRecord, side: 0 | 1) => {
      const reply = choose(
        record,
        { side, turn: record.battle.turn, choice: move },
        { nowMs: TURN_END_MS - 1, rules: turnRules },
      );
      if (reply.kind !== 'changed') throw new Error(reply.kind);
      return reply.record;
    };
    const half = tap(before, 0);
    expect(turnBetween(before, half)).toEqual([]);
    expect(turnBetween(half, tap(half, 1))).toEqual([]);
  });
});

describe('the history of battles', () => {
  const first = freshBattle();
  const second = timedOut(first);
  const third = timedOut(second);

  test('finds clocked turns in append-only files, once for a primary and its replica', () => {
    const files = [written(first, second), written(second, third)];
    const turns = historyOf(files).clockedTurns.map(({ turn }) => turn);
    expect(turns).toEqual([1, 2]);
  });

  test('ends where a killed server left a command unfinished', () => {
    const turns = historyOf([written(first, second, third).subarray(0, -20)]).clockedTurns;
    expect(turns.map(({ turn }) => turn)).toEqual([1]);
  });

  test('counts writes that are in no file, and knows no turn between them', () => {
    const { unseen, clockedTurns } = historyOf([written(first, third)]);
    expect([unseen, clockedTurns]).toEqual([1, []]);
    expect(historyOf([written(first, second, third)]).unseen).toBe(0);
  });

  test('knows a battle as lost that was not written again after Redis lost everything', () => {
    const flushed = Buffer.concat([written(first), command('FLUSHALL')]);
    expect(historyOf([flushed]).lostBattle(first.id)).toEqual(first);
    expect(historyOf([written(first), null]).lostBattle(first.id)).toEqual(first);
    expect(historyOf([flushed, written(second)]).lostBattle(first.id)).toBeNull();
    expect(historyOf([written(first)]).lostBattle(first.id)).toBeNull();
    expect(historyOf([written(first), null]).lostRunning).toBe(1);
    expect(historyOf([written({ ...first, endedAtMs: 1 }), null]).lostRunning).toBe(0);
  });

  test('takes an encounter that is fought again after a loss, with the same id, for a new battle', () => {
    const again = freshBattle({ seed: testSeed(2) });
    const files = [written(first, second, third), null, written(again)];
    expect(historyOf(files).lostBattle(first.id)).toBeNull();
    expect(historyOf(files).unseen).toBe(0);
    expect(historyOf([...files, null]).lostBattle(first.id)).toEqual(again);
  });
});

function historyOf(contents: readonly (Buffer | null)[]): BattleHistory {
  const folder = mkdtempSync(join(tmpdir(), 'arena-history-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  const files = contents.map((content, index): WriteFile => {
    if (content === null) return null;
    const file = join(folder, String(index));
    writeFileSync(file, content);
    return file;
  });
  return new BattleHistory(files, turnRules);
}

function written(...records: readonly BattleRecord[]): Buffer {
  return Buffer.concat(
    records.map((record) => {
      const state = ['version', String(record.version), 'state', JSON.stringify(record)];
      return command('HSET', `{combat:${record.id}}:battle`, ...state);
    }),
  );
}

function command(...parts: readonly string[]): Buffer {
  const texts = parts.map((part) => `$${Buffer.byteLength(part)}\r\n${part}\r\n`);
  return Buffer.from(`*${parts.length}\r\n${texts.join('')}`);
}
