import { beforeEach, expect, test } from 'vitest';
import { WriteBehindManager } from '../../../redis/managers/write-behind-manager.ts';
import { FixedClock } from '../../support/clock.ts';
import { describeOnEachRedis } from '../../support/redis-engines.ts';

describeOnEachRedis('WriteBehindManager', 1, (redis) => {
  let clock: FixedClock;
  let queue: WriteBehindManager;

  beforeEach(async () => {
    const { client } = redis();
    await client.flushall();
    clock = new FixedClock();
    queue = new WriteBehindManager({ client, clock });
  });

  const lease = (limit = 10) => queue.leaseDirty('session', { sinceMs: clock.now(), limit });

  test('leaseDirty leases ids once, oldest first', async () => {
    for (const id of [3, 1, 2]) {
      await queue.markDirty('session', id);
      clock.advance(1_000);
    }
    expect(await lease(2)).toEqual([3, 1]);
    expect(await lease()).toEqual([2]);
    expect(await lease()).toEqual([]);
  });

  test('markDirty of a dirty id keeps its first time', async () => {
    await queue.markDirty('session', 1);
    const since = clock.now();
    clock.advance(60_000);
    await queue.markDirty('session', 1);
    expect(await queue.leaseDirty('session', { sinceMs: since - 1, limit: 9 })).toEqual([]);
    expect(await queue.leaseDirty('session', { sinceMs: since, limit: 9 })).toEqual([1]);
  });

  test('sessions and users are separate', async () => {
    await queue.markDirty('user', 1);
    expect(await lease()).toEqual([]);
    expect(await queue.leaseDirty('user', { sinceMs: clock.now(), limit: 9 })).toEqual([1]);
  });

  test('an id marked dirty while leased is leased again only after acknowledge', async () => {
    await queue.markDirty('session', 1);
    expect(await lease()).toEqual([1]);
    await queue.markDirty('session', 1);
    expect(await lease()).toEqual([]);
    await queue.acknowledge('session', [1]);
    expect(await lease()).toEqual([1]);
  });

  test('backlog counts what is dirty or leased, and names the oldest change that nobody saves', async () => {
    expect(await queue.backlog('session')).toEqual({ count: 0, oldestMs: null });
    await queue.markDirty('session', 1);
    clock.advance(1_000);
    await queue.markDirty('session', 2);
    const firstMs = clock.now() - 1_000;
    expect(await queue.backlog('session')).toEqual({ count: 2, oldestMs: firstMs });
    await lease(1);
    expect(await queue.backlog('session')).toEqual({ count: 2, oldestMs: clock.now() });
    await queue.acknowledge('session', [1]);
    expect(await queue.backlog('session')).toEqual({ count: 1, oldestMs: clock.now() });
    expect(await queue.backlog('user')).toEqual({ count: 0, oldestMs: null });
  });

  test('an id that was never acknowledged is leased again after 30 s', async () => {
    await queue.markDirty('session', 1);
    await lease();
    clock.advance(29_999);
    expect(await lease()).toEqual([]);
    clock.advance(1);
    expect(await lease()).toEqual([1]);
    await queue.acknowledge('session', [1]);
    clock.advance(60_000);
    expect(await lease()).toEqual([]);
  });

  test('concurrent calls of leaseDirty never share an id', async () => {
    for (let id = 1; id <= 50; id += 1) await queue.markDirty('session', id);
    const shares = await Promise.all([lease(50), lease(50), lease(50)]);
    const all = shares.flat().toSorted((one, other) => one - other);
    expect(all).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
  });

  test('unseenSince lists characters until they are seen or forgotten', async () => {
    await queue.recordSeen(1);
    const then = clock.now();
    clock.advance(10);
    await queue.recordSeen(2);
    expect(await queue.seenAt(1)).toBe(then);
    expect(await queue.unseenSince(then, 9)).toEqual([1]);
    expect(await queue.unseenSince(clock.now(), 9)).toEqual([1, 2]);
    await queue.forgetSeen(1);
    expect(await queue.seenAt(1)).toBeNull();
    expect(await queue.unseenSince(clock.now(), 9)).toEqual([2]);
    clock.advance(10);
    await queue.recordSeen(2);
    expect(await queue.unseenSince(clock.now() - 1, 9)).toEqual([]);
  });
});
