import { describe, expect, test, vi } from 'vitest';
import { factsOf } from '../../bot/api-errors.ts';
import { logCausesOnce } from '../../bot/log-causes-once.ts';
import { startTicker, stopTickers } from '../../bot/ticker.ts';
import { OutageError } from '../../domains/core/outage-error.ts';
import { RecordingLog } from '../support/recording-log.ts';

describe('startTicker', () => {
  test('logs an outage in a word and without a stack, the same for all jobs', async () => {
    vi.useFakeTimers();
    const log = new RecordingLog();
    const once = logCausesOnce(log, { now: () => 0 });
    const start = (name: string) => {
      const step = () => Promise.reject(new Error(`Command of ${name} timed out`));
      return startTicker(step, { everyMs: 10, log: once, name, outageOf: () => 'no answer' });
    };
    const tickers = [start('wave'), start('turn timers')];
    await vi.advanceTimersByTimeAsync(100);
    await Promise.all(tickers.map((ticker) => ticker.stop()));
    const facts = { name: 'wave', err: new OutageError('no answer') };
    expect(log.lines).toEqual([{ level: 'error', facts, message: 'background job failed' }]);
    expect(factsOf(log.lines[0]?.facts['err'])).toEqual({ outage: 'no answer' });
    vi.useRealTimers();
  });

  test('runs its first step early, and the others after their time', async () => {
    vi.useFakeTimers();
    let steps = 0;
    const step = () => {
      steps += 1;
      return Promise.resolve();
    };
    const options = { everyMs: 3_600_000, firstMs: 1_000, log: new RecordingLog(), name: 'hourly' };
    const ticker = startTicker(step, options);
    const counts: number[] = [];
    for (const ms of [999, 1, 3_599_999, 1]) {
      await vi.advanceTimersByTimeAsync(ms);
      counts.push(steps);
    }
    await ticker.stop();
    expect(counts).toEqual([0, 1, 1, 2]);
    vi.useRealTimers();
  });

  test('runs one step at a time, and stop() waits for a running one', async () => {
    vi.useFakeTimers();
    let running = 0;
    let most = 0;
    let done = 0;
    const step = async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, 250));
      running -= 1;
      done += 1;
    };
    const ticker = startTicker(step, { everyMs: 100, log: new RecordingLog(), name: 'wave' });
    await vi.advanceTimersByTimeAsync(1000);
    const stopped = ticker.stop();
    await vi.advanceTimersByTimeAsync(1000);
    await stopped;
    expect([most, running]).toEqual([1, 0]);
    expect(done).toBe(3);
    vi.useRealTimers();
  });

  test('goes on after a failure, and logs a repeated failure once and its end once', async () => {
    vi.useFakeTimers();
    const log = new RecordingLog();
    let steps = 0;
    const step = () => {
      steps += 1;
      return steps < 4 ? Promise.reject(new Error('redis unavailable')) : Promise.resolve();
    };
    const ticker = startTicker(step, { everyMs: 10, log, name: 'wave' });
    await vi.advanceTimersByTimeAsync(100);
    await ticker.stop();
    expect(log.lines.map((line) => line.level)).toEqual(['error', 'info']);
    expect(steps).toBeGreaterThan(4);
    vi.useRealTimers();
  });

  test('stopTickers does not wait for a step that takes longer than the limit', async () => {
    vi.useFakeTimers();
    const options = { everyMs: 10, log: new RecordingLog(), name: 'broadcaster' };
    const tickers = [
      startTicker(() => new Promise(() => undefined), options),
      startTicker(() => Promise.resolve(), options),
    ];
    await vi.advanceTimersByTimeAsync(50);
    let isStopped = false;
    const stopped = stopTickers(tickers, 4_000).then(() => {
      isStopped = true;
    });
    await vi.advanceTimersByTimeAsync(3_999);
    expect(isStopped).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    await stopped;
    expect(isStopped).toBe(true);
    vi.useRealTimers();
  });
});
