import { expect, test } from 'vitest';
import { Told } from '../../../domains/core/told.ts';

test('what is met all the time is told of once, whatever else breaks meanwhile', () => {
  const told = new Told();
  expect(told.isNew('often')).toBe(true);
  for (let n = 0; n < 2_000; n += 1) {
    expect(told.isNew(`once ${n}`)).toBe(true);
    expect(told.isNew('often')).toBe(false);
  }
  expect(told.isNew('once 1999')).toBe(false);
  expect(told.isNew('once 0')).toBe(true);
});
