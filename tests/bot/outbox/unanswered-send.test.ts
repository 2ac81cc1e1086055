import { HttpError } from 'grammy';
import { describe, expect, test } from 'vitest';
import { ManualTiming } from '../../support/manual-timing.ts';
import { type OutboxFixture, botMessages, named, openOutbox, screen } from './outbox-fixture.ts';

const lost = { method: 'sendMessage', kind: 'reset', when: 'after' } as const;

const appearances = (bench: OutboxFixture) =>
  botMessages(bench.ann).map((one) => [one.text, one.isSilent]);
const ids = (bench: OutboxFixture) => botMessages(bench.ann).map((one) => one.messageId);

/** Ann's chat with two copies of one screen, the older first. */
async function openWithCopies(mode: 'edit' | 'resend' | 'notify' = 'edit') {
  const bench = await openOutbox();
  bench.sandbox.faults.add(lost);
  await bench.show(named('A'), mode);
  const [older = 0, newer = 0] = ids(bench);
  return { bench, older, newer };
}

/** The next send fails at once and arrives when the returned function is called. */
function holdBack({ api }: OutboxFixture): () => Promise<unknown> {
  let letGo = () => {};
  const isFree = new Promise<void>((resolve) => (letGo = resolve));
  let held: Promise<unknown> | null = null;
  api.config.use((call, method, ...rest) => {
    if (method !== 'sendMessage' || held !== null) return call(method, ...rest);
    held = isFree.then(() => call(method, rest[0]));
    return Promise.reject(new HttpError('no answer', new Error('no answer')));
  });
  return () => {
    letGo();
    return held ?? Promise.resolve();
  };
}

describe('a send without a response', () => {
  test.each(['edit', 'resend', 'notify'] as const)(
    'is followed by one silent copy if it arrived (%s)',
    async (mode) => {
      const { bench } = await openWithCopies(mode);
      expect(appearances(bench)).toEqual([
        ['▶️ A', mode !== 'notify'],
        ['▶️ A', true],
      ]);
      expect(bench.outbox.metrics).toMatchObject({ sent: 1, unanswered: 1 });
      await bench.show(named('B'));
      expect(bench.texts()).toEqual(['▶️ A', '▶️ B']);
    },
  );

  test.each(['edit', 'resend', 'notify'] as const)(
    'is repeated silently if it did not arrive (%s)',
    async (mode) => {
      const bench = await openOutbox();
      bench.sandbox.faults.add({ method: 'sendMessage', kind: 'reset', when: 'before' });
      await bench.show(named('A'), mode);
      expect(appearances(bench)).toEqual([['▶️ A', true]]);
    },
  );

  test('is repeated at once, then after pauses that double', async () => {
    const timing = new ManualTiming();
    const bench = await openOutbox(undefined, timing);
    bench.sandbox.faults.add({ ...lost, times: 3 });
    void bench.show(named('A'), 'notify');
    await bench.called('sendMessage', 2);
    expect(timing.now()).toBe(0);
    const cameAtMs = async (count: number) => {
      const calls = async () => {
        await timing.advance(10);
        return bench.sandbox.calls.list('sendMessage').length;
      };
      await expect.poll(calls, { interval: 1 }).toBe(count);
      return timing.now();
    };
    const thirdMs = await cameAtMs(3);
    const fourthMs = await cameAtMs(4);
    expect(thirdMs).toBeGreaterThanOrEqual(250);
    expect(fourthMs - thirdMs).toBeGreaterThanOrEqual(490);
    expect(appearances(bench).map(([, isSilent]) => isSilent)).toEqual([false, true, true, true]);
  });

  test('is not repeated while its call is running', async () => {
    const bench = await openOutbox();
    bench.sandbox.faults.add({
      method: 'sendMessage',
      kind: 'slow',
      delayMs: 1_000,
      when: 'after',
    });
    const shown = bench.show(named('A'));
    await expect.poll(() => bench.texts()).toEqual(['▶️ A']);
    void bench.show(named('B'), 'notify');
    await bench.timing.wait(4_000);
    expect(bench.texts()).toEqual(['▶️ A']);
    await shown;
    expect(bench.texts()).toEqual(['▶️ B']);
    expect(bench.outbox.metrics.unanswered).toBe(0);
  });

  test('does not silence another screen that comes meanwhile', async () => {
    const bench = await openOutbox();
    bench.sandbox.faults.add(lost);
    void bench.show(named('A'), 'resend');
    await bench.called('sendMessage');
    await bench.show(named('B'), 'notify');
    expect(appearances(bench).at(-1)).toEqual(['▶️ B', false]);
  });

  test('leaves one message too many, however often the screen changes', async () => {
    const { bench, older } = await openWithCopies();
    for (const mode of ['resend', 'notify', 'edit'] as const) await bench.show(named('B'), mode);
    await bench.outbox.drain();
    expect(bench.texts()).toEqual(['▶️ A', '▶️ B']);
    expect(await bench.outbox.isCurrent(bench.ann.id, older)).toBe(true);
  });
});

