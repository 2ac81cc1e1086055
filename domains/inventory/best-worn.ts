import type { Archetype } from '../account/account-context.ts';
import { attributeWorth } from '../account/attribute-worth.ts';
import { type Item, type ItemKind, type Slot, itemBonus, itemScore, slotFor } from './item.ts';
import { slots } from '../../resources/numbers/items.ts';

/** Differences in worth up to this are two standard errors of the worth table: too small to tell apart. */
const LIKE_WITHIN = 15;

export type Comparison = 'better' | 'like' | 'worse';

export function itemWorth(item: ItemKind, archetype: Archetype): number {
  return attributeWorth(archetype, itemBonus(item));
}

/** What an item is to this archetype beside the one it would replace; null: an empty slot. */
export function compareItem(
  item: ItemKind,
  worn: ItemKind | null,
  archetype: Archetype,
): Comparison {
  const difference = itemWorth(item, archetype) - (worn === null ? 0 : itemWorth(worn, archetype));
  if (Math.abs(difference) <= LIKE_WITHIN) return 'like';
  return difference > 0 ? 'better' : 'worse';
}

/** For each slot the item of the highest worth for the archetype; null: there is none. */
export function bestWorn(
  items: readonly Item[],
  archetype: Archetype,
): Readonly<Record<Slot, Item | null>> {
  const best = slots.map((slot) => {
    const fitting = items.filter((item) => slotFor(item) === slot);
    const [first] = fitting.toSorted((one, other) => compareForWear(one, other, archetype));
    return [slot, first ?? null] as const;
  });
  return Object.fromEntries(best) as Record<Slot, Item | null>;
}

/** The better first; of equals what is worn already, then the higher score, then the older. */
function compareForWear(one: Item, other: Item, archetype: Archetype): number {
  return (
    itemWorth(other, archetype) - itemWorth(one, archetype) ||
    Number(other.place === 'worn') - Number(one.place === 'worn') ||
    itemScore(other) - itemScore(one) ||
    one.id - other.id
  );
}
