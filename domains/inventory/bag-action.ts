import { z } from 'zod';
import { filterSchema } from './inventory-store.ts';

const id = z.int().positive();
const version = z.int().min(0);
/** An item as a screen showed it; another version changes nothing. */
const shownItem = z.strictObject({ id, version });

/** The order of the fields is what buttons in old chats carry: it stays. */
export const bagActionSchema = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('bag') }),
  z.strictObject({ action: z.literal('bag.close') }),
  z.strictObject({
    action: z.literal('bag.page'),
    value: z.strictObject({ filter: filterSchema, page: z.int().min(0).max(99) }),
  }),
  z.strictObject({ action: z.literal('bag.item'), value: id }),
  z.strictObject({ action: z.literal('bag.wear'), value: shownItem }),
  z.strictObject({ action: z.literal('bag.take_off'), value: shownItem }),
  z.strictObject({ action: z.literal('bag.lock'), value: shownItem }),
  z.strictObject({ action: z.literal('bag.unlock'), value: shownItem }),
  z.strictObject({ action: z.literal('bag.to_chest'), value: shownItem }),
  z.strictObject({ action: z.literal('bag.to_bag'), value: shownItem }),
  z.strictObject({ action: z.literal('bag.ask_sell'), value: id }),
  z.strictObject({ action: z.literal('bag.ask_salvage'), value: id }),
  z.strictObject({ action: z.literal('bag.sell'), value: shownItem }),
  z.strictObject({ action: z.literal('bag.salvage'), value: shownItem }),
  z.strictObject({ action: z.literal('bag.reforge'), value: shownItem }),
  z.strictObject({ action: z.literal('bag.best') }),
  z.strictObject({ action: z.literal('bag.best_confirmed'), value: version }),
  z.strictObject({ action: z.literal('bag.plain') }),
  z.strictObject({ action: z.literal('bag.plain_confirmed'), value: version }),
  z.strictObject({ action: z.literal('shop') }),
  z.strictObject({
    action: z.literal('shop.buy'),
    value: z.strictObject({
      day: z.string().regex(/^\d{4}-\d\d-\d\d$/),
      offer: z.int().min(0).max(99),
      version,
    }),
  }),
]);
export type BagAction = z.infer<typeof bagActionSchema>;
