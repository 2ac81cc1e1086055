import { describe, expect, test } from 'vitest';
import { MessageIds } from '../../../bot/outbox/message-ids.ts';

function heard(...ids: readonly number[]): MessageIds {
  const known = new MessageIds();
  for (const id of ids) known.note(id);
  return known;
}

describe('the ids that a lost message may have', () => {
  test('come next after the newest that was known when it was sent', () => {
    expect(heard(10).candidates({ since: 10, until: 10 })).toEqual([11, 12, 13, 14, 15]);
  });

  test('are nobody else’s', () => {
    const ids = heard(10, 11, 13, 14);
    expect(ids.candidates({ since: 10, until: 14 })).toEqual([12, 15, 16, 17, 18, 19]);
  });

  test('are few also while hundreds write, as long as those are heard of', () => {
    const ids = heard(
      ...Array.from({ length: 300 }, (_, index) => 10 + index).filter((id) => id !== 77),
    );
    expect(ids.candidates({ since: 10, until: 309 })).toEqual([77, 310, 311, 312, 313, 314]);
  });

  test('reach to what was heard of later, unless that is too much', () => {
    const ids = heard(10, 11, 20);
    expect(ids.candidates({ since: 10, until: 11 })).toEqual([12, 13, 14, 15, 16]);
    expect(heard(10, 12).candidates({ since: 10, until: 10 })).toEqual([11, 13, 14, 15, 16, 17]);
  });

  test('cannot be told when too many are possible, or nothing was heard of before', () => {
    expect(heard(10, 900).candidates({ since: 10, until: 900 })).toBeNull();
    expect(heard(5_000).candidates({ since: 10, until: 5_000 })).toBeNull();
    expect(heard().candidates({ since: 0, until: 0 })).toBeNull();
  });
});
