import { describe, expect, test } from 'vitest';
import { packAction, unpackAction } from '../../support/shipped-codec.ts';
import { renderScreen } from '../../../bot/screen-renderer.ts';
import { Translator } from '../../../bot/translator.ts';
import { archetypes } from '../../../domains/account/account-context.ts';
import {
  type AccountPayload,
  deleteScreen,
  helpScreen,
  languageScreen,
  lobbyScreen,
  manageScreen,
} from '../../../domains/account/account-screens.ts';
import type { Character } from '../../../domains/account/character.ts';
import { nameProblems } from '../../../domains/account/name-rules.ts';
import { onboardingScreen } from '../../../domains/account/onboarding-screens.ts';
import { text } from '../../../domains/core/text.ts';
import { languages } from '../../../resources/texts/index.ts';

function character(id: number, change: Partial<Character> = {}): Character {
  return {
    character_id: id,
    user_id: 7,
    name: `Bobby ${'Абвг'.charAt(id % 4)}`,
    gender: 'male',
    archetype: archetypes[id % archetypes.length] ?? 'warrior',
    location_id: 'start_village',
    vitals_snapshot: null,
    created_at: '2026-01-01T00:00:00.000Z',
    ...change,
  };
}

const shell = character(999_999_999_999_999, { name: null, gender: null, archetype: null });
const unnamed = { name: null, gender: null, created_at: null, archetype: null };
const named = { ...unnamed, name: 'x'.repeat(16) };
const finished = { ...named, gender: 'female' as const, archetype: 'mystic' as const };

const screens: Readonly<Record<string, AccountPayload>> = {
  'the lobby of a new user': lobbyScreen([]),
  'a welcome by Telegram’s first word': lobbyScreen([], 'x'.repeat(16)),
  'a lobby': lobbyScreen([shell, character(1)]),
  'a full lobby': lobbyScreen([1, 2, 3, 4].map((id) => character(id))),
  'the characters to manage': manageScreen([character(1), shell], 1),
  'deleting a character': deleteScreen(character(1)),
  'deleting a shell': deleteScreen(shell),
  'the first name': onboardingScreen({ step: 'name', bio: unnamed, offered: 'x'.repeat(16) }),
  'another name': onboardingScreen({ step: 'name', bio: named }),
  'a taken name': onboardingScreen({
    step: 'name',
    bio: unnamed,
    problem: text('account.name.taken', { name: 'Bob' }),
  }),
  ...Object.fromEntries(
    nameProblems.map((problem) => [
      `a name that is ${problem}`,
      onboardingScreen({
        step: 'name',
        bio: unnamed,
        problem: text(`account.name.problem.${problem}`),
      }),
    ]),
  ),
  'the gender': onboardingScreen({ step: 'gender', bio: named }),
  'the archetype': onboardingScreen({ step: 'archetype', bio: { ...named, gender: 'female' } }),
  ...Object.fromEntries(
    archetypes.map((archetype) => [
      `the confirmation of a ${archetype}`,
      onboardingScreen({ step: 'confirm', bio: { ...finished, archetype } }),
    ]),
  ),
  help: helpScreen(3),
  'the languages': languageScreen('ru'),
};

