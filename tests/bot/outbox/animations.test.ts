import { describe, expect, test } from 'vitest';
import { type OutboxFixture, named, openOutbox, screen } from './outbox-fixture.ts';
import { ManualTiming } from '../../support/manual-timing.ts';
import { quickTiming } from '../../support/quick-timing.ts';

describe('an animation', () => {
  const animate = (bench: OutboxFixture, name: string) =>
    bench.outbox.show(bench.ann.id, screen(named(name)), { mode: 'edit', priority: 'ambient' });

  // An animation is given up when calls are slow. On a busy machine they are: time stands still, or is slower.
  const openStill = () => openOutbox(undefined, new ManualTiming());
  const openSlow = () => openOutbox(undefined, quickTiming(2));

  test('changes only the screen it belongs to', async () => {
    const bench = await openStill();
    await bench.show(named('A'));
    await animate(bench, 'B');
    expect(bench.texts()).toEqual(['▶️ B']);
    const other = { ...screen(named('C')), screen: 'other' };
    await bench.outbox.show(bench.ann.id, other, { mode: 'edit', priority: 'ambient' });
    expect(bench.texts()).toEqual(['▶️ B']);
    expect(bench.outbox.metrics.skipped).toBe(1);
  });

  test('is skipped when little of the burst is left', async () => {
    const bench = await openStill();
    for (const name of ['A', 'B']) await bench.show(named(name));
    await animate(bench, 'C');
    expect(bench.texts()).toEqual(['▶️ B']);
    expect(bench.outbox.metrics.skipped).toBe(1);
  });

  test('is aborted by a reply and overwrites it only for a moment', async () => {
    const bench = await openSlow();
    await bench.show(named('A'));
    bench.sandbox.faults.add({ method: 'editMessageText', kind: 'slow', delayMs: 100 });
    void animate(bench, 'late');
    await bench.faultHit();
    void bench.show(named('B'));
    await bench.called('editMessageText', 3);
    await bench.ann.waitFor(() => bench.texts()[0] === '▶️ B');
    const written = bench.sandbox.calls
      .list('editMessageText')
      .map(({ parameters }) => parameters['text']);
    expect(written.toSorted()).toEqual(['▶️ B', '▶️ B', '▶️ late']);
  });

  test('that Telegram refuses is not retried', async () => {
    const timing = new ManualTiming();
    const bench = await openOutbox(undefined, timing);
    await bench.show(named('A'));
    const refusal = { method: 'editMessageText', kind: 'error', errorCode: 403 } as const;
    bench.sandbox.faults.add({ ...refusal, times: null });
    await animate(bench, 'B');
    await timing.advance(12_000);
    expect(bench.sandbox.calls.list('editMessageText')).toHaveLength(1);
    expect(bench.log.lines).toEqual([]);
  });

  test('that arrived without a response stays', async () => {
    const bench = await openSlow();
    await bench.show(named('A'));
    bench.sandbox.faults.add({ method: 'editMessageText', kind: 'reset', when: 'after' });
    await animate(bench, 'B');
    expect(bench.texts()).toEqual(['▶️ B']);
  });
});
