import { expect, test } from 'vitest';
import { Complaints } from '../../redis/complaints.ts';

test('what is met all the time is told of once, whatever else breaks meanwhile', () => {
  const complaints = new Complaints();
  expect(complaints.isNew('often')).toBe(true);
  for (let n = 0; n < 2_000; n += 1) {
    expect(complaints.isNew(`once ${n}`)).toBe(true);
    expect(complaints.isNew('often')).toBe(false);
  }
  expect(complaints.isNew('once 1999')).toBe(false);
  expect(complaints.isNew('once 0')).toBe(true);
});
