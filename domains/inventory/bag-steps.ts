import { type Text, text } from '../core/text.ts';
import type { BagAction } from './bag-action.ts';
import {
  find,
  ifCurrent,
  moveTo,
  plainItems,
  salvage,
  salvagePlain,
  sell,
  setLocked,
  takeOff,
  wear,
  wearBest,
} from './bag-rules.ts';
import { markedItem, prices } from './item-texts.ts';
import type { Earnings } from './journey.ts';
import type { Decision } from './journey-store.ts';
import { reforge } from './reforge.ts';
import { seededDraw } from './seeded-draw.ts';
import { buy } from './shop.ts';

type ItemAction = Extract<BagAction, { value: { id: number } }>;
type OtherAction = Extract<
  BagAction,
  { action: 'bag.best_confirmed' | 'bag.plain_confirmed' | 'shop.buy' }
>;
/** The actions that change what a character has. */
export type StepAction = ItemAction | OtherAction;

/** What differs from tap to tap. */
export interface TapFacts {
  /** The UTC date. */
  readonly today: string;
  readonly seed: string;
}

export interface BagStep {
  readonly decide: (earnings: Earnings) => Decision;
  readonly tell: (before: Earnings, after: Earnings) => Text;
  /** The screen that follows; a number is the id of an item. */
  readonly next: 'list' | 'shop' | number;
}

type ItemRule = (earnings: Earnings, id: number, seed: string) => Decision;

const itemRules: Readonly<Record<ItemAction['action'], ItemRule>> = {
  'bag.wear': wear,
  'bag.take_off': takeOff,
  'bag.lock': (earnings, id) => setLocked(earnings, id, true),
  'bag.unlock': (earnings, id) => setLocked(earnings, id, false),
  'bag.to_chest': (earnings, id) => moveTo(earnings, id, 'chest'),
  'bag.to_bag': (earnings, id) => moveTo(earnings, id, 'bag'),
  'bag.sell': sell,
  'bag.salvage': salvage,
  'bag.reforge': (earnings, id, seed) => reforge(earnings, id, seededDraw(seed)),
};
/** Where the player stays on the card. */
const onCard: readonly StepAction['action'][] = ['bag.lock', 'bag.unlock', 'bag.reforge'];

export function isStep(action: BagAction): action is StepAction {
  return (
    action.action in itemRules ||
    ['bag.best_confirmed', 'bag.plain_confirmed', 'shop.buy'].includes(action.action)
  );
}

export function stepOf(action: StepAction, facts: TapFacts): BagStep {
  switch (action.action) {
    case 'bag.best_confirmed': {
      const decide = ifCurrent(action.value, wearBest);
      return { decide, tell: () => text('bag.done.best'), next: 'list' };
    }
    case 'bag.plain_confirmed':
      return { decide: ifCurrent(action.value, salvagePlain), tell: tellPlain, next: 'list' };
    case 'shop.buy': {
      const { version, ...purchase } = action.value;
      const rule = (earnings: Earnings) => buy(earnings, purchase, facts.today);
      return { decide: ifCurrent(version, rule), tell: tellBought, next: 'shop' };
    }
    default:
      return itemStep(action, facts.seed);
  }
}

function itemStep({ action, value: { id, version } }: ItemAction, seed: string): BagStep {
  return {
    decide: ifCurrent(version, (earnings) => itemRules[action](earnings, id, seed)),
    tell: (before, after) => {
      const item = find(after.items, id) ?? find(before.items, id);
      if (item === null) return text('bag.notice.gone');
      return text(`bag.done.${doneKeys[action]}`, { item: markedItem(item), ...prices(item) });
    },
    next: onCard.includes(action) ? id : 'list',
  };
}

const doneKeys = {
  'bag.wear': 'wear',
  'bag.take_off': 'to_bag',
  'bag.lock': 'lock',
  'bag.unlock': 'unlock',
  'bag.to_chest': 'to_chest',
  'bag.to_bag': 'to_bag',
  'bag.sell': 'sell',
  'bag.salvage': 'salvage',
  'bag.reforge': 'reforge',
} as const satisfies Record<ItemAction['action'], string>;

function tellPlain(before: Earnings, after: Earnings): Text {
  const count = plainItems(before.items).length;
  return text('bag.done.plain', { count, scrap: after.journey.scrap - before.journey.scrap });
}

function tellBought(before: Earnings, after: Earnings): Text {
  const bought = after.items.find(({ id }) => find(before.items, id) === null);
  if (bought === undefined) return text('bag.notice.gone');
  const key = bought.place === 'chest' ? 'bag.done.bought_to_chest' : 'bag.done.bought';
  return text(key, { item: markedItem(bought) });
}
