import type { AccountAction } from '../account/account-action.ts';
import { type AccountContext, attributeNames } from '../account/account-context.ts';
import { archetypeName } from '../account/account-screens.ts';
import { type CharacterSheet, characterSheet } from '../account/character-sheet.ts';
import { type Text, text } from '../core/text.ts';
import type { UiPayload } from '../core/ui-payload.ts';
import type { TechniqueId } from './battle.ts';
import { pricedLabel } from './battle-keyboard.ts';
import type { CharacterRecord } from './character-record.ts';
import { CURRENT_RULES } from './rules/rules-of.ts';

/** `record`: null while it cannot be read. */
export function characterScreen(
  account: AccountContext,
  record: CharacterRecord | null,
): UiPayload<AccountAction> {
  const sheet = characterSheet(account);
  return {
    screen: 'character',
    title: titleOf(account),
    body: [
      strengthLine(sheet),
      ...(record === null ? [text('account.character.record.away')] : recordLines(record)),
      null,
      ...attributeLines(sheet),
      null,
      text('account.character.techniques'),
      ...techniqueLines(sheet.techniques, CURRENT_RULES),
    ],
    buttons: [[{ label: text('account.button.home'), action: 'home' }]],
  };
}

function titleOf({ bio }: AccountContext): Text {
  const { name, gender, archetype = null } = bio;
  return text('account.character.title', {
    name: name ?? text('account.nameless'),
    archetype: archetypeName(archetype ?? 'warrior', gender),
  });
}

export function strengthLine({
  gs,
  stats: { hp, mp, stamina },
}: Pick<CharacterSheet, 'gs' | 'stats'>): Text {
  const maxima = { hp: hp.max, mp: mp.max, stamina: stamina.max };
  return text('account.character.strength', { gs, ...maxima });
}

export function recordLines({ won, lost, drawn, streak }: CharacterRecord): Text[] {
  if (won + lost + drawn === 0) return [text('account.character.record.none')];
  return [text('account.character.record', { won, lost, drawn }), ...streakLine(streak)];
}

function streakLine(streak: number): Text[] {
  if (Math.abs(streak) < 2) return [];
  const count = Math.abs(streak);
  return [text(`account.character.streak.${streak > 0 ? 'won' : 'lost'}`, { count })];
}

function attributeLines({ attributes }: CharacterSheet): Text[] {
  return attributeNames.map((name) =>
    text('account.character.attribute', {
      attribute: text(`account.attribute.${name}`),
      points: attributes[name],
      about: text(`account.attribute.${name}.about`),
    }),
  );
}

/** Each with its cost and what it does. */
export function techniqueLines(techniques: readonly TechniqueId[], rules: number): Text[] {
  return techniques.map((technique) =>
    text('account.character.technique', {
      name: pricedLabel(technique, rules),
      hint: text(`combat.technique.${technique}.hint`),
    }),
  );
}
