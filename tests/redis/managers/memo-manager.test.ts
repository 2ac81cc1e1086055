import { beforeEach, expect, test } from 'vitest';
import { MemoManager } from '../../../redis/managers/memo-manager.ts';
import { RecordingLog } from '../../support/recording-log.ts';
import { describeOnEachRedis } from '../../support/redis-engines.ts';

describeOnEachRedis('MemoManager', 1, (redis) => {
  let memos: MemoManager;
  let log: RecordingLog;

  beforeEach(async () => {
    const { client } = redis();
    await client.flushall();
    log = new RecordingLog();
    memos = new MemoManager({ client, log });
  });

  test('read returns the last written value until its TTL ends', async () => {
    await memos.write('screen', '7', { value: { messageId: 1 }, ttlS: 50 });
    await memos.write('screen', '7', { value: { messageId: 2, text: 'Привет' }, ttlS: 100 });
    expect(await memos.read('screen', '7')).toEqual({ messageId: 2, text: 'Привет' });
    const ttlS = await redis().client.ttl('memo:screen:7');
    expect(ttlS).toBeGreaterThan(90);
    expect(ttlS).toBeLessThanOrEqual(100);
  });

  test('kinds and ids are separate, and an erased memo reads as null', async () => {
    await memos.write('screen', '7', { value: 1, ttlS: 60 });
    await memos.write('talk', '7', { value: 2, ttlS: 60 });
    await memos.erase('screen', '7');
    await memos.erase('screen', '8');
    expect([await memos.read('screen', '7'), await memos.read('talk', '7')]).toEqual([null, 2]);
    expect(log.lines).toEqual([]);
  });

  test('an unreadable memo reads as null and is logged with its key', async () => {
    await redis().client.set('memo:screen:7', '{');
    expect(await memos.read('screen', '7')).toBeNull();
    expect(log.lines.map(({ facts }) => facts['key'])).toEqual(['memo:screen:7']);
  });

  test('write refuses a value that is not JSON', async () => {
    await expect(memos.write('screen', '7', { value: undefined, ttlS: 60 })).rejects.toThrow(
      TypeError,
    );
  });
});
