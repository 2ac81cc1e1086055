import { describe, expect, test } from 'vitest';
import { named, openOutbox, screen } from './outbox-fixture.ts';

describe('the answer to a tap', () => {
  test.each([
    { kind: 'reset', when: 'before' },
    { kind: 'reset', when: 'after' },
    { kind: 'error', errorCode: 502 },
    { kind: 'flood', retryAfterS: 2 },
  ] as const)('is retried after $kind $when', async (fault) => {
    const bench = await openOutbox();
    await bench.show(named('A'));
    bench.sandbox.faults.add({ method: 'answerCallbackQuery', ...fault });
    const tap = bench.ann.tap('▶️ A');
    await bench.outbox.answer({ queryId: tap.callbackQueryId, userId: bench.ann.id }, 'hello');
    expect((await tap.answered()).text).toBe('hello');
    expect(bench.log.lines).toEqual([]);
  });

  test('that comes too late is not logged', async () => {
    const bench = await openOutbox();
    await bench.outbox.answer({ queryId: '12345', userId: bench.ann.id }, null);
    expect(bench.log.lines).toEqual([]);
  });
});

describe('an outage', () => {
  test('of Telegram delays the newest screen and loses none', async () => {
    const bench = await openOutbox();
    await bench.show(named('A'));
    const fault = { method: '*', kind: 'error', errorCode: 502, times: 6 } as const;
    bench.sandbox.faults.add(fault);
    void bench.show(named('B'));
    await bench.show(named('C'), 'notify');
    expect(bench.texts()).toEqual(['▶️ C']);
    expect(bench.log.lines).toEqual([]);
  });

  test('of the chat store loses no screen and is logged once', async () => {
    const bench = await openOutbox();
    await bench.show(named('A'));
    bench.chats.isDown = true;
    await bench.show(named('B'));
    await bench.show(named('C'), 'resend');
    expect(bench.texts()).toEqual(['▶️ C']);
    expect(bench.log.lines.map((line) => line.message)).toEqual(['chat store unavailable']);
    // The store has an older record than this process.
    bench.chats.isDown = false;
    await bench.show(named('A'));
    expect(bench.texts()).toEqual(['▶️ A']);
    await bench.again().show(bench.ann.id, screen(named('D')), { mode: 'edit' });
    expect(bench.texts()).toEqual(['▶️ D']);
  });
});

describe('an old screen', () => {
  test('whose removal is slow does not delay a reply', async () => {
    const bench = await openOutbox();
    await bench.show(named('A'));
    // Longer than the test may take.
    bench.sandbox.faults.add({ method: 'deleteMessage', kind: 'slow', delayMs: 600_000 });
    void bench.show(named('B'), 'notify');
    await bench.faultHit();
    void bench.show(named('C'));
    await bench.ann.waitFor(() => bench.texts().includes('▶️ C'));
    expect(bench.texts()).toEqual(['▶️ A', '▶️ C']);
  });

  test('whose removal was aborted for a reply is removed when the bot stops then', async () => {
    const bench = await openOutbox();
    await bench.show(named('A'));
    bench.sandbox.faults.add({ method: 'deleteMessage', kind: 'slow', delayMs: 5_000 });
    void bench.show(named('B'), 'notify');
    await bench.faultHit();
    void bench.show(named('C'));
    await bench.outbox.drain();
    expect(bench.texts()).toEqual(['▶️ C']);
    expect(bench.log.lines).toEqual([]);
  });

  test('is deleted by one call although it is tapped during its removal and after it', async () => {
    const bench = await openOutbox();
    await bench.show(named('A'));
    const { messageId = 0 } = bench.ann.lastScreen() ?? {};
    bench.sandbox.faults.add({ method: 'deleteMessage', kind: 'slow', delayMs: 100 });
    void bench.show(named('B'), 'resend');
    await bench.faultHit();
    await bench.outbox.removeMessage(bench.ann.id, messageId);
    await bench.outbox.removeMessage(bench.ann.id, messageId);
    expect(bench.sandbox.calls.list('deleteMessage')).toHaveLength(1);
    expect(bench.texts()).toEqual(['▶️ B']);
  });

  test('is not removed during a flood wait', async () => {
    const bench = await openOutbox();
    await bench.show(named('A'));
    bench.sandbox.faults.add({ method: 'deleteMessage', kind: 'flood', retryAfterS: 8 });
    void bench.show(named('B'), 'notify');
    await bench.called('deleteMessage');
    const startedMs = bench.timing.now();
    for (let tap = 1; tap <= 3; tap += 1) {
      await bench.timing.wait(1_100);
      void bench.show(named(`${tap}`));
    }
    await bench.called('deleteMessage', 2);
    expect(bench.timing.now() - startedMs).toBeGreaterThan(7_900);
    await bench.outbox.drain();
    expect(bench.texts()).toEqual(['▶️ 3']);
  });
});

describe('a burst of messages', () => {
  test('leaves at most three screens in the chat, and one in the end', async () => {
    const bench = await openOutbox();
    let most = 0;
    for (let sticker = 0; sticker < 20; sticker += 1) {
      void bench.show(named(`${sticker}`), 'resend');
      await bench.timing.wait(300);
      most = Math.max(most, bench.texts().length);
    }
    expect(most).toBeLessThanOrEqual(3);
    await bench.ann.waitFor(() => bench.texts().join() === '▶️ 19');
  });
});

describe('a screen that Telegram refuses', () => {
  test('is logged, and the player gets an error screen', async () => {
    const bench = await openOutbox();
    bench.sandbox.faults.add({ method: 'sendMessage', kind: 'error', errorCode: 400 });
    await bench.show(named('A'));
    expect(bench.texts()).toEqual([expect.stringContaining('Something broke on our side')]);
    expect(bench.log.lines.map((line) => line.level)).toEqual(['error']);
    await bench.show(named('B'));
    expect(bench.texts()).toEqual(['▶️ B']);
  });
});
