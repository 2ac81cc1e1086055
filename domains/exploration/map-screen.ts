import { placeIds } from '../../resources/numbers/places.ts';
import { type Text, text } from '../core/text.ts';
import { listedPlaces } from './listed-places.ts';
import { tierOf } from './places.ts';
import type { WorldView } from './world-reply.ts';
import { type WorldPayload, placeName } from './place-lines.ts';

/** Known places and the next ones, numbered as on the picture, and what the character has learned. */
export function mapScreen(view: WorldView, isBelowPicture: boolean): WorldPayload {
  const back = { label: text('world.button.back'), action: 'world' } as const;
  const picture = { label: text('world.button.picture'), action: 'world.picture' } as const;
  return {
    screen: 'map',
    title: text('world.title.map'),
    body: [
      ...listedPlaces(view.seen).map((id, at) => placeLine(view, id, at + 1)),
      null,
      text('world.map.count', { known: view.seen.length, all: placeIds.length }),
      null,
      text('world.map.skills'),
      ...view.skills.map(skillLine),
    ],
    buttons: [isBelowPicture ? [back] : [picture, back]],
    ...(isBelowPicture ? { isBelowFile: true } : {}),
  };
}

function placeLine({ place, seen }: WorldView, id: WorldView['place'], number: number): Text {
  const mark = id === place ? 'you' : seen.includes(id) ? 'seen' : 'heard';
  const line = text(`world.map.${mark}`, { number, place: placeName(id) });
  const tier = tierOf(id);
  return tier === null ? line : text('world.map.tier', { line, tier });
}

function skillLine({ skill, level, uses, nextAt }: WorldView['skills'][number]): Text {
  const named = { skill: text(`world.skill.${skill}`), level };
  return nextAt === null
    ? text('world.map.skill', named)
    : text('world.map.skill.next', { ...named, uses, next: nextAt });
}
