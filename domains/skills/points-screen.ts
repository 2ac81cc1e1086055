import { type AttributeName, attributeNames } from '../account/account-context.ts';
import { characterSheet } from '../account/character-sheet.ts';
import { text } from '../core/text.ts';
import type { Button, UiPayload } from '../core/ui-payload.ts';
import type { Earnings } from '../inventory/journey.ts';
import type { CharacterAction } from './character-action.ts';
import { attributeLines, characterRow } from './character-screen.ts';

const KEYS_A_ROW = 3;

export function pointsScreen(earnings: Earnings): UiPayload<CharacterAction> {
  const { points } = earnings.journey;
  const keys = points > 0 ? attributeNames.map((name) => raiseKey(earnings, name)) : [];
  const rows = Array.from({ length: Math.ceil(keys.length / KEYS_A_ROW) }, (_, row) =>
    keys.slice(row * KEYS_A_ROW, (row + 1) * KEYS_A_ROW),
  );
  return {
    screen: 'points',
    title: text('skills.points.title', { points }),
    body: [text('skills.points.body'), null, ...attributeLines(characterSheet(earnings))],
    buttons: [...rows, characterRow],
  };
}

/** The last point, often the only one, is not spent by a slip of the thumb. */
function raiseKey({ attributes, journey }: Earnings, name: AttributeName): Button<CharacterAction> {
  return {
    label: text(`skills.button.raise.${name}`, { points: attributes[name] }),
    action: journey.points === 1 ? 'points.last' : 'points.spend',
    value: { attribute: name, version: journey.version },
  };
}

export function lastPointScreen(
  { attributes, journey: { version } }: Earnings,
  name: AttributeName,
): UiPayload<CharacterAction> {
  const attribute = text(`account.attribute.${name}`);
  const from = attributes[name];
  const value = { attribute: name, version };
  return {
    screen: 'points',
    title: text('skills.points.last.title', { attribute, from, to: from + 1 }),
    body: [text(`account.attribute.${name}.about`), null, text('skills.points.last.body')],
    buttons: [
      [
        {
          label: text('skills.button.raise_last'),
          action: 'points.spend',
          value,
          style: 'success',
        },
      ],
      [{ label: text('skills.button.keep_point'), action: 'points' }],
    ],
  };
}
