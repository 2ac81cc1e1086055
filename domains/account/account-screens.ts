import { type Text, type TextKey, text } from '../core/text.ts';
import type { Button, UiPayload } from '../core/ui-payload.ts';
import { type Language, languages } from '../../resources/texts/index.ts';
import type { AccountAction } from './account-action.ts';
import type { Character } from './character.ts';
import { characterSheet } from './character-sheet.ts';
import { MAX_CHARACTERS } from '../../resources/numbers/account.ts';

export type AccountPayload = UiPayload<AccountAction>;
type AccountButton = Button<AccountAction>;

/** A user's characters; `activeId` is the one that gets a logout button, null: none. */
export function lobbyScreen(
  characters: readonly Character[],
  activeId: number | null,
): AccountPayload {
  const [count, limit] = [characters.length, MAX_CHARACTERS];
  const create = button('account.button.new', { action: 'lobby.new', style: 'success' });
  return {
    screen: 'lobby',
    title: text('account.lobby.title'),
    body: [
      count === 0 ? text('account.lobby.empty') : text('account.lobby.body', { count, limit }),
      ...characters.map(characterLine),
    ],
    buttons: [
      ...characters.map((one) => [enterButton(one), deleteButton(one)]),
      ...(count < limit ? [[create]] : []),
      [
        button('account.button.help', { action: 'help' }),
        button('account.button.language', { action: 'language' }),
      ],
      ...characters
        .filter((one) => one.character_id === activeId)
        .map((one) => [logoutButton(one)]),
    ],
  };
}

export function deleteScreen(character: Character): AccountPayload {
  const value = character.character_id;
  return {
    screen: 'delete',
    title: text('account.delete.title', { name: nameOf(character) }),
    body: [text('account.delete.body')],
    buttons: [
      [button('account.delete.no', { action: 'lobby', style: 'primary' })],
      [button('account.delete.yes', { action: 'lobby.delete_confirmed', value, style: 'danger' })],
    ],
  };
}

export function helpScreen(more: readonly (Text | null)[] = []): AccountPayload {
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
      ...(more.length === 0 ? [] : [...more, null]),
      text('account.help.commands'),
    ],
    buttons: [[button('account.button.home', { action: 'home' })]],
  };
}

export function languageScreen(current: Language): AccountPayload {
  return {
    screen: 'language',
    title: text('account.language.title'),
    body: [],
    buttons: [
      [current, ...languages.filter((one) => one !== current)].map((language) => ({
        label: languageLabel(language, language === current),
        action: 'language.set' as const,
        value: language,
      })),
      [button('account.button.home', { action: 'home' })],
    ],
  };
}

function languageLabel(language: Language, isCurrent: boolean): Text {
  const label = text(`account.language.${language}`);
  return isCurrent ? text('account.button.chosen', { label }) : label;
}

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
  const { archetype, character_id: value } = character;
  const key = archetype === null ? 'account.button.continue' : 'account.button.enter';
  const enter = { action: 'lobby.enter', value, style: 'primary' } as const;
  return button(key, enter, { name: nameOf(character) });
}

function logoutButton(character: Character): AccountButton {
  return button('account.button.logout', { action: 'lobby.logout' }, { name: nameOf(character) });
}

function deleteButton(character: Character): AccountButton {
  const remove = { action: 'lobby.delete', value: character.character_id } as const;
  return button('account.button.delete', remove, { name: nameOf(character) });
}

export function button(
  key: TextKey,
  action: AccountAction & Pick<AccountButton, 'style'>,
  args?: Text['args'],
): AccountButton {
  return { label: text(key, args), ...action };
}
