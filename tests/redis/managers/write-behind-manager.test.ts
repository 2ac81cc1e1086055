import { beforeEach, expect, test } from 'vitest';
import { WriteBehindManager } from '../../../redis/managers/write-behind-manager.ts';
import { FixedClock } from '../../support/clock.ts';
import { describeOnEachRedis } from '../../support/redis-engines.ts';

describeOnEachRedis('LedgerManager', 1, (redis) => {
  let clock: FixedClock;
  let ledger: WriteBehindManager;

  beforeEach(async () => {
    const { client } = redis();
    await client.flushall();
    clock = new FixedClock();
    ledger = new WriteBehindManager({ client, clock });
  });

  const owed = (limit = 10) => ledger.leaseDirty('session', { sinceMs: clock.now(), limit });

  test('leaseDirty leases ids once, oldest first', async () => {
    for (const id of [3, 1, 2]) {
      await ledger.markDirty('session', id);
      clock.advance(1_000);
    }
    expect(await owed(2)).toEqual([3, 1]);
    expect(await owed()).toEqual([2]);
    expect(await owed()).toEqual([]);
  });

  test('markDirty of a dirty id keeps its first time', async () => {
    await ledger.markDirty('session', 1);
    const since = clock.now();
    clock.advance(60_000);
    await ledger.markDirty('session', 1);
    expect(await ledger.leaseDirty('session', { sinceMs: since - 1, limit: 9 })).toEqual([]);
    expect(await ledger.leaseDirty('session', { sinceMs: since, limit: 9 })).toEqual([1]);
  });

  test('sessions and users are separate', async () => {
    await ledger.markDirty('user', 1);
    expect(await owed()).toEqual([]);
    expect(await ledger.leaseDirty('user', { sinceMs: clock.now(), limit: 9 })).toEqual([1]);
  });

  test('an id marked dirty while leased is leased again only after acknowledge', async () => {
    await ledger.markDirty('session', 1);
    expect(await owed()).toEqual([1]);
    await ledger.markDirty('session', 1);
    expect(await owed()).toEqual([]);
    await ledger.acknowledge('session', [1]);
    expect(await owed()).toEqual([1]);
  });

  test('an id that was never acknowledged is leased again after 30 s', async () => {
    await ledger.markDirty('session', 1);
    await owed();
    clock.advance(29_999);
    expect(await owed()).toEqual([]);
    clock.advance(1);
    expect(await owed()).toEqual([1]);
    await ledger.acknowledge('session', [1]);
    clock.advance(60_000);
    expect(await owed()).toEqual([]);
  });

  test('concurrent calls of leaseDirty never share an id', async () => {
    for (let id = 1; id <= 50; id += 1) await ledger.markDirty('session', id);
    const shares = await Promise.all([owed(50), owed(50), owed(50)]);
    const all = shares.flat().toSorted((one, other) => one - other);
    expect(all).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
  });

  test('unseenSince lists characters until they are seen or forgotten', async () => {
    await ledger.recordSeen(1);
    const then = clock.now();
    clock.advance(10);
    await ledger.recordSeen(2);
    expect(await ledger.seenAt(1)).toBe(then);
    expect(await ledger.unseenSince(then, 9)).toEqual([1]);
    expect(await ledger.unseenSince(clock.now(), 9)).toEqual([1, 2]);
    await ledger.forgetSeen(1);
    expect(await ledger.seenAt(1)).toBeNull();
    expect(await ledger.unseenSince(clock.now(), 9)).toEqual([2]);
    clock.advance(10);
    await ledger.recordSeen(2);
    expect(await ledger.unseenSince(clock.now() - 1, 9)).toEqual([]);
  });
});
