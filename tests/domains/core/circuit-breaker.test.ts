import { expect, test, vi } from 'vitest';
import { CircuitBreaker } from '../../../domains/core/circuit-breaker.ts';
import { RefusedValueError } from '../../../domains/core/refused-value-error.ts';
import { FixedClock } from '../../support/clock.ts';
import { RecordingLog } from '../../support/recording-log.ts';
import { OutageError } from '../../../domains/core/outage-error.ts';

function openBreaker() {
  const [clock, log] = [new FixedClock(), new RecordingLog()];
  const events = {
    unavailableEvent: 'service unavailable',
    availableEvent: 'service available again',
  };
  return { clock, log, breaker: new CircuitBreaker({ clock, log, events }) };
}

const fails = () => Promise.reject(new OutageError('unavailable'));
const answers = () => Promise.resolve(7);

test('call skips the service for five seconds after a failure, then calls it again', async () => {
  const { breaker, clock } = openBreaker();
  expect(await breaker.call(fails)).toEqual({ kind: 'unavailable' });
  const asked = vi.fn(answers);
  expect(await breaker.call(asked)).toEqual({ kind: 'unavailable' });
  clock.advance(4_999);
  await breaker.call(asked);
  expect(asked).not.toHaveBeenCalled();
  clock.advance(1);
  expect(await breaker.call(asked)).toEqual({ kind: 'answered', value: 7 });
});

test('call logs an outage once, with the facts of the first failure, and its end once', async () => {
  const { breaker, clock, log } = openBreaker();
  for (let minute = 0; minute < 3; minute += 1) {
    await breaker.call(fails, { battleId: `b${minute}` });
    clock.advance(60_000);
  }
  await breaker.call(answers);
  await breaker.call(answers);
  expect(log.lines.map(({ level, message }) => `${level}: ${message}`)).toEqual([
    'error: service unavailable',
    'info: service available again',
  ]);
  expect(log.lines[0]?.facts).toMatchObject({ battleId: 'b0' });
});

test('call rethrows a refused value and keeps calling the service', async () => {
  const { breaker, log } = openBreaker();
  const refused = new RefusedValueError('no such value');
  await expect(breaker.call(() => Promise.reject(refused))).rejects.toBe(refused);
  expect(await breaker.call(answers)).toEqual({ kind: 'answered', value: 7 });
  expect(log.lines).toEqual([]);
});

test('a clock that is set back during the cooldown ends it', async () => {
  const { breaker, clock } = openBreaker();
  await breaker.call(fails);
  clock.advance(-3_600_000);
  expect(await breaker.call(answers)).toEqual({ kind: 'answered', value: 7 });
});

test('call rethrows an error that is no outage and keeps calling the service', async () => {
  const { breaker, log } = openBreaker();
  const broken = new TypeError('a row that cannot be parsed');
  await expect(breaker.call(() => Promise.reject(broken))).rejects.toBe(broken);
  expect(await breaker.call(answers)).toEqual({ kind: 'answered', value: 7 });
  expect(log.lines).toEqual([]);
});
