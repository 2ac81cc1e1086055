import { joined } from '../combat/fighter-lines.ts';
import { type Text, text } from '../core/text.ts';
import type { EncounterView, KnownMonster, WorldView } from './world-reply.ts';
import { type WorldPayload, conditionLines, placeName } from './place-lines.ts';

/** A monster is in the way: nothing else is possible. */
export function encounterScreen(
  view: WorldView,
  encounter: EncounterView,
  done: readonly Text[],
): WorldPayload {
  const { monster, noticed, known } = encounter;
  const kind = noticed ? 'met' : 'ambush';
  return {
    screen: 'encounter',
    title: text(`world.title.${kind}`, {
      monster: text(`monster.${monster}.name`),
      place: placeName(view.place),
    }),
    body: [
      ...(done.length > 0 ? [...done, null] : []),
      text(`world.${kind}`),
      ...(known === null ? [] : knownLines(known)),
      null,
      ...conditionLines(view),
    ],
    buttons: [
      [
        {
          label: text('world.button.fight'),
          action: 'world.fight',
          value: view.version,
          style: 'primary',
        },
      ],
      [escapeButton(view, encounter), ...(noticed && known === null ? [examineButton(view)] : [])],
    ],
  };
}

function escapeButton({ version }: WorldView, { noticed, escapeCost: cost }: EncounterView) {
  const way = noticed ? 'avoid' : 'run';
  const label = text('world.button.cost', { label: text(`world.button.${way}`), cost });
  return { label, action: `world.${way}`, value: version } as const;
}

function examineButton({ version }: WorldView) {
  return { label: text('world.button.examine'), action: 'world.examine', value: version } as const;
}

function knownLines({ health, habit, techniques }: KnownMonster): Text[] {
  const names = (techniques ?? []).map((one) => text(`combat.technique.${one}.name`));
  const list = joined('combat.list', names);
  return [
    text('world.known.health', { health }),
    ...(habit === null ? [] : [text('world.known.habit', { zone: text(`combat.at.${habit}`) })]),
    ...(list === null ? [] : [text('world.known.techniques', { list })]),
    ...(habit === null || techniques === null ? [text('world.known.lore')] : []),
  ];
}
