import { dayOf, dayStartMs } from '../core/day.ts';
import {
  OFFERS_A_DAY,
  ownStyles,
  rarities,
  rarityWeights,
  templates,
} from '../../resources/numbers/items.ts';
import type { Archetype } from '../account/account-context.ts';
import { type Belongings, changed, hasRoom, refusal } from './bag-rules.ts';
import type { ItemKind, TemplateId } from './item.ts';
import { type Earnings, placedGrant } from './journey.ts';
import type { Decision } from './journey-store.ts';
import { rollItem } from './roll-item.ts';
import { seededDraw } from './seeded-draw.ts';

export interface Offer {
  readonly item: ItemKind;
  /** In gold. */
  readonly price: number;
}

/** The UTC date, e.g. 2026-01-31. */
export function dateOf(nowMs: number): string {
  return new Date(nowMs).toISOString().slice(0, 10);
}

/** When the UTC date changes next. */
export function nextDayAt(nowMs: number): number {
  return dayStartMs(dayOf(nowMs) + 1);
}

/** What the shop offers to a character on a day, all different; the own style comes first. */
export function offersOf(
  { charId, archetype }: Pick<Belongings, 'charId' | 'archetype'>,
  day: string,
): readonly Offer[] {
  const own = archetype ?? 'warrior';
  const draw = seededDraw(`shop:${charId}:${day}`);
  const offers = new Map<TemplateId, Offer>();
  while (offers.size < OFFERS_A_DAY) {
    const item = rollItem(draw, { archetype: own, weights: rarityWeights.shop });
    offers.set(item.template, { item, price: rarities[item.rarity].costs ?? Infinity });
  }
  return [...offers.values()].toSorted((one, other) => isOwn(other, own) - isOwn(one, own));
}

function isOwn({ item }: Offer, archetype: Archetype): number {
  return Number(templates[item.template].style === ownStyles[archetype]);
}

export interface Purchase {
  readonly day: string;
  /** The place of the offer in the list, from 0. */
  readonly offer: number;
}

/** Names the purchase in `Earnings.purchases`; sorts by day. */
export function purchaseRef({ day, offer }: Purchase): string {
  return `${day}:${offer}`;
}

/** Each offer once; `today` is the day now, which the screen may have missed. */
export function buy(
  earnings: Belongings & Pick<Earnings, 'purchases'>,
  purchase: Purchase,
  today: string,
): Decision {
  const { charId, journey, items, purchases } = earnings;
  const bought = offersOf(earnings, purchase.day)[purchase.offer];
  if (bought === undefined || purchase.day !== today) return refusal('bag.notice.stale');
  const ref = purchaseRef(purchase);
  if (purchases.includes(ref)) return refusal('bag.notice.sold_out');
  if (journey.gold < bought.price) return refusal('bag.notice.poor');
  if (!hasRoom(items, 'bag') && !hasRoom(items, 'chest')) return refusal('bag.notice.all_full');
  const grant = { id: `buy:${charId}:${ref}`, xp: 0, gold: 0, items: [bought.item], uses: {} };
  return changed({
    grants: [placedGrant(grant, items)],
    wallet: [{ reason: 'buy', ref, gold: -bought.price, scrap: 0 }],
  });
}
