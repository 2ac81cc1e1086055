import {
  BAG_SIZE,
  CHEST_SIZE,
  ITEMS_ON_A_PAGE,
  REFORGE_GOLD,
  REFORGE_SCRAP,
} from '../../resources/numbers/items.ts';
import type { Gender } from '../account/account-context.ts';
import { scoreOfPoints } from '../account/gear-score.ts';
import type { HomeAction } from '../core/home-feature.ts';
import { inPairs } from '../core/in-pairs.ts';
import { type Text, text } from '../core/text.ts';
import type { Button, UiPayload } from '../core/ui-payload.ts';
import type { BagAction } from './bag-action.ts';
import { find, wornIn } from './bag-rules.ts';
import { compareItem } from './best-worn.ts';
import type { Inventory, View } from './inventory-store.ts';
import { type Item, type Slot, bonusOf, itemBonus, itemScore, slotFor, slots } from './item.ts';
import {
  differenceOf,
  itemLine,
  itemName,
  markedItem,
  pointsText,
  prices,
  slotSign,
  verdictText,
} from './item-texts.ts';
import { countIn } from './journey.ts';

export type BagScreenAction = BagAction | HomeAction;
export type BagPayload = UiPayload<BagScreenAction>;
export type BagButton = Button<BagScreenAction>;

/** What the screens show. */
export interface BagFacts extends Inventory {
  readonly gender: Gender | null;
  /** What the last tap has done; null: nothing. */
  readonly done: Text | null;
}

export function bagScreen(facts: BagFacts): BagPayload {
  const { items, view } = facts;
  const listed = listedItems(facts);
  const pages = Math.max(1, Math.ceil(listed.length / ITEMS_ON_A_PAGE));
  const page = Math.min(view.page, pages - 1);
  const shown = listed.slice(page * ITEMS_ON_A_PAGE, (page + 1) * ITEMS_ON_A_PAGE);
  const isBag = view.filter === 'bag';
  return {
    screen: view.filter,
    title: text(`bag.title.${view.filter}`, {
      count: countIn(items, view.filter),
      limit: isBag ? BAG_SIZE : CHEST_SIZE,
    }),
    body: [
      ...doneLines(facts),
      walletLine(facts),
      null,
      ...(isBag ? wornLines(items) : [text('bag.chest.about')]),
      ...(listed.length === 0 && isBag ? [null, text('bag.empty')] : []),
    ],
    buttons: [
      ...inPairs(shown.map((item) => itemButton(item, facts))),
      ...pageRow({ ...view, page }, pages),
      ...(isBag ? [shortcutRow()] : []),
      navigationRow(view),
    ],
  };
}

/** Worn first, then by slot, the higher score first, the older first. */
export function listedItems({ items, view }: Pick<Inventory, 'items' | 'view'>): Item[] {
  const isListed = ({ place }: Item) =>
    view.filter === 'chest' ? place === 'chest' : place !== 'chest';
  return items
    .filter(isListed)
    .toSorted(
      (one, other) =>
        Number(other.place === 'worn') - Number(one.place === 'worn') ||
        slots.indexOf(slotFor(one)) - slots.indexOf(slotFor(other)) ||
        itemScore(other) - itemScore(one) ||
        one.id - other.id,
    );
}

export function doneLines({ done }: BagFacts): (Text | null)[] {
  return done === null ? [] : [done, null];
}

export function walletLine({ gold, scrap }: Pick<BagFacts, 'gold' | 'scrap'>): Text {
  return text('bag.wallet', { gold, scrap });
}

function wornLines(items: readonly Item[]): Text[] {
  const worn = items.filter(({ place }) => place === 'worn');
  const score = scoreOfPoints(bonusOf(worn));
  return [text('bag.worn', { score }), ...slots.map((slot) => wornLine(slot, worn))];
}

function wornLine(slot: Slot, worn: readonly Item[]): Text {
  const item = worn.find((one) => one.slot === slot);
  const sign = text(`bag.slot_sign.${slot}`);
  return text('bag.worn.line', {
    slot: sign,
    item: item === undefined ? text('bag.none') : itemLine(item),
  });
}

/** A worn item has a mark of its own, one that is better than the worn one another. */
function itemButton(item: Item, { items, archetype }: BagFacts): BagButton {
  const isBetter = compareItem(item, wornIn(items, item), archetype ?? 'warrior') === 'better';
  const mark = item.place === 'worn' ? 'worn' : isBetter ? 'better' : 'other';
  const label = text(`bag.button.item.${mark}`, { item: markedItem(item) });
  return { label, action: 'bag.item', value: item.id };
}