describe('a tap on a copy', () => {
  test('makes the older copy the screen and removes the newer one', async () => {
    const { bench, older } = await openWithCopies();
    expect(await bench.outbox.isCurrent(bench.ann.id, older)).toBe(true);
    await bench.show(named('A'));
    expect(ids(bench)).toEqual([older]);
    expect(bench.sent().at(-2)).toBe('editMessageText');
    await bench.show(named('B'));
    expect(bench.texts()).toEqual(['▶️ B']);
  });

  test('makes a copy that arrived late the screen and removes the older one', async () => {
    const bench = await openOutbox();
    const arrives = holdBack(bench);
    await bench.show(named('A'));
    await arrives();
    const [, newer = 0] = ids(bench);
    expect(await bench.outbox.isCurrent(bench.ann.id, newer)).toBe(true);
    await bench.show(named('B'));
    expect(ids(bench)).toEqual([newer]);
    expect(bench.texts()).toEqual(['▶️ B']);
  });

  test('is recognized by another process, as after a restart', async () => {
    const { bench, older } = await openWithCopies('notify');
    const next = bench.again();
    expect(await next.isCurrent(bench.ann.id, older)).toBe(true);
    await next.show(bench.ann.id, screen(named('B')), { mode: 'edit' });
    expect(ids(bench)).toEqual([older]);
  });

  test('makes a copy of a stopped process the screen', async () => {
    const bench = await openOutbox();
    await bench.show(named('A'));
    bench.sandbox.faults.add(lost);
    const flood = { method: 'sendMessage', kind: 'flood', retryAfterS: 60 } as const;
    bench.sandbox.faults.add(flood);
    void bench.show(named('B'), 'resend');
    await bench.faultHit();
    await bench.outbox.drain();
    const [old = 0, copy = 0] = ids(bench);
    const next = bench.again();
    await next.show(bench.ann.id, screen(named('C')), { mode: 'resend' });
    expect(await next.isCurrent(bench.ann.id, copy)).toBe(true);
    await next.show(bench.ann.id, screen(named('D')), { mode: 'edit' });
    expect(ids(bench)).toEqual([copy]);
    expect(await next.isCurrent(bench.ann.id, old)).toBe(false);
  });

  test('makes the other one an old screen when the tapped one is current', async () => {
    const { bench, older, newer } = await openWithCopies();
    expect(await bench.outbox.isCurrent(bench.ann.id, newer)).toBe(true);
    expect(await bench.outbox.isCurrent(bench.ann.id, older)).toBe(false);
    await bench.outbox.removeMessage(bench.ann.id, older);
    expect(ids(bench)).toEqual([newer]);
  });

  test('keeps only the tapped one when the next copy is being sent', async () => {
    let readings = 0;
    let goOn = () => {};
    const isHeld = new Promise<void>((resolve) => (goOn = resolve));
    const bench = await openOutbox(async () => {
      if ((readings += 1) === 2) await isHeld;
      return 'en' as const;
    });
    bench.sandbox.faults.add(lost);
    void bench.show(named('A'));
    await expect.poll(() => readings).toBe(2);
    const [copy = 0] = ids(bench);
    const isPresent = bench.outbox.isCurrent(bench.ann.id, copy);
    await new Promise(setImmediate);
    goOn();
    expect(await isPresent).toBe(true);
    await bench.outbox.drain();
    expect(ids(bench)).toEqual([copy]);
  });

  test('keeps the pending screen when another unknown copy is below', async () => {
    const bench = await openOutbox();
    bench.sandbox.faults.add({ ...lost, times: 2 });
    bench.sandbox.faults.add({ method: 'sendMessage', kind: 'flood', retryAfterS: 20 });
    void bench.show(named('A'), 'resend');
    await bench.faultHit();
    const [tapped = 0] = ids(bench);
    expect(await bench.outbox.isCurrent(bench.ann.id, tapped)).toBe(true);
    await bench.show(named('B'));
    await bench.outbox.drain();
    expect(bench.texts()).toEqual(['▶️ A', '▶️ B']);
  });

  test('keeps the copy whose running removal fails', async () => {
    const { bench, older } = await openWithCopies();
    let isRunning = false;
    let fail = () => {};
    bench.api.config.use((call, method, ...rest) => {
      if (method !== 'deleteMessage' || isRunning) return call(method, ...rest);
      isRunning = true;
      return new Promise((_, reject) => {
        fail = () => {
          reject(new HttpError('no answer', new Error('no answer')));
        };
      });
    });
    void bench.outbox.removeMessage(bench.ann.id, older);
    await expect.poll(() => isRunning).toBe(true);
    expect(await bench.outbox.isCurrent(bench.ann.id, older)).toBe(true);
    fail();
    await bench.outbox.idle();
    expect(ids(bench)).toEqual([older]);
  });
});
