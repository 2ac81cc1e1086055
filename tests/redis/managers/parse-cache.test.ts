import { beforeEach, expect, test } from 'vitest';
import { BattleManager } from '../../../redis/managers/battle-manager.ts';
import { ParseCache } from '../../../redis/managers/parse-cache.ts';
import { battleStates } from '../../../tools/bench/battle-states.ts';
import { describeOnEachRedis } from '../../support/redis-engines.ts';
import { silentLog } from '../../support/silent-log.ts';

test('get returns the value only for the text it was stored with', () => {
  const known = new ParseCache<number>();
  known.set('a', { text: 'one', value: 1 });
  expect(known.get('a', 'one')).toBe(1);
  expect(known.get('a', 'two')).toBeNull();
  expect(known.get('b', 'one')).toBeNull();
  known.set('a', { text: 'two', value: 2 });
  expect(known.get('a', 'one')).toBeNull();
  expect(known.get('a', 'two')).toBe(2);
});

test('the entry set longest ago is evicted first', () => {
  const known = new ParseCache<number>();
  for (const key of ['a', 'b', 'a']) known.set(key, { text: key, value: 0 });
  for (let value = 0; value < 1_999; value += 1) known.set(`${value}`, { text: 'x', value });
  expect(known.get('b', 'b')).toBeNull();
  expect(known.get('a', 'a')).toBe(0);
});

describeOnEachRedis('a battle written by this process', 2, (redis) => {
  beforeEach(() => redis().client.flushall());

  test('is cached equal to what a read would return, at every turn', async () => {
    const deps = { client: redis().client, log: silentLog };
    const [first, ...later] = battleStates('0123456789ab');
    if (first === undefined) throw new Error('A battle has a beginning');
    const writer = new BattleManager(deps);
    await writer.create(first);
    for (const record of later) {
      expect(await writer.swap(record)).toEqual({ kind: 'swapped' });
      expect(await writer.get(record.id)).toBe(record);
      expect(await new BattleManager(deps).get(record.id)).toEqual(record);
    }
    expect(later.length).toBeGreaterThan(10);
  });

  test('is read again after another process changed it', async () => {
    const deps = { client: redis().client, log: silentLog };
    const [first, second, third] = battleStates('0123456789ab');
    if (first === undefined || second === undefined || third === undefined)
      throw new Error('A battle has more than two states');
    const [one, other] = [new BattleManager(deps), new BattleManager(deps)];
    await one.create(first);
    await one.swap(second);
    expect(await one.get(first.id)).toBe(second);
    await other.swap(third);
    expect(await one.get(first.id)).toEqual(third);
  });
});