function pageRow({ filter, page }: View, pages: number): BagButton[][] {
  if (pages === 1) return [];
  const to = (other: number, label: Text): BagButton => {
    const value = { filter, page: (other + pages) % pages };
    return { label, action: 'bag.page', value };
  };
  return [
    [
      to(page - 1, text('bag.button.previous')),
      to(page, text('bag.button.page', { page: page + 1, pages })),
      to(page + 1, text('bag.button.next')),
    ],
  ];
}

function shortcutRow(): BagButton[] {
  return [
    { label: text('bag.button.best'), action: 'bag.best' },
    { label: text('bag.button.plain'), action: 'bag.plain' },
  ];
}

function navigationRow({ filter }: View): BagButton[] {
  const other = filter === 'bag' ? 'chest' : 'bag';
  return [
    { label: text('bag.button.shop'), action: 'shop' },
    { label: text(`bag.button.${other}`), action: 'bag.page', value: { filter: other, page: 0 } },
    { label: text('bag.button.close'), action: 'bag.close' },
  ];
}

/** Null: the character has no such item any more. */
export function itemScreen(facts: BagFacts, id: number): BagPayload | null {
  const item = find(facts.items, id);
  if (item === null) return null;
  return {
    screen: 'item',
    title: text('bag.item.title', { item: markedItem(item) }),
    body: [
      ...doneLines(facts),
      text('bag.item.about', {
        slot: text(`bag.slot.${slotFor(item)}`),
        rarity: text(`bag.rarity_word.${item.rarity}`),
        score: itemScore(item),
      }),
      text('bag.item.bonus', { points: pointsText(itemBonus(item)) ?? text('bag.none') }),
      null,
      ...(item.place === 'worn' ? [text('bag.item.worn')] : comparisonLines(item, facts)),
      ...(item.locked ? [text('bag.item.locked')] : []),
    ],
    buttons: [...itemRows(item, facts.version), [backButton(facts.view)]],
  };
}

function comparisonLines(item: Item, facts: BagFacts): Text[] {
  const worn = wornIn(facts.items, item);
  const points = pointsText(differenceOf(item, worn)) ?? text('bag.none');
  const verdict = compareItem(item, worn, facts.archetype ?? 'warrior');
  return [
    worn === null
      ? text('bag.item.free_slot', { slot: slotSign(item) })
      : text('bag.item.instead', { item: itemName(worn), points }),
    verdictText(verdict, facts),
  ];
}

function itemRows(item: Item, version: number): BagButton[][] {
  const value = { id: item.id, version };
  const isWorn = item.place === 'worn';
  return [
    [
      isWorn
        ? { label: text('bag.button.take_off'), action: 'bag.take_off', value }
        : { label: text('bag.button.wear'), action: 'bag.wear', value, style: 'success' },
      item.locked
        ? { label: text('bag.button.unlock'), action: 'bag.unlock', value }
        : { label: text('bag.button.lock'), action: 'bag.lock', value },
    ],
    ...(isWorn || item.locked ? [] : [givingUpRow(item, version)]),
    ...(isWorn ? [] : [[moveButton(item, version)]]),
    ...(item.affixes.length === 0 || item.locked ? [] : [[reforgeButton(value)]]),
  ];
}

/** What is rare is asked for once. */
function givingUpRow(item: Item, version: number): BagButton[] {
  const { id } = item;
  const { gold, scrap } = prices(item);
  const [sell, salvage] = [
    text('bag.button.sell', { gold }),
    text('bag.button.salvage', { scrap }),
  ];
  if (item.rarity === 'rare' || item.rarity === 'epic')
    return [
      { label: sell, action: 'bag.ask_sell', value: id },
      { label: salvage, action: 'bag.ask_salvage', value: id },
    ];
  return [
    { label: sell, action: 'bag.sell', value: { id, version } },
    { label: salvage, action: 'bag.salvage', value: { id, version } },
  ];
}

function moveButton({ id, place }: Item, version: number): BagButton {
  const value = { id, version };
  return place === 'bag'
    ? { label: text('bag.button.to_chest'), action: 'bag.to_chest', value }
    : { label: text('bag.button.to_bag'), action: 'bag.to_bag', value };
}

function reforgeButton(value: { readonly id: number; readonly version: number }): BagButton {
  const label = text('bag.button.reforge', { gold: REFORGE_GOLD, scrap: REFORGE_SCRAP });
  return { label, action: 'bag.reforge', value };
}

/** To where the player was in the bag. */
export function backButton(view: View): BagButton {
  return { label: text('bag.button.back'), action: 'bag.page', value: view };
}
