import { describe, expect, onTestFinished, test } from 'vitest';
import { CallLimiter, type CallPriority } from '../../../bot/outbox/call-limiter.ts';

class ManualClock {
  ms = 0;
  now(): number {
    return this.ms;
  }
  wait(): Promise<void> {
    return Promise.resolve();
  }
}

/** A limiter whose slots are all taken by calls that end on demand. */
function fullLimiter() {
  const gate = new CallLimiter(new ManualClock());
  const enders: (() => void)[] = [];
  const calls = Array.from({ length: 256 }, () =>
    gate.run('reply', () => new Promise<void>((end) => enders.push(end))),
  );
  // Calls that do not end would time out during a later test.
  onTestFinished(async () => {
    for (const end of enders) end();
    await Promise.all(calls);
  });
  return { gate, endOne: () => enders.pop()?.() };
}

describe('CallLimiter', () => {
  test('starts waiting calls by priority', async () => {
    const { gate, endOne } = fullLimiter();
    const passed: CallPriority[] = [];
    const calls = (['ambient', 'clock', 'reply', 'answer'] as const).map((urgency) =>
      gate.run(urgency, () => {
        passed.push(urgency);
        return Promise.resolve();
      }),
    );
    expect(passed).toEqual([]);
    endOne();
    await Promise.all(calls);
    expect(passed).toEqual(['answer', 'reply', 'clock', 'ambient']);
  });

  test('is overloaded while many calls are running', async () => {
    const { gate } = fullLimiter();
    expect(gate.isOverloaded).toBe(true);
    await Promise.resolve();
    expect(new CallLimiter(new ManualClock()).isOverloaded).toBe(false);
  });

  test('is overloaded for five seconds after a slow call', async () => {
    const clock = new ManualClock();
    const gate = new CallLimiter(clock);
    await gate.run('clock', () => {
      clock.ms += 1_001;
      return Promise.resolve();
    });
    expect(gate.isOverloaded).toBe(true);
    clock.ms += 5_000;
    expect(gate.isOverloaded).toBe(false);
  });
});
