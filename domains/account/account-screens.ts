import { type Text, text } from '../core/text.ts';
import type { Button, UiPayload } from '../core/ui-payload.ts';
import { type Language, languages } from '../../resources/texts/index.ts';
import type { AccountAction } from './account-action.ts';
import type { Character } from './character.ts';
import { characterSheet } from './character-sheet.ts';
import { MAX_CHARACTERS } from '../../resources/numbers/account.ts';

export type AccountPayload = UiPayload<AccountAction>;
type AccountButton = Button<AccountAction>;

/**
 * A user's characters, and a way out for the one he plays (null: none). Whoever has no character
 * is asked to make one.
 */
export function lobbyScreen(
  characters: readonly Character[],
  activeId: number | null,
): AccountPayload {
  const full = characters.length >= MAX_CHARACTERS;
  const fresh: AccountButton = {
    label: text('account.button.new'),
    action: 'lobby.new',
    style: 'success',
  };
  return {
    screen: 'lobby',
    title: text('account.lobby.title'),
    body: [
      characters.length === 0
        ? text('account.lobby.empty')
        : text('account.lobby.body', { count: characters.length, limit: MAX_CHARACTERS }),
      ...characters.map(characterLine),
    ],
    buttons: [
      ...characters.map((one) => [enterButton(one), deleteButton(one)]),
      ...(full ? [] : [[fresh]]),
      [
        { label: text('account.button.help'), action: 'help' },
        { label: text('account.button.language'), action: 'language' },
      ],
      ...characters
        .filter((one) => one.character_id === activeId)
        .map((one) => [logoutButton(one)]),
    ],
  };
}

/** Asks before a character is deleted. */
export function deleteScreen(character: Character): AccountPayload {
  return {
    screen: 'delete',
    title: text('account.delete.title', { name: nameOf(character) }),
    body: [text('account.delete.body')],
    buttons: [
      [{ label: text('account.delete.no'), action: 'lobby', style: 'primary' }],
      [
        {
          label: text('account.delete.yes'),
          action: 'lobby.delete_confirmed',
          value: character.character_id,
          style: 'danger',
        },
      ],
    ],
  };
}

export function helpScreen(): AccountPayload {
  return {
    screen: 'help',
    title: text('account.help.title'),
    body: [
      text('account.help.turn'),
      text('account.help.guard'),
      text('account.help.techniques'),
      text('account.help.clock'),
      text('account.help.shadow'),
      null,
      text('account.help.commands'),
    ],
    buttons: [[{ label: text('account.button.home'), action: 'home' }]],
  };
}

/** Every language in its own words; the present one is marked and comes first. */
export function languageScreen(present: Language): AccountPayload {
  return {
    screen: 'language',
    title: text('account.language.title'),
    body: [],
    buttons: [
      [present, ...languages.filter((one) => one !== present)].map((language) => ({
        label: languageLabel(language, language === present),
        action: 'language.set' as const,
        value: language,
      })),
      [{ label: text('account.button.home'), action: 'home' }],
    ],
  };
}

function languageLabel(language: Language, chosen: boolean): Text {
  const label = text(`account.language.${language}`);
  return chosen ? text('account.button.chosen', { label }) : label;
}

/** What a character is called where it may have no name yet. */
export function nameOf({ name }: Character): string | Text {
  return name ?? text('account.nameless');
}

function characterLine(character: Character): Text {
  const { archetype } = character;
  if (archetype === null) return text('account.lobby.shell', { name: nameOf(character) });
  return text('account.lobby.character', {
    name: nameOf(character),
    archetype: text(`account.archetype.${archetype}.name`),
    gs: characterSheet(character).gs,
  });
}

function enterButton(character: Character): AccountButton {
  const key = character.archetype === null ? 'account.button.continue' : 'account.button.enter';
  return {
    label: text(key, { name: nameOf(character) }),
    action: 'lobby.enter',
    value: character.character_id,
    style: 'primary',
  };
}

function logoutButton(character: Character): AccountButton {
  return {
    label: text('account.button.logout', { name: nameOf(character) }),
    action: 'lobby.logout',
  };
}

function deleteButton(character: Character): AccountButton {
  return {
    label: text('account.button.delete', { name: nameOf(character) }),
    action: 'lobby.delete',
    value: character.character_id,
  };
}
