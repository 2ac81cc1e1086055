import { scoreOfPoints } from '../account/gear-score.ts';
import { type Text, text } from '../core/text.ts';
import { type BagButton, type BagFacts, type BagPayload, backButton } from './bag-screens.ts';
import { type Swap, betterItems, find, plainItems } from './bag-rules.ts';
import { bonusOf } from './item.ts';
import { differenceOf, itemName, markedItem, pointsText, prices, slotSign } from './item-texts.ts';

/** Asks before a rare item is given up. Null: the character has no such item any more. */
export function giveUpScreen(
  { items, version, view }: BagFacts,
  id: number,
  how: 'sell' | 'salvage',
): BagPayload | null {
  const item = find(items, id);
  if (item === null) return null;
  const value = { id, version };
  const label = text(`bag.button.${how}`, prices(item));
  const yes: BagButton = { label, action: `bag.${how}`, value, style: 'danger' };
  return {
    screen: 'give_up',
    title: text(`bag.ask.${how}`, { item: markedItem(item) }),
    body: [text('bag.ask.final')],
    buttons: [
      [yes],
      [{ label: text('bag.button.keep'), action: 'bag.item', value: id }],
      [backButton(view)],
    ],
  };
}

/** Null: there is nothing to salvage. */
export function plainScreen({ items, version, view }: BagFacts): BagPayload | null {
  const plain = plainItems(items);
  if (plain.length === 0) return null;
  const scrap = plain.reduce((sum, item) => sum + prices(item).scrap, 0);
  const names = plain
    .map(itemName)
    .reduceRight((rest, first) => text('bag.names', { first, rest }));
  return {
    screen: 'plain',
    title: text('bag.plain.title', { count: plain.length }),
    body: [names, null, text('bag.plain.about')],
    buttons: [
      [
        {
          label: text('bag.button.salvage', { scrap }),
          action: 'bag.plain_confirmed',
          value: version,
          style: 'danger',
        },
      ],
      [backButton(view)],
    ],
  };
}

/** What is worn before and after. Null: the best is worn already. */
export function bestScreen(facts: BagFacts): BagPayload | null {
  const swaps = betterItems(facts);
  if (swaps.length === 0) return null;
  const confirm: BagButton = {
    label: text('bag.button.wear_best'),
    action: 'bag.best_confirmed',
    value: facts.version,
    style: 'success',
  };
  return {
    screen: 'best',
    title: text('bag.best.title'),
    body: [...swaps.map(swapLine), null, scoreLine(facts, swaps)],
    buttons: [[confirm], [backButton(facts.view)]],
  };
}

function swapLine({ before, after }: Swap): Text {
  return text('bag.best.line', {
    slot: slotSign(after),
    before: before === null ? text('bag.none') : itemName(before),
    after: markedItem(after),
    points: pointsText(differenceOf(after, before)) ?? text('bag.none'),
  });
}

/** The score of what is worn, before and after. */
function scoreLine({ items }: BagFacts, swaps: readonly Swap[]): Text {
  const worn = items.filter(({ place }) => place === 'worn');
  const replaced = swaps.map(({ before }) => before?.id);
  const kept = worn.filter(({ id }) => !replaced.includes(id));
  return text('bag.best.score', {
    before: scoreOfPoints(bonusOf(worn)),
    after: scoreOfPoints(bonusOf([...kept, ...swaps.map(({ after }) => after)])),
  });
}
