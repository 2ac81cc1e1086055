import { expect, test } from 'vitest';
import type { EndedSearch } from '../../../domains/arena/search-forecast.ts';
import { keys } from '../../../redis/keys.ts';
import { SearchesManager } from '../../../redis/managers/searches-manager.ts';
import { RecordingLog } from '../../support/recording-log.ts';
import { describeOnEachRedis } from '../../support/redis-engines.ts';

const HOUR_MS = 3_600_000;
const NOW = 1_800_000_000_000;

function search(n: number): EndedSearch {
  return { id: `m${n}:0`, gs: 100, waitedMs: n, isShadow: false };
}

describeOnEachRedis('ended searches', 1, (redis) => {
  async function open() {
    await redis().client.flushall();
    const log = new RecordingLog();
    return { log, searches: new SearchesManager({ client: redis().client, log }) };
  }

  test('are those of the last hour, each once', async () => {
    const { searches } = await open();
    await searches.add('1v1', search(1), NOW - HOUR_MS - 1);
    await searches.add('1v1', search(2), NOW - HOUR_MS);
    await searches.add('1v1', search(3), NOW);
    await searches.add('1v1', search(3), NOW);
    expect(await searches.latest('1v1', NOW)).toEqual([search(2), search(3)]);
  });

  test('are the latest five hundred', async () => {
    const { searches } = await open();
    for (let n = 0; n < 502; n += 1) await searches.add('1v1', search(n), NOW + n);
    const latest = await searches.latest('1v1', NOW);
    expect([latest.length, latest[0]]).toEqual([500, search(2)]);
  });

  test('that expired are counted since a moment, for a day', async () => {
    const { searches } = await open();
    for (const atMs of [NOW - HOUR_MS, NOW, NOW]) await searches.addExpired(atMs);
    expect(await searches.countExpired(NOW)).toBe(2);
    expect(await searches.countExpired(NOW - HOUR_MS)).toBe(3);
    expect(await searches.latest('1v1', NOW)).toEqual([]);
  });

  test('leave out what another program wrote', async () => {
    const { searches, log } = await open();
    await redis().client.zadd(keys.searches('1v1'), NOW, 'nonsense', NOW, '{}');
    await searches.add('1v1', search(1), NOW);
    expect(await searches.latest('1v1', NOW)).toEqual([search(1)]);
    expect(log.lines.length).toBe(2);
  });
});
