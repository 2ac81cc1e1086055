import fc from 'fast-check';
import {
  type Item,
  affixIds,
  itemSchema,
  rarityNames,
  slotFor,
  templateIds,
} from '../../domains/inventory/item.ts';
import type { Inventory } from '../../domains/inventory/inventory-store.ts';
import { rarities } from '../../resources/numbers/items.ts';

/** Any item of any template and rarity, in any place. */
export const anyItem: fc.Arbitrary<Item> = fc
  .record({
    id: fc.integer({ min: 1, max: 1_000_000 }),
    template: fc.constantFrom(...templateIds),
    rarity: fc.constantFrom(...rarityNames),
    drawn: fc.array(fc.constantFrom(...affixIds), { minLength: 1, maxLength: 1 }),
    place: fc.constantFrom('bag', 'worn', 'chest'),
    locked: fc.boolean(),
  })
  .map(({ id, template, rarity, drawn, place, locked }) => ({
    id,
    template,
    rarity,
    place,
    locked,
    affixes: drawn.slice(0, rarities[rarity].affixes),
    slot: place === 'worn' ? slotFor({ template }) : null,
  }));

/** Some items with ids of their own. */
export const someItems = fc.uniqueArray(anyItem, { selector: ({ id }) => id, maxLength: 30 });

/** An item in the bag: `1 might_weapon rare ox`. */
export function itemOf(notation: string): Item {
  const [id, template, rarity, ...affixes] = notation.split(' ');
  return itemSchema.parse({
    id: Number(id),
    template,
    rarity,
    affixes,
    place: 'bag',
    slot: null,
    locked: false,
  });
}

/** An open bag with these items. */
export function openBag(items: readonly Item[] = [], change: Partial<Inventory> = {}): Inventory {
  return {
    charId: 1,
    version: 3,
    archetype: 'warrior',
    gold: 100,
    scrap: 10,
    items: [...items],
    purchases: [],
    view: { filter: 'bag', page: 0 },
    ...change,
  };
}
