import { placeIds } from '../../resources/numbers/places.ts';
import { type Text, text } from '../core/text.ts';
import { placeOf } from './places.ts';
import type { WorldView } from './world-reply.ts';
import { type WorldPayload, placeName } from './world-screens.ts';

/** The known places and the ways out of them that were not taken yet, and what the character has learned. */
export function mapScreen(view: WorldView): WorldPayload {
  const listed = placeIds.filter((id) => view.seen.includes(id) || isHeardOf(view, id));
  return {
    screen: 'map',
    title: text('world.title.map'),
    body: [
      ...listed.map((id) => placeLine(view, id)),
      null,
      text('world.map.count', { known: view.seen.length, all: placeIds.length }),
      null,
      text('world.map.skills'),
      ...view.skills.map(skillLine),
    ],
    buttons: [[{ label: text('world.button.back'), action: 'world' }]],
  };
}

function isHeardOf({ seen }: WorldView, id: WorldView['place']): boolean {
  return placeOf(id).exits.some((exit) => seen.includes(exit));
}

function placeLine({ place, seen }: WorldView, id: WorldView['place']): Text {
  const mark = id === place ? 'you' : seen.includes(id) ? 'seen' : 'heard';
  const line = text(`world.map.${mark}`, { place: placeName(id) });
  const { kind, ...rest } = placeOf(id);
  return kind === 'wild' && 'tier' in rest
    ? text('world.map.tier', { line, tier: rest.tier })
    : line;
}

function skillLine({ skill, level, uses, nextAt }: WorldView['skills'][number]): Text {
  const named = { skill: text(`world.skill.${skill}`), level };
  return nextAt === null
    ? text('world.map.skill', named)
    : text('world.map.skill.next', { ...named, uses, next: nextAt });
}