describe.each(Object.entries(screens))('%s', (_name, payload) => {
  test.each(languages)('can be sent in %s', (language) => {
    const translator = new Translator(language, { clientTime: false });
    const { html, keyboard } = renderScreen(payload, { translator, pack: packAction });
    expect(html).not.toMatch(/\{|\}|undefined|null|NaN/);
    expect(Array.from(html).length).toBeLessThan(4096);
    const labels = keyboard.inline_keyboard.flat().map((button) => button.text);
    expect(labels.filter((label) => label.trim() === '' || /[<{]/.test(label))).toEqual([]);
    expect(Math.max(...keyboard.inline_keyboard.map((row) => row.length))).toBeLessThanOrEqual(3);
  });

  test('every button survives packing and unpacking', () => {
    for (const button of payload.buttons.flat()) {
      const unpacked = unpackAction(packAction(button));
      expect(button).toMatchObject(unpacked ?? { action: 'lost in packing' });
    }
  });
});

describe('the first button', () => {
  test.each([
    ['the lobby of a new user', 'lobby.new'],
    ['a lobby', 'lobby.enter'],
    ['a full lobby', 'lobby.enter'],
    ['a welcome by Telegram’s first word', 'quick_start'],
    ['the first name', 'quick_start'],
    ['another name', 'onboarding.continue'],
    ['the characters to manage', 'lobby'],
    ['the gender', 'onboarding.gender'],
    ['the archetype', 'onboarding.archetype'],
    ['the confirmation of a warrior', 'onboarding.confirm'],
    ['help', 'home'],
    ['the languages', 'language.set'],
  ])('of %s is %s', (name, action) => {
    expect(screens[name]?.buttons[0]?.[0]?.action).toBe(action);
  });

  test('of the delete screen does not delete', () => {
    expect(screens['deleting a character']?.buttons[0]?.[0]?.action).toBe('lobby');
  });
});

describe('the lobby', () => {
  const actionsIn = (payload: AccountPayload) =>
    payload.buttons.flat().map((button) => button.action);

  test('offers a new character up to four, unless one is unfinished', () => {
    const lobbies = [0, 1, 3, 4].map((count) =>
      lobbyScreen(Array.from({ length: count }, (_, index) => character(index + 1))),
    );
    const unfinished = character(9, { name: 'Kate', archetype: null });
    const offers = [...lobbies, lobbyScreen([character(1), unfinished])].map((lobby) =>
      actionsIn(lobby).includes('lobby.new'),
    );
    expect(offers).toEqual([true, true, true, false, false]);
  });

  test('has the strongest button for the first finished character, and none to delete or leave', () => {
    const lobby = lobbyScreen([shell, character(1), character(2)]);
    expect(lobby.buttons[0]).toMatchObject([{ action: 'lobby.enter', value: 1, style: 'success' }]);
    const styles = lobby.buttons.flat().map(({ style }) => style);
    expect(styles.filter((style) => style === 'success')).toHaveLength(1);
    const actions = actionsIn(lobby);
    expect(actions).toContain('lobby.manage');
    expect(actions).not.toContain('lobby.delete');
    expect(actions).not.toContain('lobby.logout');
  });

  test('has deleting, and leaving the active character, behind "Manage"', () => {
    const managed = (activeId: number | null) =>
      actionsIn(manageScreen([character(1), character(2)], activeId));
    expect(managed(null)).toEqual(['lobby', 'lobby.delete', 'lobby.delete']);
    expect(managed(1)).toEqual(['lobby', 'lobby.logout', 'lobby.delete', 'lobby.delete']);
    expect(managed(99)).not.toContain('lobby.logout');
  });

  test('shows the GearScore of each character', () => {
    const [, line] = lobbyScreen([character(4)]).body;
    expect(line).toMatchObject({
      key: 'account.lobby.character',
      args: { gs: expect.any(Number) as number },
    });
  });
});

test.each(languages)(
  'languageScreen lists the current language first and marks it: %s',
  (language) => {
    const [first] = languageScreen(language).buttons[0] ?? [];
    expect(first).toMatchObject({ value: language, label: { key: 'account.button.chosen' } });
  },
);

test('only the name screens ask for a typed name', () => {
  const asking = Object.entries(screens).filter(([, payload]) => payload.asks === 'name');
  expect(asking.map(([name]) => name)).toEqual(
    Object.keys(screens).filter((name) => / name/.test(name)),
  );
});

test('the confirmation throws before everything is answered', () => {
  expect(() => onboardingScreen({ step: 'confirm', bio: named })).toThrow('gender');
});
