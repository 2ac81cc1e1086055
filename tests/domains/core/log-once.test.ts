import { expect, test } from 'vitest';
import { LogOnce } from '../../../domains/core/log-once.ts';

test('isFirst is true once for a frequent event, and again for a forgotten rare one', () => {
  const logOnce = new LogOnce();
  expect(logOnce.isFirst('often')).toBe(true);
  for (let n = 0; n < 2_000; n += 1) {
    expect(logOnce.isFirst(`once ${n}`)).toBe(true);
    expect(logOnce.isFirst('often')).toBe(false);
  }
  expect(logOnce.isFirst('once 1999')).toBe(false);
  expect(logOnce.isFirst('once 0')).toBe(true);
});
