import { describe, expect, onTestFinished, test } from 'vitest';
import { CallLimiter, type CallPriority } from '../../../bot/outbox/call-limiter.ts';

class HandClock {
  ms = 0;
  now(): number {
    return this.ms;
  }
  wait(): Promise<void> {
    return Promise.resolve();
  }
}

/** A gate with all its places taken by calls that end when they are told to. */
function fullGate() {
  const gate = new CallLimiter(new HandClock());
  const enders: (() => void)[] = [];
  const calls = Array.from({ length: 256 }, () =>
    gate.run('reply', () => new Promise<void>((end) => enders.push(end))),
  );
  // What nobody ends comes to its deadline in the midst of a later test.
  onTestFinished(async () => {
    for (const end of enders) end();
    await Promise.all(calls);
  });
  return { gate, endOne: () => enders.pop()?.() };
}

describe('the gate of calls', () => {
  test('lets the most urgent pass first when it is full', async () => {
    const { gate, endOne } = fullGate();
    const passed: CallPriority[] = [];
    const calls = (['ambient', 'turn', 'reply', 'answer'] as const).map((urgency) =>
      gate.run(urgency, () => {
        passed.push(urgency);
        return Promise.resolve();
      }),
    );
    expect(passed).toEqual([]);
    endOne();
    await Promise.all(calls);
    expect(passed).toEqual(['answer', 'reply', 'turn', 'ambient']);
  });

  test('is strained while many calls are under way', async () => {
    const { gate } = fullGate();
    expect(gate.isOverloaded).toBe(true);
    await Promise.resolve();
    expect(new CallLimiter(new HandClock()).isOverloaded).toBe(false);
  });

  test('is strained for five seconds after a slow answer', async () => {
    const clock = new HandClock();
    const gate = new CallLimiter(clock);
    await gate.run('turn', () => {
      clock.ms += 1_001;
      return Promise.resolve();
    });
    expect(gate.isOverloaded).toBe(true);
    clock.ms += 5_000;
    expect(gate.isOverloaded).toBe(false);
  });
});
