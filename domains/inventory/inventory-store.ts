import { z } from 'zod';
import { archetypeSchema } from '../account/account-context.ts';
import { itemSchema } from './item.ts';

const count = z.int().min(0);

/** What of the items a screen lists: those in the bag after the worn ones, or the chest. */
export const filterSchema = z.enum(['bag', 'chest']);
export type Filter = z.infer<typeof filterSchema>;

/**
 * An open bag: a copy of what the database had at `version`, and what the player looks at. Losing it costs
 * one query.
 */
export const inventorySchema = z.object({
  charId: z.int().positive(),
  version: count,
  archetype: archetypeSchema.nullable(),
  gold: count,
  scrap: count,
  items: z.array(itemSchema),
  purchases: z.array(z.string()),
  view: z.object({ filter: filterSchema, page: count }),
});
export type Inventory = Readonly<z.infer<typeof inventorySchema>>;
export type View = Inventory['view'];

/** Open bags by their id, `sessions.inventory_id` of the live session. */
export interface InventoryStore {
  /** Null: it was closed, or not looked at for too long. Each read lets it live on. */
  getInventory(inventoryId: string): Promise<Inventory | null>;
  setInventory(inventoryId: string, inventory: Inventory): Promise<void>;
  deleteInventory(inventoryId: string): Promise<void>;
}
