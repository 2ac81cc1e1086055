import { describe, expect, test } from 'vitest';
import { ChatLock } from '../../../bot/outbox/chat-lock.ts';
import { ManualTiming } from '../../support/manual-timing.ts';
import { MemoryChats } from '../../support/memory-chats.ts';

const CHAT = 7;
const LEASE_MS = 3_000;

/** The locks of two processes on one store. */
function openLocks() {
  const timing = new ManualTiming();
  const chats = new MemoryChats(timing);
  const memory = {
    take: async (chatId: number, lease: Parameters<MemoryChats['take']>[1]) =>
      (await chats.take(chatId, lease).catch(() => null))?.kind ?? null,
    release: (chatId: number, token: string) => chats.release(chatId, token, null),
  };
  const turns = () => new ChatLock({ chats, memory, timing });
  return { timing, chats, one: turns(), other: turns() };
}

/** A call that takes until `end` is called. */
function longCall() {
  let end = () => {};
  const ended = new Promise<void>((resolve) => (end = resolve));
  return { write: () => ended, end };
}

describe('ChatLock', () => {
  test('is held as long as its call, even longer than a lease', async () => {
    const { timing, chats, one } = openLocks();
    const { write, end } = longCall();
    const written = one.withLock(CHAT, write);
    await timing.advance(5 * LEASE_MS);
    const another = { token: 'another', leaseMs: LEASE_MS };
    expect(await chats.take(CHAT, another)).toEqual({ kind: 'busy' });
    end();
    await written;
    expect(await chats.take(CHAT, another)).toMatchObject({ kind: 'taken' });
    // Nothing is renewed after the call.
    await timing.advance(LEASE_MS);
    expect(await chats.take(CHAT, { ...another, token: 'third' })).toMatchObject({ kind: 'taken' });
  });

  test('waits until the call of another process ends', async () => {
    const { timing, one, other } = openLocks();
    const { write, end } = longCall();
    const written: string[] = [];
    const first = one.withLock(CHAT, async () => {
      await write();
      written.push('first');
    });
    await timing.advance(0);
    const second = other.withLock(CHAT, () => {
      written.push('second');
      return Promise.resolve();
    });
    await timing.advance(1_000);
    expect(written).toEqual([]);
    end();
    await first;
    await timing.advance(10);
    await second;
    expect(written).toEqual(['first', 'second']);
  });

  test('is not waited for longer than three seconds: the screen is written without it', async () => {
    const { timing, one, other } = openLocks();
    void one.withLock(CHAT, () => new Promise(() => {}));
    await timing.advance(0);
    const second = other.withLock(CHAT, () => Promise.resolve('written'));
    await timing.advance(2_900);
    expect(await Promise.race([second, Promise.resolve('waits')])).toBe('waits');
    await timing.advance(200);
    expect(await second).toBe('written');
  });
});
