import { text, type Text } from '../core/text.ts';
import {
  type BagButton,
  type BagFacts,
  type BagPayload,
  doneLines,
  walletLine,
} from './bag-screens.ts';
import { wornIn } from './bag-rules.ts';
import { compareItem } from './best-worn.ts';
import { itemLine } from './item-texts.ts';
import { type Offer, dateOf, nextDayAt, offersOf, purchaseRef } from './shop.ts';

/** Three offers a row. */
const BUTTONS_IN_A_ROW = 3;

export function shopScreen(facts: BagFacts, nowMs: number): BagPayload {
  const day = dateOf(nowMs);
  const offers = offersOf(facts, day);
  const buttons = offers.flatMap((offer, n) => buyButton(offer, { facts, day, n }));
  const rows: BagButton[][] = [];
  for (let at = 0; at < buttons.length; at += BUTTONS_IN_A_ROW)
    rows.push(buttons.slice(at, at + BUTTONS_IN_A_ROW));
  return {
    screen: 'shop',
    title: text('shop.title'),
    body: [
      ...doneLines(facts),
      walletLine(facts),
      null,
      ...offers.map((offer, n) => offerLine(offer, { facts, day, n })),
      null,
      text('shop.next', { at: { atMs: nextDayAt(nowMs) } }),
    ],
    buttons: [...rows, [{ label: text('bag.button.back'), action: 'bag.page', value: facts.view }]],
  };
}

interface Shown {
  readonly facts: BagFacts;
  readonly day: string;
  /** The place in the list, from 0. */
  readonly n: number;
}

function isBought({ facts, day, n }: Shown): boolean {
  return facts.purchases.includes(purchaseRef({ day, offer: n }));
}

/** Bought, better than what is worn, or neither. */
function offerLine({ item, price }: Offer, shown: Shown): Text {
  const { items, archetype } = shown.facts;
  const verdict = compareItem(item, wornIn(items, item), archetype ?? 'warrior');
  const mark = isBought(shown) ? 'bought' : verdict === 'better' ? 'better' : 'other';
  const line = { place: shown.n + 1, item: itemLine(item), gold: price };
  return text(`shop.offer.${mark}`, line);
}

function buyButton({ price }: Offer, shown: Shown): BagButton[] {
  const { facts, day, n } = shown;
  if (isBought(shown)) return [];
  const label = text('shop.button.buy', { place: n + 1, gold: price });
  return [{ label, action: 'shop.buy', value: { day, offer: n, version: facts.version } }];
}
