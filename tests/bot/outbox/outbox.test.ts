import { describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { text } from '../../../domains/core/text.ts';
import { botMessages, named, openOutbox, screen } from './outbox-fixture.ts';
import { ManualTiming } from '../../support/manual-timing.ts';
import { quickTiming } from '../../support/quick-timing.ts';

const timed = z.looseObject({ asOfMs: z.number() });

describe('the screen of a chat', () => {
  test('is one message that is edited', async () => {
    const bench = await openOutbox();
    await bench.show(named('A'));
    await bench.show(named('B'));
    expect(botMessages(bench.ann).map((one) => one.text)).toEqual(['▶️ B']);
    expect(bench.sent()).toEqual(['sendMessage', 'editMessageText']);
  });

  test('is not sent again when it looks the same', async () => {
    const bench = await openOutbox();
    await bench.show(named('A'));
    await bench.show(named('A'));
    expect(bench.sent()).toEqual(['sendMessage']);
  });

  test('is sent with a sound by notify, and the old one is removed', async () => {
    const bench = await openOutbox();
    await bench.show(named('A'));
    await bench.show(named('A'), 'notify');
    await bench.outbox.drain();
    const [only, ...others] = botMessages(bench.ann);
    expect(others).toEqual([]);
    expect(only?.isSilent).toBe(false);
    expect(bench.sent()).toEqual(['sendMessage', 'sendMessage', 'deleteMessage']);
  });

  test('asks what another process has made it ask, even while this queue is running', async () => {
    const bench = await openOutbox();
    const { id } = bench.ann;
    const asking = { ...screen(named('A')), asks: 'name' } as const;
    void bench.outbox.show(id, asking, { mode: 'edit' });
    expect(await bench.outbox.asks(id)).toBe('name');
    await bench.outbox.idle();
    expect(await bench.outbox.asks(id)).toBe('name');
    bench.sandbox.faults.add({ method: 'deleteMessage', kind: 'slow', delayMs: 1_000 });
    void bench.outbox.removeMessage(id, 9_999);
    await bench.again().show(id, screen(named('B')), { mode: 'edit' });
    expect(await bench.outbox.asks(id)).toBeNull();
  });

  test('replaces the old one even while the player taps without a pause', async () => {
    const bench = await openOutbox();
    await bench.show(named('A'));
    void bench.show(named('B'), 'notify');
    for (let tap = 1; tap <= 5; tap += 1) {
      await bench.timing.wait(1_200);
      void bench.show(named(`${tap}`));
    }
    expect(bench.sandbox.calls.list('deleteMessage')).toHaveLength(1);
  });

  test('is sent silently when the message to edit is gone', async () => {
    const bench = await openOutbox();
    await bench.show(named('A'));
    bench.ann.deleteMessage(botMessages(bench.ann)[0]?.messageId ?? 0);
    await bench.show(named('B'));
    expect(botMessages(bench.ann).map((one) => [one.text, one.isSilent])).toEqual([['▶️ B', true]]);
    expect(bench.log.lines).toEqual([]);
  });

  test('counts as shown when Telegram says that it is not modified', async () => {
    const bench = await openOutbox();
    await bench.show(named('A'));
    const { messageId } = botMessages(bench.ann)[0] ?? { messageId: 0 };
    bench.sandbox.faults.add({
      method: 'editMessageText',
      kind: 'error',
      errorCode: 400,
      description:
        'Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
    });
    await bench.show(named('B'));
    expect(await bench.outbox.isCurrent(bench.ann.id, messageId)).toBe(true);
    expect(bench.log.lines).toEqual([]);
  });
});

describe('a chat queue', () => {
  test('sends only the newest of several waiting screens', async () => {
    const bench = await openOutbox();
    await Promise.all(['A', 'B', 'C', 'D'].map((name) => bench.show(named(name))));
    expect(bench.sent()).toEqual(['sendMessage']);
    expect(bench.texts()).toEqual(['▶️ D']);
    expect(bench.outbox.metrics).toMatchObject({ requested: 4, sent: 1, superseded: 3 });
  });

  test('keeps the sound of a screen that a newer one replaced', async () => {
    const bench = await openOutbox();
    await bench.show(named('A'));
    void bench.show(named('B'));
    void bench.show(named('C'), 'notify');
    await bench.show(named('D'));
    expect(botMessages(bench.ann).map((one) => [one.text, one.isSilent])).toEqual([
      ['▶️ D', false],
    ]);
  });

  test('shows the newer state of a battle, whichever comes last', async () => {
    const bench = await openOutbox();
    const exchange = (version: number, of = 'duel') =>
      bench.outbox.show(
        bench.ann.id,
        { ...screen(named(`${of} ${version}`)), state: { of, version } },
        { mode: 'edit' },
      );
    await exchange(2);
    await exchange(1);
    expect(bench.texts()).toEqual(['▶️ duel 2']);
    await exchange(1, 'next');
    expect(bench.texts()).toEqual(['▶️ next 1']);
  });

  test('shows the newer state that another process has shown, also to an answer that is sent', async () => {
    const bench = await openOutbox();
    const exchange = (version: number, mode: 'edit' | 'resend', by = bench.outbox) => {
      const payload = { ...screen(named(`duel ${version}`)), state: { of: 'duel', version } };
      return by.show(bench.ann.id, payload, { mode });
    };
    const other = bench.again();
    await exchange(2, 'edit', other);
    await exchange(1, 'resend');
    expect(bench.texts()).toEqual(['▶️ duel 2']);
    await exchange(3, 'resend');
    expect(bench.texts()).toEqual(['▶️ duel 3']);
  });

  test.each(['the same process', 'another process'])(
    'shows an older state that was read much later, after a rollback (%s)',
    async (whose) => {
      const bench = await openOutbox();
      const other = whose === 'another process' ? bench.again() : bench.outbox;
      const exchange = (version: number, by = other, asOfMs = by.now()) => {
        const payload = { ...screen(named(`duel ${version}`)), state: { of: 'duel', version } };
        return by.show(bench.ann.id, payload, { mode: 'edit', asOfMs });
      };
      await exchange(5, bench.outbox);
      const before = other.now();
      bench.clock.advance(19_999);
      await exchange(2);
      expect(bench.texts()).toEqual(['▶️ duel 5']);
      bench.clock.advance(1);
      await exchange(2, other, before);
      expect(bench.texts()).toEqual(['▶️ duel 5']);
      await exchange(2);
      await exchange(3);
      await exchange(2);
      expect(bench.texts()).toEqual(['▶️ duel 3']);
    },
  );

  test('treats a record without a time, of an older release, as just read', async () => {
    const bench = await openOutbox();
    const exchange = (version: number) => {
      const payload = { ...screen(named(`duel ${version}`)), state: { of: 'duel', version } };
      return bench.again().show(bench.ann.id, payload, { mode: 'edit' });
    };
    await exchange(5);
    const { asOfMs, ...older } = timed.parse(await bench.chats.readScreen(bench.ann.id));
    expect(asOfMs).toBe(bench.clock.now());
    await bench.chats.writeScreen(bench.ann.id, older);
    await exchange(2);
    expect(bench.texts()).toEqual(['▶️ duel 5']);
  });

  test('waits for a flood to end, then shows the newest screen', async () => {
    const bench = await openOutbox();
    await bench.show(named('A'));
    bench.sandbox.faults.add({ method: 'editMessageText', kind: 'flood', retryAfterS: 5 });
    const shown = bench.show(named('B'));
    await bench.called('editMessageText');
    void bench.show(named('C'));
    await shown;
    expect(bench.texts()).toEqual(['▶️ C']);
    expect(bench.sent()).toEqual(['sendMessage', 'editMessageText', 'editMessageText']);
    expect(bench.log.lines).toEqual([]);
  });

  test('keeps the rate limit: a burst, then the newest screen once a second', async () => {
    const timing = new ManualTiming();
    const bench = await openOutbox(undefined, timing);
    for (const name of ['A', 'B', 'C', 'D']) await bench.show(named(name));
    for (const name of ['E', 'F', 'G', 'H']) void bench.show(named(name));
    await timing.advance(999);
    expect(bench.sent()).toHaveLength(4);
    await timing.advance(1);
    await bench.outbox.idle();
    expect(bench.texts()).toEqual(['▶️ H']);
    expect(bench.sent()).toHaveLength(5);
  });

  test('slows down after a slow call', async () => {
    const bench = await openOutbox(undefined, quickTiming(2));
    await bench.show(named('A'));
    bench.sandbox.faults.add({ method: 'editMessageText', kind: 'slow', delayMs: 1_000 });
    await bench.show(named('B'));
    const startedMs = bench.timing.now();
    await bench.show(named('C'));
    expect(bench.timing.now() - startedMs).toBeGreaterThan(900);
  });
});

describe('a user who has blocked the bot', () => {
  test('is a debug line and no error', async () => {
    const bench = await openOutbox();
    bench.ann.block();
    const debug = vi.spyOn(bench.log, 'debug');
    await bench.show(named('A'));
    expect(debug.mock.calls).toEqual([
      [{ chatId: bench.ann.id, screen: 'test' }, 'user unreachable'],
    ]);
    expect(bench.log.lines).toEqual([]);
  });
});

describe('a Bot API server without <tg-time>', () => {
  test('gets times as text after its first refusal', async () => {
    const bench = await openOutbox();
    bench.sandbox.faults.add({
      method: 'sendMessage',
      kind: 'error',
      errorCode: 400,
      description:
        'Bad Request: can\'t parse entities: Unsupported start tag "tg-time" at byte offset 22',
    });
    await bench.show(text('battle.clock', { at: { atMs: 0 } }));
    await bench.show(text('arena.search.since', { at: { atMs: 0 } }));
    expect(botMessages(bench.ann)[0]?.html).toBe('⏱ Search started 00:00:00 UTC');
    expect(bench.log.lines.map((line) => line.level)).toEqual(['warn']);
  });
});

test('a frame of another battle leaves the screen of this one', async () => {
  const bench = await openOutbox();
  const of = (battle: string, name: string) => ({
    ...screen(named(name)),
    state: { of: battle, version: 1 },
  });
  await bench.outbox.show(bench.ann.id, of('second', 'now'), { mode: 'edit' });
  const ambient = { mode: 'edit', priority: 'ambient' } as const;
  await bench.outbox.show(bench.ann.id, of('first', 'before'), ambient);
  expect(bench.texts()).toEqual([expect.stringContaining('now')]);
});
