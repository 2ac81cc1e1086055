import { type Text, type TextKey, genderArg, text } from '../core/text.ts';
import type { Button, UiPayload } from '../core/ui-payload.ts';
import { type Language, languages } from '../../resources/texts/index.ts';
import type { AccountAction } from './account-action.ts';
import type { Archetype, Gender } from './account-context.ts';
import { type Character, isShell } from './character.ts';
import { characterSheet } from './character-sheet.ts';
import { MAX_CHARACTERS } from '../../resources/numbers/account.ts';

export type AccountPayload = UiPayload<AccountAction>;
type AccountButton = Button<AccountAction>;

/** A user's characters; `offered`: the name that a user without any may take with one tap. */
export function lobbyScreen(
  characters: readonly Character[],
  offered: string | null = null,
): AccountPayload {
  if (characters.length === 0) return welcomeScreen(offered);
  const [count, limit] = [characters.length, MAX_CHARACTERS];
  const isNewPossible = count < limit && !characters.some(isShell);
  const finishedFirst = characters.toSorted((a, b) => Number(isShell(a)) - Number(isShell(b)));
  return {
    screen: 'lobby',
    title: text('account.lobby.title'),
    body: [text('account.lobby.body', { count, limit }), ...characters.map(characterLine)],
    buttons: [
      ...finishedFirst.map((one, index) => [enterButton(one, index === 0)]),
      [
        ...(isNewPossible ? [button('account.button.new', { action: 'lobby.new' })] : []),
        button('account.button.manage', { action: 'lobby.manage' }),
      ],
      guideButtons,
    ],
  };
}

const guideButtons: readonly AccountButton[] = [
  button('account.button.help', { action: 'help' }),
  button('account.button.language', { action: 'language' }),
];

function welcomeScreen(offered: string | null): AccountPayload {
  return {
    screen: 'lobby',
    title: text('account.welcome.title'),
    body: [
      text('account.welcome.body'),
      ...(offered === null ? [] : [null, text('account.welcome.name')]),
    ],
    buttons: [...newButtons(offered), guideButtons],
  };
}

function newButtons(name: string | null): AccountButton[][] {
  const create = { action: 'lobby.new' } as const;
  if (name === null) return [[button('account.button.new', { ...create, style: 'success' })]];
  return [[callMeButton(name)], [button('account.button.another_name', create)]];
}

export function callMeButton(name: string): AccountButton {
  return button('account.button.call_me', { action: 'quick_start', style: 'success' }, { name });
}

/** What is seldom done with characters; `activeId` is the one that the user plays, null: none. */
export function manageScreen(
  characters: readonly Character[],
  activeId: number | null,
): AccountPayload {
  return {
    screen: 'manage',
    title: text('account.manage.title'),
    body: [...characters.map(characterLine), null, text('account.manage.body')],
    buttons: [
      [button('account.button.lobby', { action: 'lobby', style: 'primary' })],
      ...characters
        .filter((one) => one.character_id === activeId)
        .map((one) => [logoutButton(one)]),
      ...characters.map((one) => [deleteButton(one)]),
    ],
  };
}

export function deleteScreen(character: Character): AccountPayload {
  const value = character.character_id;
  return {
    screen: 'delete',
    title: text('account.delete.title', { name: nameOf(character) }),
    body: [text('account.delete.body', { gender: genderArg(character.gender) })],
    buttons: [
      [button('account.delete.no', { action: 'lobby', style: 'primary' })],
      [button('account.delete.yes', { action: 'lobby.delete_confirmed', value, style: 'danger' })],
    ],
  };
}

export function helpScreen(
  maxIdleTurns: number,
  more: readonly (Text | null)[] = [],
): AccountPayload {
  const paragraphs = [
    text('account.help.turn'),
    text('account.help.guard'),
    text('account.help.techniques'),
    text('account.help.clock', { count: maxIdleTurns }),
    text('account.help.shadow'),
  ];
  return {
    screen: 'help',
    title: text('account.help.title'),
    body: [
      ...paragraphs.flatMap((one) => [one, null]),
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

/** Whether the user sees the emotes of opponents, and the key that changes it. */
export function emotesScreen(isMuted: boolean): AccountPayload {
  return {
    screen: 'emotes',
    title: text('account.emotes.title'),
    body: [text(isMuted ? 'account.emotes.muted' : 'account.emotes.shown')],
    buttons: [
      [
        isMuted
          ? button('account.button.unmute', { action: 'emotes.unmute' })
          : button('account.button.mute', { action: 'emotes.mute' }),
      ],
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

export function archetypeName(archetype: Archetype, gender: Gender | null): Text {
  return text(`account.archetype.${archetype}.name`, { gender: genderArg(gender) });
}

function characterLine(character: Character): Text {
  const { archetype, gender } = character;
  if (archetype === null) return text('account.lobby.shell', { name: nameOf(character) });
  return text('account.lobby.character', {
    name: nameOf(character),
    archetype: archetypeName(archetype, gender),
    gs: characterSheet(character).gs,
  });
}

function enterButton(character: Character, isFirst: boolean): AccountButton {
  const { character_id: value } = character;
  const key = isShell(character) ? 'account.button.continue' : 'account.button.enter';
  const style = isFirst ? 'success' : 'primary';
  return button(key, { action: 'lobby.enter', value, style }, { name: nameOf(character) });
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
