import { describe, expect, test } from 'vitest';
import { type Bench, botMessages, named, openBench, screen } from './outbox-bench.ts';

describe('a send without an answer', () => {
  test.each(['quiet', 'below', 'fresh'] as const)(
    'that arrived is found, not repeated (%s)',
    async (manner) => {
      const bench = await openBench();
      bench.outbox.noteMessage(1);
      bench.sandbox.faults.add({ method: 'sendMessage', kind: 'reset', when: 'after' });
      await bench.show(named('A'), manner);
      expect(bench.texts()).toEqual(['▶️ A']);
      expect(bench.outbox.figures.found).toBe(1);
      await bench.show(named('B'));
      expect(bench.texts()).toEqual(['▶️ B']);
    },
  );

  test.each(['quiet', 'below', 'fresh'] as const)(
    'that did not arrive is sent again (%s)',
    async (manner) => {
      const bench = await openBench();
      bench.outbox.noteMessage(1);
      bench.sandbox.faults.add({ method: 'sendMessage', kind: 'reset', when: 'before' });
      await bench.show(named('A'), manner);
      expect(botMessages(bench.ann).map((one) => [one.text, one.isSilent])).toEqual([
        ['▶️ A', manner !== 'fresh'],
      ]);
    },
  );

  test('is not mistaken for one that made a sound', async () => {
    const bench = await openBench();
    bench.outbox.noteMessage(1);
    bench.sandbox.faults.add({ method: 'sendMessage', kind: 'reset', when: 'after' });
    void bench.show(named('A'), 'below');
    await bench.called('sendMessage');
    await bench.show(named('B'), 'fresh');
    expect(botMessages(bench.ann).map((one) => [one.text, one.isSilent])).toEqual([
      ['▶️ B', false],
    ]);
  });

  test('of a bot too busy to look for it is left, and the present message edited', async () => {
    const bench = await openBench();
    await bench.show(named('A'));
    // Eight hundred others write while this one is sent: nobody knows which id it was given.
    bench.sandbox.faults.add({ method: 'sendMessage', kind: 'reset', when: 'after' });
    bench.api.config.use((call, ...rest) => {
      bench.outbox.noteMessage(900);
      return call(...rest);
    });
    await bench.show(named('B'), 'below');
    expect(bench.texts()).toEqual(['▶️ B', '▶️ B']);
    // The tap on it tells which of the two the player looks at.
    const lost = botMessages(bench.ann)[1]?.messageId ?? 0;
    expect(await bench.outbox.isPresent(bench.ann.id, lost)).toBe(true);
    await bench.show(named('C'));
    expect(bench.texts()).toEqual(['▶️ C']);
  });
});

describe('the answer to a tap', () => {
  test.each([
    { kind: 'reset', when: 'before' },
    { kind: 'reset', when: 'after' },
    { kind: 'error', errorCode: 502 },
    { kind: 'flood', retryAfterS: 2 },
  ] as const)('comes all the same after $kind $when', async (fault) => {
    const bench = await openBench();
    await bench.show(named('A'));
    bench.sandbox.faults.add({ method: 'answerCallbackQuery', ...fault });
    const tap = bench.ann.tap('▶️ A');
    await bench.outbox.answer({ queryId: tap.callbackQueryId, userId: bench.ann.id }, 'hello');
    expect((await tap.answered()).text).toBe('hello');
    expect(bench.log.lines).toEqual([]);
  });

  test('that comes too late is nobody’s trouble', async () => {
    const bench = await openBench();
    await bench.outbox.answer({ queryId: '12345', userId: bench.ann.id }, null);
    expect(bench.log.lines).toEqual([]);
  });
});

describe('an outage', () => {
  test('of the server costs no screen: the newest comes when it is back', async () => {
    const bench = await openBench();
    await bench.show(named('A'));
    const fault = { method: '*', kind: 'error', errorCode: 502, times: 6 } as const;
    bench.sandbox.faults.add(fault);
    void bench.show(named('B'));
    await bench.show(named('C'), 'fresh');
    expect(bench.texts()).toEqual(['▶️ C']);
    expect(bench.log.lines).toEqual([]);
  });

  test('of the memo store costs no screen either, and is told once', async () => {
    const bench = await openBench();
    await bench.show(named('A'));
    bench.memos.isDown = true;
    await bench.show(named('B'));
    await bench.show(named('C'));
    expect(bench.texts()).toEqual(['▶️ C']);
    expect(bench.log.lines.map((line) => line.message)).toEqual([
      'chats cannot be looked up; going on from memory',
    ]);
  });
});

describe('a screen that Telegram refuses', () => {
  test('is told to the operator, and the player gets a way on', async () => {
    const bench = await openBench();
    bench.sandbox.faults.add({ method: 'sendMessage', kind: 'error', errorCode: 400 });
    await bench.show(named('A'));
    expect(bench.texts()).toEqual([expect.stringContaining('Something broke on our side')]);
    expect(bench.log.lines.map((line) => line.level)).toEqual(['error']);
    await bench.show(named('B'));
    expect(bench.texts()).toEqual(['▶️ B']);
  });
});

describe('an animation', () => {
  const animate = (bench: Bench, name: string) =>
    bench.outbox.show(bench.ann.id, screen(named(name)), { manner: 'quiet', urgency: 'ambient' });

  test('moves the screen it belongs to, and no other', async () => {
    const bench = await openBench();
    await bench.show(named('A'));
    await animate(bench, 'B');
    expect(bench.texts()).toEqual(['▶️ B']);
    const other = { ...screen(named('C')), screen: 'other' };
    await bench.outbox.show(bench.ann.id, other, { manner: 'quiet', urgency: 'ambient' });
    expect(bench.texts()).toEqual(['▶️ B']);
    expect(bench.outbox.figures.yielded).toBe(1);
  });

  test('leaves room for taps: with little left of the burst it is not sent', async () => {
    const bench = await openBench();
    for (const name of ['A', 'B']) await bench.show(named(name));
    await animate(bench, 'C');
    expect(bench.texts()).toEqual(['▶️ B']);
    expect(bench.outbox.figures.yielded).toBe(1);
  });

  test('never holds up a reply: one under way is broken off, and cannot overwrite it for long', async () => {
    const bench = await openBench();
    await bench.show(named('A'));
    bench.sandbox.faults.add({ method: 'editMessageText', kind: 'slow', delayMs: 100 });
    void animate(bench, 'late');
    await bench.underWay();
    await bench.show(named('B'));
    expect(bench.texts()).toEqual(['▶️ B']);
    await bench.ann.waitFor(() => bench.texts()[0] === '▶️ late');
    await bench.ann.waitFor(() => bench.texts()[0] === '▶️ B');
  });
});
