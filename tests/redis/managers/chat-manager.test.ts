import { beforeEach, expect, test } from 'vitest';
import { keys } from '../../../redis/keys.ts';
import { ChatManager } from '../../../redis/managers/chat-manager.ts';
import { RecordingLog } from '../../support/recording-log.ts';
import { describeOnEachRedis } from '../../support/redis-engines.ts';

const LEASE_MS = 60_000;

describeOnEachRedis('ChatManager', 1, (redis) => {
  let chats: ChatManager;
  let log: RecordingLog;
  beforeEach(async () => {
    const { client } = redis();
    await client.flushall();
    log = new RecordingLog();
    chats = new ChatManager({ client, log });
  });

  const take = (token: string) => chats.take(7, { token, leaseMs: LEASE_MS });

  test('take returns the screen that the last release stored', async () => {
    expect(await take('a')).toEqual({ kind: 'taken', screen: null });
    await chats.release(7, 'a', { messageId: 5, digest: 'a|b' });
    expect(await take('b')).toEqual({ kind: 'taken', screen: { messageId: 5, digest: 'a|b' } });
    await chats.release(7, 'b', null);
    expect(await chats.readScreen(7)).toEqual({ messageId: 5, digest: 'a|b' });
  });

  test('take returns busy while another token holds the lock of the chat', async () => {
    await take('a');
    expect(await take('b')).toEqual({ kind: 'busy' });
    expect((await chats.take(8, { token: 'b', leaseMs: LEASE_MS })).kind).toBe('taken');
  });

  test('release after an expired lease keeps the lock and the screen of the next owner', async () => {
    await take('a');
    await redis().client.del(keys.chatLock(7));
    await take('b');
    await chats.release(7, 'a', { messageId: 5 });
    expect(await take('c')).toEqual({ kind: 'busy' });
    await chats.release(7, 'b', { messageId: 9 });
    await take('c');
    await chats.release(7, 'a', { messageId: 5 });
    expect(await chats.readScreen(7)).toEqual({ messageId: 9 });
  });

  test('renew prolongs only the lease of its own token and creates none', async () => {
    await chats.take(7, { token: 'a', leaseMs: 1_000 });
    await chats.renew(7, { token: 'b', leaseMs: LEASE_MS });
    expect(await redis().client.pttl(keys.chatLock(7))).toBeLessThanOrEqual(1_000);
    await chats.renew(7, { token: 'a', leaseMs: LEASE_MS });
    expect(await redis().client.pttl(keys.chatLock(7))).toBeGreaterThan(50_000);
    await chats.renew(8, { token: 'a', leaseMs: LEASE_MS });
    expect(await redis().client.exists(keys.chatLock(8))).toBe(0);
  });

  test('a chat without a screen reads the one of release 0.1.0 until another is stored', async () => {
    await redis().client.set(keys.memo('screen', '7'), '{"messageId":77}');
    expect(await chats.readScreen(7)).toEqual({ messageId: 77 });
    expect(await take('a')).toEqual({ kind: 'taken', screen: { messageId: 77 } });
    expect(await chats.readScreen(8)).toBeNull();
    await chats.release(7, 'a', { messageId: 78 });
    expect(await chats.readScreen(7)).toEqual({ messageId: 78 });
    expect(await take('b')).toEqual({ kind: 'taken', screen: { messageId: 78 } });
  });

  test('a chat with a screen ignores the one of release 0.1.0', async () => {
    await chats.writeScreen(7, { messageId: 78 });
    await redis().client.set(keys.memo('screen', '7'), '{');
    await chats.readScreen(7);
    await take('a');
    expect(log.lines).toEqual([]);
  });

  test('an unreadable screen reads as null and is logged with its key', async () => {
    await redis().client.set(keys.chatScreen(7), '{');
    expect(await take('a')).toEqual({ kind: 'taken', screen: null });
    expect(log.lines.map(({ facts }) => facts['key'])).toEqual([keys.chatScreen(7)]);
  });
});
