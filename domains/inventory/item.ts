import { z } from 'zod';
import {
  affixes,
  itemEnds,
  itemPlaces,
  rarities,
  slots,
  styles,
  templates,
} from '../../resources/numbers/items.ts';
import { type Attributes, attributeNames, attributesSchema } from '../account/account-context.ts';
import { scoreOfPoints } from '../account/gear-score.ts';

export { itemEnds, itemPlaces, slots };

type KeysOf<T> = readonly (keyof T & string)[];

export const slotSchema = z.enum(slots);
export type Slot = z.infer<typeof slotSchema>;

export const templateIds = Object.keys(templates) as KeysOf<typeof templates>;
export const templateSchema = z.enum(templateIds);
export type TemplateId = z.infer<typeof templateSchema>;

export const rarityNames = Object.keys(rarities) as KeysOf<typeof rarities>;
export const raritySchema = z.enum(rarityNames);
export type Rarity = z.infer<typeof raritySchema>;

export const affixIds = Object.keys(affixes) as KeysOf<typeof affixes>;
export const affixSchema = z.enum(affixIds);
export type AffixId = z.infer<typeof affixSchema>;

/** What an item is, wherever it is. */
const kindShape = {
  template: templateSchema,
  rarity: raritySchema,
  affixes: z.array(affixSchema),
};

const hasItsAffixes = ({ rarity, affixes: own }: ItemKind) =>
  own.length === rarities[rarity].affixes;

export interface ItemKind {
  readonly template: TemplateId;
  readonly rarity: Rarity;
  readonly affixes: readonly AffixId[];
}

export const itemKindSchema = z.strictObject(kindShape);

/** Of a character. `slot`: where it is worn, null in the bag and in the chest. */
export const itemSchema = z
  .strictObject({
    id: z.int().positive(),
    ...kindShape,
    place: z.enum(itemPlaces),
    slot: slotSchema.nullable(),
    locked: z.boolean(),
  })
  .refine(hasItsAffixes, 'the number of affixes is not that of the rarity')
  .refine(
    ({ place, slot, template }) => slot === (place === 'worn' ? templates[template].slot : null),
    'a worn item is in the slot of its template, any other in none',
  );
export type Item = Readonly<z.infer<typeof itemSchema>>;
export type ItemPlace = Item['place'];
export type ItemEnd = (typeof itemEnds)[number];

const noPoints: Readonly<Attributes> = attributesSchema.parse(
  Object.fromEntries(attributeNames.map((name) => [name, 0])),
);

/** The slot that an item fits. */
export function slotFor({ template }: Pick<ItemKind, 'template'>): Slot {
  return templates[template].slot;
}

/** The attribute points that an item gives; in sum those of its rarity. */
export function itemBonus({ template, rarity, affixes: own }: ItemKind): Attributes {
  const { main, second } = styles[templates[template].style];
  const share = rarities[rarity];
  const bonus = { ...noPoints };
  bonus[main] += share.main;
  bonus[second] += share.second;
  for (const affix of own) bonus[affixes[affix]] += 1;
  return bonus;
}

/** The attribute points of several items. */
export function bonusOf(items: readonly ItemKind[]): Attributes {
  const sum = { ...noPoints };
  for (const item of items) {
    const bonus = itemBonus(item);
    for (const name of attributeNames) sum[name] += bonus[name];
  }
  return sum;
}

/** What the item adds to a GearScore. */
export function itemScore(item: ItemKind): number {
  return scoreOfPoints(itemBonus(item));
}
