import { rarities } from '../../resources/numbers/items.ts';
import {
  type Archetype,
  type Attributes,
  type Gender,
  attributeNames,
} from '../account/account-context.ts';
import { genderArg, type Text, text } from '../core/text.ts';
import type { Comparison } from './best-worn.ts';
import { type ItemKind, bonusOf, itemBonus, slotFor } from './item.ts';

/** E.g. "Axe of the bear". */
export function itemName({ template, affixes: own }: ItemKind): Text {
  const name = text(`bag.template.${template}`);
  const [affix] = own;
  return affix === undefined
    ? name
    : text('bag.named', { name, affix: text(`bag.affix.${affix}`) });
}

/** With the sign of its rarity. */
export function markedItem(item: ItemKind): Text {
  return text('bag.marked', { rarity: text(`bag.rarity.${item.rarity}`), name: itemName(item) });
}

export function slotSign(item: Pick<ItemKind, 'template'>): Text {
  return text(`bag.slot_sign.${slotFor(item)}`);
}

/** Signs of attributes with their points; null: no attribute differs from zero. */
export function pointsText(points: Readonly<Attributes>): Text | null {
  const parts = attributeNames
    .filter((name) => points[name] !== 0)
    .map((name) => {
      const sign = text(`bag.attribute.${name}`);
      const shown = { sign, points: Math.abs(points[name]) };
      return text(points[name] > 0 ? 'bag.points.more' : 'bag.points.less', shown);
    });
  return parts.reduceRight<Text | null>(
    (rest, first) => (rest === null ? first : text('bag.list', { first, rest })),
    null,
  );
}

/** An item in a list: sign, name and points. */
export function itemLine(item: ItemKind): Text {
  const points = pointsText(itemBonus(item)) ?? text('bag.none');
  return text('bag.line', { item: markedItem(item), points });
}

/** What changes with `item` instead of `worn`. */
export function differenceOf(item: ItemKind, worn: ItemKind | null): Attributes {
  const [after, before] = [itemBonus(item), bonusOf(worn === null ? [] : [worn])];
  return attributeNames.reduce(
    (sum, name) => ({ ...sum, [name]: after[name] - before[name] }),
    after,
  );
}

export interface ReaderOfItems {
  readonly archetype: Archetype | null;
  readonly gender: Gender | null;
}

export function verdictText(verdict: Comparison, { archetype, gender }: ReaderOfItems): Text {
  const who = text(`bag.for.${archetype ?? 'warrior'}`, { gender: genderArg(gender) });
  return text(`bag.verdict.${verdict}`, { who });
}

/** What it pays to give the item up. */
export function prices({ rarity }: ItemKind): { readonly gold: number; readonly scrap: number } {
  const { sells, salvage } = rarities[rarity];
  return { gold: sells, scrap: salvage };
}
