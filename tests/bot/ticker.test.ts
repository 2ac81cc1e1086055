import { describe, expect, test, vi } from 'vitest';
import { startTicker } from '../../bot/ticker.ts';
import { RecordingLog } from '../support/recording-log.ts';

describe('startTicker', () => {
  test('logs an outage in a word, without the stack of its error', async () => {
    vi.useFakeTimers();
    const log = new RecordingLog();
    const step = () => Promise.reject(new Error('Command timed out'));
    const outageOf = () => 'no answer';
    const ticker = startTicker(step, { everyMs: 10, log, name: 'wave', outageOf });
    await vi.advanceTimersByTimeAsync(100);
    await ticker.stop();
    const facts = { name: 'wave', reason: 'no answer' };
    expect(log.lines).toEqual([{ level: 'error', facts, message: 'background job failed' }]);
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
});
