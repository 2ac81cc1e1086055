import { describe, beforeEach, expect, test } from 'vitest';
import type { BattleRecord } from '../../../domains/combat/battle-record.ts';
import { NewerRecordError } from '../../../domains/core/newer-record-error.ts';
import { openBattle } from '../../../domains/combat/battle-session.ts';
import { keys } from '../../../redis/keys.ts';
import { BattleManager } from '../../../redis/managers/battle-manager.ts';
import { freshSheet, testSeed } from '../../support/combat-sheets.ts';
import { RecordingLog } from '../../support/recording-log.ts';
import { describeOnEachRedis } from '../../support/redis-engines.ts';

describeOnEachRedis('BattleManager', 2, (redis) => {
  let battles: BattleManager;
  /** The same battles, seen by another process. */
  let other: BattleManager;
  let log: RecordingLog;

  beforeEach(async () => {
    const { client, clients } = redis();
    await client.flushall();
    log = new RecordingLog();
    battles = new BattleManager({ client, log });
    other = new BattleManager({ client: clients[1] ?? client, log });
  });

  test('create succeeds once when two processes create a battle', async () => {
    const replies = await Promise.all([
      battles.create(recordOf('b')),
      other.create({ ...recordOf('b'), startedAtMs: 1 }),
    ]);
    expect(replies.toSorted()).toEqual(['created', 'exists']);
  });

  test('get returns the record that create stored', async () => {
    await battles.create(recordOf('b'));
    expect(await other.get('b')).toEqual(recordOf('b'));
    expect(await other.get('none')).toBeNull();
    expect(log.lines).toEqual([]);
  });

  test('swap succeeds once, and only against the previous version', async () => {
    const record = recordOf('b');
    await battles.create(record);
    const next = (endedAtMs: number): BattleRecord => ({ ...record, version: 2, endedAtMs });
    const replies = await Promise.all([battles.swap(next(1)), other.swap(next(2))]);
    expect(replies.map(({ kind }) => kind).toSorted()).toEqual(['stale', 'swapped']);
    const stored = await battles.get('b');
    expect(stored).toEqual(next(replies[0].kind === 'swapped' ? 1 : 2));
    expect(await battles.swap({ ...record, version: 4 })).toEqual({
      kind: 'stale',
      record: stored,
    });
    expect(await battles.swap({ ...record, version: 3 })).toEqual({ kind: 'swapped' });
  });

  test('swap that is too late returns the stored record, which is known from then on', async () => {
    const record = { ...recordOf('b'), sides: withNames(recordOf('b'), 'a|b') };
    await battles.create(record);
    expect(battles.known('b')).toBeNull();
    expect(await battles.get('b')).toEqual(record);
    const second: BattleRecord = { ...record, version: 2, turnEndsAtMs: 7 };
    await other.swap(second);
    expect(battles.known('b')).toEqual(record);
    const late = await battles.swap({ ...record, version: 2 });
    expect(late).toEqual({ kind: 'stale', record: second });
    expect(battles.known('b')).toEqual(second);
    expect(log.lines).toEqual([]);
  });

  test('swap against an unreadable record returns none', async () => {
    await redis().client.hset('{combat:b}:battle', { version: '7', state: '{' });
    const reply = await battles.swap({ ...recordOf('b'), version: 2 });
    expect(reply).toEqual({ kind: 'stale', record: null });
  });

  test('swap against a record of a newer release raises and changes nothing', async () => {
    const state = JSON.stringify({ ...recordOf('b'), schema: 99 });
    await redis().client.hset('{combat:b}:battle', { version: '7', state });
    const late = battles.swap({ ...recordOf('b'), version: 2 });
    await expect(late).rejects.toThrow(NewerRecordError);
    expect(await redis().client.hget('{combat:b}:battle', 'state')).toBe(state);
  });

  test('no record is known once the connection was lost', async () => {
    await battles.create(recordOf('b'));
    await battles.get('b');
    redis().client.emit('close');
    expect(battles.known('b')).toBeNull();
    await battles.get('b');
    expect(battles.known('b')).toEqual(recordOf('b'));
  });

  test('swap sent twice after a lost reply succeeds', async () => {
    const record = recordOf('b');
    await battles.create(record);
    expect(await battles.swap({ ...record, version: 2 })).toEqual({ kind: 'swapped' });
    expect(await battles.swap({ ...record, version: 2 })).toEqual({ kind: 'swapped' });
    expect(await battles.swap({ ...record, version: 2, endedAtMs: 1 })).toMatchObject({
      kind: 'stale',
    });
    expect(await battles.get('b')).toEqual({ ...record, version: 2 });
  });

  test('swap of a missing battle returns missing and creates nothing', async () => {
    expect(await battles.swap({ ...recordOf('b'), version: 2 })).toEqual({ kind: 'missing' });
    expect(await battles.get('b')).toBeNull();
  });

  test('a battle has no TTL until expire, and swap keeps it', async () => {
    const { client } = redis();
    await battles.create(recordOf('b'));
    expect(await client.ttl('{combat:b}:battle')).toBe(-1);
    await battles.expire('b', 1_000);
    await battles.swap({ ...recordOf('b'), version: 2 });
    const ttlS = await client.ttl('{combat:b}:battle');
    expect(ttlS).toBeGreaterThan(990);
    expect(ttlS).toBeLessThanOrEqual(1_000);
  });

  test.each(['{', '{"schema":1}'])(
    'the unreadable state %s reads as null and is logged with its key',
    async (state) => {
      await redis().client.hset('{combat:b}:battle', { version: '1', state });
      expect(await battles.get('b')).toBeNull();
      expect(log.lines.map(({ facts }) => facts['key'])).toEqual(['{combat:b}:battle']);
    },
  );

  test('leaseDue returns battles from their deadline on, earliest first, up to the limit', async () => {
    await battles.scheduleCheck('late', 3_000);
    await battles.scheduleCheck('early', 1_000);
    await battles.scheduleCheck('middle', 2_000);
    const due = (nowMs: number, limit: number) =>
      other.leaseDue({ nowMs, untilMs: nowMs + 5_000, limit });
    expect(await due(999, 10)).toEqual([]);
    expect(await due(2_000, 1)).toEqual(['early']);
    expect(await due(2_000, 10)).toEqual(['middle']);
    await battles.cancelCheck('middle');
    await battles.cancelCheck('none');
    expect(await due(9_000, 10)).toEqual(['late', 'early']);
  });

  test('a leased battle goes to nobody else until its lease ends', async () => {
    for (let id = 0; id < 20; id += 1) await battles.scheduleCheck(`b${id}`, id);
    const lease = { nowMs: 1_000, untilMs: 6_000, limit: 15 };
    const [one, two] = await Promise.all([battles.leaseDue(lease), other.leaseDue(lease)]);
    expect([...one, ...two]).toHaveLength(20);
    expect(new Set([...one, ...two]).size).toBe(20);
    expect(await other.leaseDue({ nowMs: 5_999, untilMs: 9_000, limit: 30 })).toEqual([]);
    expect(await other.leaseDue({ nowMs: 6_000, untilMs: 9_000, limit: 30 })).toHaveLength(20);
  });

  test('a lease ends with the next time to look, unless that was changed meanwhile', async () => {
    const { client } = redis();
    const timeOf = async (id: string) => Number(await client.zscore(keys.deadlines(), id));
    for (const id of ['checked', 'ended']) await battles.scheduleCheck(id, 1);
    await battles.leaseDue({ nowMs: 1_000, untilMs: 6_000, limit: 10 });
    await other.scheduleCheck('ended', 2_000);
    for (const id of ['checked', 'ended', 'gone'])
      await battles.postponeCheck(id, { untilMs: 6_000, dueAtMs: 70_000 });
    expect(await timeOf('checked')).toBe(70_000);
    expect(await timeOf('ended')).toBe(2_000);
    expect(await client.zcard(keys.deadlines())).toBe(2);
  });

  describe('the timer heartbeat', () => {
    const atMs = 1_700_000_000_000;
    const look = (afterMs: number, awayMs = 5_000) => {
      return { nowMs: atMs + afterMs, maxGapMs: awayMs, mergeGapMs: 40_000 };
    };
    const none = { downtime: null, hasResumed: false };

    test('of any process prevents a downtime', async () => {
      expect(await battles.recordHeartbeat(look(0))).toEqual(none);
      expect(await other.recordHeartbeat(look(5_000))).toEqual(none);
      expect(await battles.recordHeartbeat(look(10_000))).toEqual(none);
    });

    test('that ends a downtime returns it, as do later ones', async () => {
      await battles.recordHeartbeat(look(0));
      const outage = { fromMs: atMs, toMs: atMs + 5_001 };
      expect(await other.recordHeartbeat(look(5_001))).toEqual({
        downtime: outage,
        hasResumed: true,
      });
      expect(await battles.recordHeartbeat(look(5_002))).toEqual({
        downtime: outage,
        hasResumed: false,
      });
      expect(await other.recordHeartbeat(look(9_000))).toEqual({
        downtime: outage,
        hasResumed: false,
      });
    });

    test('merges two downtimes when the first may not be compensated yet', async () => {
      await battles.recordHeartbeat(look(0));
      await other.recordHeartbeat(look(10_000));
      const both = { fromMs: atMs, toMs: atMs + 50_000 };
      expect(await battles.recordHeartbeat(look(50_000))).toEqual({
        downtime: both,
        hasResumed: true,
      });
    });

    test('keeps two downtimes apart when there was time to compensate the first', async () => {
      await battles.recordHeartbeat(look(0));
      for (let ms = 10_000; ms <= 54_000; ms += 4_000) await other.recordHeartbeat(look(ms));
      const outage = { fromMs: atMs + 54_000, toMs: atMs + 64_000 };
      expect(await battles.recordHeartbeat(look(64_000))).toEqual({
        downtime: outage,
        hasResumed: true,
      });
    });

    test('reads the string that release 0.1.0 stored', async () => {
      await redis().client.set(keys.timerHeartbeat(), String(atMs));
      const outage = { fromMs: atMs, toMs: atMs + 3_600_000 };
      expect(await battles.recordHeartbeat(look(3_600_000))).toEqual({
        downtime: outage,
        hasResumed: true,
      });
      expect(log.lines).toEqual([]);
    });

    test('ignores an earlier time', async () => {
      await battles.recordHeartbeat(look(30_000));
      expect(await other.recordHeartbeat(look(1_000))).toEqual(none);
      expect(await battles.recordHeartbeat(look(31_000))).toEqual(none);
    });
  });
});

function withNames({ sides }: BattleRecord, name: string): BattleRecord['sides'] {
  return [
    { ...sides[0], name },
    { ...sides[1], name },
  ];
}

function recordOf(id: string): BattleRecord {
  const side = (charId: number) => ({
    charId,
    userId: 1_000 + charId,
    name: `Hero ${charId}`,
    gender: null,
    gs: 100,
    standing: null,
    rating: null,
    searchedMs: null,
    returnState: 'EXPLORATION' as const,
    sheet: freshSheet('warrior'),
    stats: freshSheet('warrior').stats,
  });
  const sides = { first: side(1), second: side(2), matching: null };
  const setup = { id, seed: testSeed(1), mode: '1v1', ...sides } as const;
  return openBattle(setup, 1_000, { turnMs: 30_000, maxIdleTurns: 3 });
}
