import {
  BAG_SIZE,
  CHEST_SIZE,
  GOLD_LIMIT,
  OFFERS_A_DAY,
  rarities,
} from '../../resources/numbers/items.ts';
import { STACK_LIMIT } from '../../resources/numbers/exploration.ts';
import { POINTS_PER_LEVEL } from '../../resources/numbers/levels.ts';
import type { monsterIds } from '../../resources/numbers/monsters.ts';
import { type Material, materialIds } from '../../resources/numbers/places.ts';
import {
  type AccountContext,
  type Archetype,
  type Attributes,
  type Gear,
  type Loadout,
  attributeNames,
} from '../account/account-context.ts';
import { levelProgress } from '../account/level.ts';
import { type Item, type ItemKind, type ItemPlace, type ItemEnd, bonusOf } from './item.ts';
import { type Stories, noStories } from './story-session.ts';
import { type Travel, newTravel } from './travel.ts';

export { GOLD_LIMIT } from '../../resources/numbers/items.ts';

/** What a character has earned in numbers. */
export interface Journey {
  /** Grows by one with every change; buttons carry it. 0: nothing is stored yet. */
  readonly version: number;
  readonly level: number;
  /** All experience ever earned. */
  readonly xp: number;
  /** Attribute points that are not spent yet. */
  readonly points: number;
  readonly gold: number;
  readonly scrap: number;
  readonly travel: Travel;
  readonly stories: Stories;
}

export const newJourney: Journey = {
  version: 0,
  level: 1,
  xp: 0,
  points: 0,
  gold: 0,
  scrap: 0,
  travel: newTravel,
  stories: noStories,
};

/** Materials; absent: none. */
export type Stacks = Readonly<Partial<Record<Material, number>>>;

/** As many as there may be on one day. */
export const PURCHASES_READ = OFFERS_A_DAY;

/** Everything of a character that a step may read or change. */
export interface Earnings {
  readonly charId: number;
  readonly userId: number;
  readonly archetype: Archetype | null;
  /** Without gear. */
  readonly attributes: Attributes;
  readonly skills: AccountContext['skills'];
  readonly loadout: Loadout;
  readonly gear: Gear;
  readonly journey: Journey;
  /** In bag and chest, and worn; by id. */
  readonly items: readonly Item[];
  readonly stacks: Stacks;
  /** How often each skill was used. */
  readonly uses: Readonly<Record<string, number>>;
  /** The `ref` of the latest purchases, at least of the last day with any. */
  readonly purchases: readonly string[];
}

/** Gold and scrap are added; with its reason, `ref` names the cause, which pays once. */
export interface WalletTransaction {
  readonly reason: string;
  readonly ref: string;
  readonly gold: number;
  readonly scrap: number;
}

/** How a battle ended for the side that its grant is for. */
export interface FoughtBattle {
  readonly result: 'won' | 'drawn' | 'lost';
  readonly isShadow: boolean;
}

/** How a battle against a monster ended. */
export interface WildBattle {
  readonly monster: (typeof monsterIds)[number];
  readonly result: FoughtBattle['result'];
}

/** What is given for one cause, exactly once by its id. */
export interface Grant {
  /** E.g. `battle:<battle id>:<side>`. */
  readonly id: string;
  readonly xp: number;
  readonly gold: number;
  readonly items: readonly ItemKind[];
  readonly materials?: Stacks;
  readonly uses: Readonly<Record<string, number>>;
  /** For the screen that shows the grant, e.g. why it is empty. */
  readonly note?: string | null;
  /** Of the grant of a battle of the arena. */
  readonly battle?: FoughtBattle;
  /** Of the grant of a battle against a monster. */
  readonly wild?: WildBattle;
}

export interface PlacedItem extends ItemKind {
  readonly place: Exclude<ItemPlace, 'worn'>;
  /** The place in the grant's list of items. */
  readonly line: number;
}

/** A grant as it is stored: where its items went, and the scrap that the rest became. */
export interface PlacedGrant extends Grant {
  readonly placed: readonly PlacedItem[];
  readonly scrap: number;
}

/** The new values of an item. */
export type ItemChange = Pick<Item, 'id' | 'place' | 'slot' | 'locked' | 'affixes'>;

export interface Change {
  readonly grants?: readonly PlacedGrant[];
  readonly wallet?: readonly WalletTransaction[];
  readonly items?: readonly ItemChange[];
  readonly gone?: readonly { readonly id: number; readonly how: ItemEnd }[];
  /** Materials that are given away. */
  readonly spent?: Stacks;
  readonly travel?: Partial<Travel>;
  readonly stories?: Partial<Stories>;
  readonly spentPoints?: number;
  readonly attributes?: Attributes;
  readonly skills?: AccountContext['skills'];
  readonly loadout?: Loadout;
}

