import { home } from '../core/home-feature.ts';
import { inPairs } from '../core/in-pairs.ts';
import { type Text, text } from '../core/text.ts';
import type { Button } from '../core/ui-payload.ts';
import type { Stacks } from '../inventory/journey.ts';
import type { PlaceOffer } from '../../resources/numbers/places.ts';
import { encounterScreen } from './encounter-screen.ts';
import { materialsText } from './materials-text.ts';
import {
  type WorldPayload,
  type WorldScreenAction,
  conditionLines,
  placeName,
} from './place-lines.ts';
import { storyLines, storyRow } from './story-lines.ts';
import type { Exit, WorldView } from './world-reply.ts';

type WorldButton = Button<WorldScreenAction>;

/** Where the character is. `done`: what the last tap has done. */
export function worldScreen(view: WorldView, done: readonly Text[] = []): WorldPayload {
  if (view.encounter !== null) return encounterScreen(view, view.encounter, done);
  return {
    screen: view.tier === null ? 'safe_place' : 'wild_place',
    title: placeTitle(view),
    body: [
      text(`world.place.${view.place}.about`),
      null,
      ...(done.length > 0 ? [...done, null] : []),
      ...conditionLines(view),
      ...materialLines(view.materials),
      ...storyLines(view.story),
    ],
    buttons: [...storyRow(view), ...exitRows(view), ...hereRows(view), ...navigationRows(view)],
  };
}

function placeTitle({ place, tier }: WorldView): Text {
  const name = placeName(place);
  if (tier === null) return text('world.title.safe', { place: name });
  return text('world.title.wild', { place: name, tier });
}

function materialLines(stacks: Stacks): Text[] {
  const list = materialsText(stacks);
  return list === null ? [] : [text('world.materials', { list })];
}

function exitRows({ exits, version }: WorldView): WorldButton[][] {
  return inPairs(exits.map((exit) => exitButton(exit, version)));
}

function exitButton({ to, cost, needsLevel, isSeen }: Exit, version: number): WorldButton {
  const place = placeName(to);
  const label =
    needsLevel !== null
      ? text('world.button.closed', { place, level: needsLevel })
      : text(isSeen ? 'world.button.go' : 'world.button.go_new', { place });
  const costly = cost === 0 ? label : text('world.button.cost', { label, cost });
  return { label: costly, action: 'world.go', value: { to, version } };
}

/** What can be done in this place. */
function hereRows(view: WorldView): WorldButton[][] {
  return inPairs([...stepButtons(view), ...offerButtons(view), ...sellButton(view)]);
}

function stepButtons({ search, gather, rest, healer, version: value }: WorldView): WorldButton[] {
  const costing = (key: 'search' | 'gather' | 'rest', cost: number): WorldButton => {
    const label = text('world.button.cost', { label: text(`world.button.${key}`), cost });
    return { label, action: `world.${key}`, value };
  };
  const boss = search?.boss == null ? [] : [bossButton(search.cost, value)];
  return [
    ...(search === null || search.boss !== null ? [] : [costing('search', search.cost)]),
    ...boss,
    ...(gather === null ? [] : [costing('gather', gather.cost)]),
    ...(rest === null ? [] : [costing('rest', rest.cost)]),
    ...(healer === null ? [] : [healButton(healer.gold, value)]),
  ];
}

function bossButton(cost: number, value: number): WorldButton {
  const label = text('world.button.cost', { label: text('world.button.boss'), cost });
  return { label, action: 'world.search', value };
}

function healButton(gold: number, value: number): WorldButton {
  const label = gold === 0 ? text('world.button.heal_free') : text('world.button.heal', { gold });
  return { label, action: 'world.heal', value };
}

/** Healer and chest have no screen of their own here. */
const offerScreens: Readonly<Partial<Record<PlaceOffer, WorldButton>>> = {
  shop: { label: text('world.button.shop'), action: 'shop' },
  board: { label: text('world.button.board'), action: 'board' },
  trainer: { label: text('world.button.trainer'), action: 'techniques.learning' },
  smith: { label: text('world.button.smith'), action: 'bag' },
  chest: {
    label: text('world.button.chest'),
    action: 'bag.page',
    value: { filter: 'chest', page: 0 },
  },
};

function offerButtons({ offers }: WorldView): WorldButton[] {
  return offers.flatMap((offer) => offerScreens[offer] ?? []);
}

function sellButton({ materialsGold, version }: WorldView): WorldButton[] {
  if (materialsGold === null || materialsGold === 0) return [];
  const label = text('world.button.sell', { gold: materialsGold });
  return [{ label, action: 'world.sell', value: version }];
}

/** The arena is open at each safe place. */
function navigationRows({ tier }: WorldView): WorldButton[][] {
  const arena: WorldButton[] =
    tier === null ? [{ label: text('world.button.arena'), ...home, style: 'primary' }] : [];
  return [
    [
      { label: text('bag.button.open'), action: 'bag' },
      { label: text('world.button.character'), action: 'character' },
    ],
    [{ label: text('world.button.map'), action: 'world.map' }, ...arena],
  ];
}
