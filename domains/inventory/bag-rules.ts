import { BAG_SIZE, CHEST_SIZE, rarities } from '../../resources/numbers/items.ts';
import { type Text, text } from '../core/text.ts';
import { bestWorn } from './best-worn.ts';
import { type Item, type ItemEnd, slotFor, slots } from './item.ts';
import {
  type Change,
  type Earnings,
  type ItemChange,
  type WalletTransaction,
  countIn,
} from './journey.ts';
import type { Decision } from './journey-store.ts';

/** What the rules read of a character. */
export type Belongings = Pick<Earnings, 'charId' | 'archetype' | 'journey' | 'items'>;
export type Storage = 'bag' | 'chest';

const capacities = { bag: BAG_SIZE, chest: CHEST_SIZE } as const;

/** Refuses a tap on a screen that shows an older version: it may be a repeated one. */
export function ifCurrent<E extends Pick<Earnings, 'journey'>>(
  version: number,
  rule: (earnings: E) => Decision,
): (earnings: E) => Decision {
  return (earnings) =>
    earnings.journey.version === version ? rule(earnings) : refusal('bag.notice.stale');
}

/** What is worn in its slot goes to the bag in the same step. */
export function wear(earnings: Belongings, id: number): Decision {
  const { items } = earnings;
  const item = find(items, id);
  if (item === null) return refusal('bag.notice.gone');
  if (item.place === 'worn') return refusal('bag.notice.worn');
  const replaced = wornIn(items, item);
  const needsRoom = replaced !== null && item.place === 'chest';
  if (needsRoom && !hasRoom(items, 'bag')) return refusal('bag.notice.bag_full');
  return changed({ items: [...(replaced === null ? [] : [stored(replaced, 'bag')]), worn(item)] });
}

export function takeOff({ items }: Belongings, id: number): Decision {
  const item = find(items, id);
  if (item === null) return refusal('bag.notice.gone');
  if (item.place !== 'worn') return refusal('bag.notice.not_worn');
  if (!hasRoom(items, 'bag')) return refusal('bag.notice.bag_full');
  return changed({ items: [stored(item, 'bag')] });
}

/** A locked item is neither sold nor salvaged; it may be worn and moved. */
export function setLocked({ items }: Belongings, id: number, locked: boolean): Decision {
  const item = find(items, id);
  if (item === null) return refusal('bag.notice.gone');
  if (item.locked === locked) return refusal('bag.notice.stale');
  return changed({ items: [{ ...changeOf(item), locked }] });
}

/** Between bag and chest. */
export function moveTo({ items }: Belongings, id: number, place: Storage): Decision {
  const item = find(items, id);
  if (item === null) return refusal('bag.notice.gone');
  if (item.place === 'worn') return refusal('bag.notice.worn');
  if (item.place === place) return refusal('bag.notice.stale');
  if (!hasRoom(items, place)) return refusal(`bag.notice.${place}_full`);
  return changed({ items: [stored(item, place)] });
}

export function sell({ items }: Belongings, id: number): Decision {
  return givenUp(items, id, 'sold');
}

export function salvage({ items }: Belongings, id: number): Decision {
  return givenUp(items, id, 'salvaged');
}

/** The items that `salvagePlain` takes. */
export function plainItems(items: readonly Item[]): Item[] {
  return items.filter(
    ({ place, rarity, locked }) => place === 'bag' && rarity === 'common' && !locked,
  );
}

/** All unlocked common items in the bag at once. */
export function salvagePlain({ items }: Belongings): Decision {
  const plain = plainItems(items);
  if (plain.length === 0) return refusal('bag.notice.no_plain');
  return changed({
    gone: plain.map(({ id }) => ({ id, how: 'salvaged' })),
    wallet: plain.map((item) => paymentFor(item, 'salvaged')),
  });
}

export interface Swap {
  /** Null: the slot is empty. */
  readonly before: Item | null;
  readonly after: Item;
}

/** The slots where the bag has something of more worth for the archetype. */
export function betterItems({
  items,
  archetype,
}: Pick<Belongings, 'items' | 'archetype'>): readonly Swap[] {
  const within = items.filter(({ place }) => place !== 'chest');
  const best = bestWorn(within, archetype ?? 'warrior');
  return slots.flatMap((slot) => {
    const after = best[slot];
    if (after === null || after.place === 'worn') return [];
    return [{ before: wornIn(items, after), after }];
  });
}

/** For each slot the best of the bag; needs no room, because each item takes the place of another. */
export function wearBest(earnings: Belongings): Decision {
  const swaps = betterItems(earnings);
  if (swaps.length === 0) return refusal('bag.notice.best_worn');
  const off = swaps.flatMap(({ before }) => (before === null ? [] : [stored(before, 'bag')]));
  return changed({ items: [...off, ...swaps.map(({ after }) => worn(after))] });
}

function givenUp(items: readonly Item[], id: number, how: 'sold' | 'salvaged'): Decision {
  const item = find(items, id);
  if (item === null) return refusal('bag.notice.gone');
  if (item.place === 'worn') return refusal('bag.notice.worn');
  if (item.locked) return refusal('bag.notice.locked');
  return changed({ gone: [{ id, how }], wallet: [paymentFor(item, how)] });
}

/** The id of the item names the cause, so that no item is paid for twice. */
function paymentFor({ id, rarity }: Item, how: Exclude<ItemEnd, 'dropped'>): WalletTransaction {
  const { sells, salvage: scrap } = rarities[rarity];
  const ref = String(id);
  return how === 'sold'
    ? { reason: 'sell', ref, gold: sells, scrap: 0 }
    : { reason: 'salvage', ref, gold: 0, scrap };
}

export function find(items: readonly Item[], id: number): Item | null {
  return items.find((item) => item.id === id) ?? null;
}

/** What is worn where this item fits. */
export function wornIn(items: readonly Item[], item: Pick<Item, 'template'>): Item | null {
  return items.find(({ slot }) => slot === slotFor(item)) ?? null;
}

export function hasRoom(items: readonly Item[], place: Storage): boolean {
  return countIn(items, place) < capacities[place];
}

function worn(item: Item): ItemChange {
  return { ...changeOf(item), place: 'worn', slot: slotFor(item) };
}

function stored(item: Item, place: Storage): ItemChange {
  return { ...changeOf(item), place, slot: null };
}

export function changeOf({ id, place, slot, locked, affixes }: Item): ItemChange {
  return { id, place, slot, locked, affixes };
}

export function changed(change: Change): Decision {
  return { kind: 'change', change };
}

export function refusal(key: Text['key'] & `bag.notice.${string}`): Decision {
  return { kind: 'refused', reason: text(key) };
}
