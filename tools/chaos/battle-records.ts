import { type BattleRecord, storedBattleSchema } from '../../domains/combat/battle-record.ts';
import type { RedisClient } from '../../redis/redis-client.ts';
import { scanKeys } from '../../tests/support/scan-keys.ts';

/** Of running battles and of those that ended not long ago. */
export async function battleRecords(redis: RedisClient): Promise<BattleRecord[]> {
  const found = new Set<string>();
  for await (const some of scanKeys(redis, 'battle')) for (const key of some) found.add(key);
  const states = await Promise.all([...found].map((key) => redis.hget(key, 'state')));
  return states.flatMap((state) => {
    const record = storedBattleSchema.nullable().parse(JSON.parse(state ?? 'null'));
    return record === null ? [] : [record];
  });
}
