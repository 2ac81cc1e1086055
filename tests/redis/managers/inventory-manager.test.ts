import { beforeEach, expect, test } from 'vitest';
import { InventoryManager } from '../../../redis/managers/inventory-manager.ts';
import { itemOf, openBag } from '../../support/items.ts';
import { RecordingLog } from '../../support/recording-log.ts';
import { describeOnEachRedis } from '../../support/redis-engines.ts';

const id = 'k3j9abcdef01';
const key = `inv:${id}`;
const bag = openBag([itemOf('1 might_weapon rare ox')]);

describeOnEachRedis('InventoryManager', 1, (redis) => {
  let inventories: InventoryManager;
  let log: RecordingLog;

  beforeEach(async () => {
    const { client } = redis();
    await client.flushall();
    log = new RecordingLog();
    inventories = new InventoryManager({ client, log });
  });

  test('an open bag reads as it was written last, and a closed one as null', async () => {
    await inventories.setInventory(id, openBag());
    await inventories.setInventory(id, { ...bag, view: { filter: 'chest', page: 3 } });
    expect(await inventories.getInventory(id)).toEqual({
      ...bag,
      view: { filter: 'chest', page: 3 },
    });
    await inventories.deleteInventory(id);
    expect(await inventories.getInventory(id)).toBeNull();
    await inventories.deleteInventory(id);
    expect(log.lines).toEqual([]);
  });

  test('each look lets a bag live for 900 seconds more', async () => {
    const { client } = redis();
    await inventories.setInventory(id, bag);
    await client.expire(key, 10);
    await inventories.getInventory(id);
    const ttlS = await client.ttl(key);
    expect(ttlS).toBeGreaterThan(890);
    expect(ttlS).toBeLessThanOrEqual(900);
  });

  test('a bag that is not looked at any more is gone', async () => {
    const { client } = redis();
    await inventories.setInventory(id, bag);
    await client.pexpire(key, 0);
    expect(await inventories.getInventory(id)).toBeNull();
  });

  test.each([
    ['no JSON', '{'],
    ['an item of no known template', JSON.stringify({ ...bag, items: [{ id: 1 }] })],
  ])('%s reads as null and is logged with its key', async (_, stored) => {
    await redis().client.set(key, stored);
    expect(await inventories.getInventory(id)).toBeNull();
    expect(log.lines.map(({ facts }) => facts['key'])).toEqual([key]);
  });

  test('a field of a later release is left out', async () => {
    await redis().client.set(key, JSON.stringify({ ...bag, charms: 3 }));
    expect(await inventories.getInventory(id)).toEqual(bag);
  });

  test('setInventory refuses a bag with an item that is worn nowhere', async () => {
    const broken = bag.items.map((item) => ({ ...item, place: 'worn' as const }));
    await expect(inventories.setInventory(id, { ...bag, items: broken })).rejects.toThrow();
    expect(await redis().client.exists(key)).toBe(0);
  });
});
