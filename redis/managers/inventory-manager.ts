import type { Log } from '../../domains/core/log.ts';
import {
  type Inventory,
  type InventoryStore,
  inventorySchema,
} from '../../domains/inventory/inventory-store.ts';
import { encode } from '../documents/document-text.ts';
import { keys, keyTable } from '../keys.ts';
import type { RedisClient } from '../redis-client.ts';
import { readStoredJson } from './stored-json.ts';

/** Open bags: `inv:<inventory_id>`. */
export class InventoryManager implements InventoryStore {
  readonly #client: RedisClient;
  readonly #log: Log;

  constructor({ client, log }: { readonly client: RedisClient; readonly log: Log }) {
    this.#client = client;
    this.#log = log;
  }

  async getInventory(inventoryId: string): Promise<Inventory | null> {
    const key = keys.inventory(inventoryId);
    const text = await this.#client.getex(key, 'EX', keyTable.inventory.lifeS);
    return readStoredJson({ key, text, schema: inventorySchema, log: this.#log });
  }

  async setInventory(inventoryId: string, inventory: Inventory): Promise<void> {
    const text = encode(inventorySchema.parse(inventory));
    await this.#client.set(keys.inventory(inventoryId), text, 'EX', keyTable.inventory.lifeS);
  }

  async deleteInventory(inventoryId: string): Promise<void> {
    await this.#client.del(keys.inventory(inventoryId));
  }
}