/** A grant for a character with these items: bag first, then chest, and the rest becomes scrap. */
export function placedGrant(grant: Grant, items: readonly Pick<Item, 'place'>[]): PlacedGrant {
  const free = {
    bag: BAG_SIZE - countIn(items, 'bag'),
    chest: CHEST_SIZE - countIn(items, 'chest'),
  };
  const placed: PlacedItem[] = [];
  let scrap = 0;
  for (const [line, item] of grant.items.entries()) {
    const place = free.bag > 0 ? 'bag' : free.chest > 0 ? 'chest' : null;
    if (place === null) scrap += rarities[item.rarity].salvage;
    else {
      free[place] -= 1;
      const { template, rarity, affixes } = item;
      placed.push({ template, rarity, affixes, place, line });
    }
  }
  return { ...grant, placed, scrap };
}

export function countIn(items: readonly Pick<Item, 'place'>[], place: ItemPlace): number {
  return items.filter((item) => item.place === place).length;
}

/** The wallet transactions of a change, with those of its grants; what is above the limit is not paid. */
export function transactionsOf(change: Change, journey: Journey): readonly WalletTransaction[] {
  const granted = (change.grants ?? []).map(({ id, gold, scrap }) => ({
    reason: 'grant',
    ref: id,
    gold,
    scrap,
  }));
  let { gold } = journey;
  return [...granted, ...(change.wallet ?? [])].map((one) => {
    const paid = Math.min(one.gold, GOLD_LIMIT - gold);
    gold += paid;
    return { ...one, gold: paid };
  });
}

/** The journey after a change. Gold or scrap below zero is an error of the caller. */
export function journeyAfter(journey: Journey, change: Change): Journey {
  const paid = transactionsOf(change, journey);
  const xp = journey.xp + sum((change.grants ?? []).map((one) => one.xp));
  const { level } = levelProgress(xp);
  return {
    version: journey.version + 1,
    level,
    xp,
    points: journey.points + POINTS_PER_LEVEL * (level - journey.level) - (change.spentPoints ?? 0),
    gold: journey.gold + sum(paid.map((one) => one.gold)),
    scrap: journey.scrap + sum(paid.map((one) => one.scrap)),
    travel: { ...journey.travel, ...change.travel },
    stories: { ...journey.stories, ...change.stories },
  };
}

/** The new amounts of the materials that a change reaches; what is above the limit is not given. */
export function changedStacks(stacks: Stacks, { grants = [], spent = {} }: Change): Stacks {
  const changed: Partial<Record<Material, number>> = {};
  const add = (added: Stacks, sign: 1 | -1) => {
    for (const kind of materialIds)
      if (added[kind] !== undefined)
        changed[kind] = Math.min(
          STACK_LIMIT,
          (changed[kind] ?? stacks[kind] ?? 0) + sign * added[kind],
        );
  };
  for (const { materials = {} } of grants) add(materials, 1);
  add(spent, -1);
  return changed;
}

/** Items after a change, without those of its grants, which have no ids yet. */
export function itemsAfter(items: readonly Item[], { items: changed, gone }: Change): Item[] {
  const isGone = new Set(gone?.map(({ id }) => id));
  const changes = new Map(changed?.map((one) => [one.id, one]));
  return items
    .filter(({ id }) => !isGone.has(id))
    .map((item) => ({ ...item, ...changes.get(item.id) }));
}

/** Everything but the items of grants, which the store numbers, and the gear. */
export function earningsAfter(before: Earnings, change: Change): Earnings {
  return {
    ...before,
    journey: journeyAfter(before.journey, change),
    attributes: change.attributes ?? before.attributes,
    skills: change.skills ?? before.skills,
    loadout: change.loadout ?? before.loadout,
    stacks: stacksAfter(before.stacks, change),
    uses: usesAfter(before.uses, change),
    purchases: [...purchasesIn(change), ...before.purchases],
  };
}

function stacksAfter(stacks: Stacks, change: Change): Stacks {
  const after = { ...stacks, ...changedStacks(stacks, change) };
  return Object.fromEntries(Object.entries(after).filter(([, amount]) => amount > 0));
}

function usesAfter(uses: Earnings['uses'], { grants = [] }: Change): Earnings['uses'] {
  const after = { ...uses };
  for (const grant of grants)
    for (const [skill, times] of Object.entries(grant.uses))
      after[skill] = (after[skill] ?? 0) + times;
  return after;
}

function purchasesIn({ wallet = [] }: Change): string[] {
  return wallet.filter(({ reason }) => reason === 'buy').map(({ ref }) => ref);
}

/** What the worn items add; attributes without a bonus are left out. */
export function gearOf(items: readonly Item[], version: number): Gear {
  const bonus = bonusOf(items.filter(({ place }) => place === 'worn'));
  const raised = attributeNames.filter((name) => bonus[name] !== 0);
  return { version, bonus: Object.fromEntries(raised.map((name) => [name, bonus[name]])) };
}

/** Whether a change reaches what a session copies: attributes, skills, loadout or worn items. */
export function changesSession({ items, attributes, skills, loadout }: Change): boolean {
  return [items, attributes, skills, loadout].some((part) => part !== undefined);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
