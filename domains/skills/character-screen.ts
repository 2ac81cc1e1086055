import type { AccountAction } from '../account/account-action.ts';
import { type AccountContext, attributeNames } from '../account/account-context.ts';
import { archetypeName } from '../account/account-screens.ts';
import { type CharacterSheet, characterSheet } from '../account/character-sheet.ts';
import { levelProgress } from '../account/level.ts';
import type { CharacterRecord } from '../combat/character-record.ts';
import { recordLines, strengthLine, techniquesLine } from '../combat/character-lines.ts';
import { CURRENT_RULES } from '../combat/rules/rules-of.ts';
import type { ProfileAction } from '../combat/profile-action.ts';
import { type Text, text } from '../core/text.ts';
import type { Button, UiPayload } from '../core/ui-payload.ts';
import type { BagAction } from '../inventory/bag-action.ts';
import type { Journey } from '../inventory/journey.ts';
import type { BoardAction } from './board-action.ts';
import type { CharacterAction } from './character-action.ts';
import type { TechniquesAction } from './techniques-action.ts';

export type CharacterScreenAction =
  AccountAction | CharacterAction | TechniquesAction | BoardAction | BagAction | ProfileAction;

/** What the database knows of the character; null: it cannot be read now. */
export interface CharacterFacts {
  readonly record: CharacterRecord | null;
  readonly journey: Journey | null;
}

export function characterScreen(
  account: AccountContext,
  { record, journey }: CharacterFacts,
): UiPayload<CharacterScreenAction> {
  const sheet = characterSheet(account);
  return {
    screen: 'character',
    title: titleOf(account),
    body: [
      ...(journey === null ? [text('skills.away')] : journeyLines(journey)),
      strengthLine(sheet),
      ...(record === null ? [text('account.character.record.away')] : recordLines(record)),
      null,
      ...attributeLines(sheet),
      null,
      ...techniquesLine(sheet.techniques, CURRENT_RULES),
    ],
    buttons: [
      ...pointsRow(journey),
      [
        { label: text('skills.button.techniques'), action: 'techniques' },
        { label: text('skills.button.board'), action: 'board' },
      ],
      [
        { label: text('bag.button.open'), action: 'bag' },
        { label: text('profile.button.profile'), action: 'profile' },
      ],
      [{ label: text('account.button.home'), action: 'home' }],
    ],
  };
}

function titleOf({ bio }: AccountContext): Text {
  const { name, gender, archetype = null } = bio;
  return text('account.character.title', {
    name: name ?? text('account.nameless'),
    archetype: archetypeName(archetype ?? 'warrior', gender),
  });
}

function journeyLines({ xp, points, gold, scrap }: Journey): Text[] {
  return [
    text('skills.level_and_wallet', { level: levelText(xp), gold, scrap }),
    ...(points > 0 ? [text('skills.points', { points })] : []),
  ];
}

function levelText(experience: number): Text {
  const { level, xpInLevel: xp, xpToNext: needed } = levelProgress(experience);
  if (needed === null) return text('skills.level.highest', { level });
  return text('skills.level', { level, xp, needed });
}

/** Own points, and what the worn items add. */
export function attributeLines({
  attributes,
  ownAttributes,
}: Pick<CharacterSheet, 'attributes' | 'ownAttributes'>): Text[] {
  return attributeNames.map((name) => {
    const points = ownAttributes[name];
    const bonus = attributes[name] - points;
    const key = bonus === 0 ? 'account.character.attribute' : 'skills.attribute.geared';
    const attribute = text(`account.attribute.${name}`);
    return text(key, { attribute, points, bonus, about: text(`account.attribute.${name}.about`) });
  });
}

function pointsRow(journey: Journey | null): Button<CharacterAction>[][] {
  const { points } = journey ?? { points: 0 };
  if (points === 0) return [];
  const label = text('skills.button.points', { points });
  return [[{ label, action: 'points', style: 'primary' }]];
}

export const characterRow: readonly Button<CharacterAction>[] = [
  { label: text('skills.button.character'), action: 'character' },
];
