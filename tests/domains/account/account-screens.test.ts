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
const nobody = { name: null, gender: null, created_at: null, archetype: null };
const named = { ...nobody, name: 'x'.repeat(16) };
const finished = { ...named, gender: 'female' as const, archetype: 'mystic' as const };

const screens: Readonly<Record<string, AccountPayload>> = {
  'the lobby of a stranger': lobbyScreen([], null),
  'a lobby': lobbyScreen([character(1), shell], 1),
  'a full lobby': lobbyScreen(
    [1, 2, 3, 4].map((id) => character(id)),
    3,
  ),
  'deleting a character': deleteScreen(character(1)),
  'deleting a shell': deleteScreen(shell),
  'the first name': onboardingScreen('name', nobody),
  'another name': onboardingScreen('name', named),
  'a taken name': onboardingScreen('name', nobody, text('account.name.taken', { name: 'Bob' })),
  ...Object.fromEntries(
    nameProblems.map((problem) => [
      `a name that is ${problem}`,
      onboardingScreen('name', nobody, text(`account.name.problem.${problem}`)),
    ]),
  ),
  'the gender': onboardingScreen('gender', named),
  'the archetype': onboardingScreen('archetype', { ...named, gender: 'female' }),
  ...Object.fromEntries(
    archetypes.map((archetype) => [
      `the last look at a ${archetype}`,
      onboardingScreen('confirm', { ...finished, archetype }),
    ]),
  ),
  help: helpScreen(),
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

  test('every button survives the way through Telegram', () => {
    for (const button of payload.buttons.flat()) {
      const unpacked = unpackAction(packAction(button));
      expect(button).toMatchObject(unpacked ?? { action: 'lost on the way' });
    }
  });
});

describe('the first button leads on', () => {
  test.each([
    ['the lobby of a stranger', 'lobby.new'],
    ['a lobby', 'lobby.enter'],
    ['a full lobby', 'lobby.enter'],
    ['another name', 'home'],
    ['the gender', 'onboarding.gender'],
    ['the archetype', 'onboarding.archetype'],
    ['the last look at a warrior', 'onboarding.confirm'],
    ['help', 'home'],
    ['the languages', 'language.set'],
  ])('in %s it is %s', (name, action) => {
    expect(screens[name]?.buttons[0]?.[0]?.action).toBe(action);
  });

  test('deleting is never the first', () => {
    expect(screens['deleting a character']?.buttons[0]?.[0]?.action).toBe('lobby');
  });
});

describe('the lobby', () => {
  test('offers another character until there are four', () => {
    const offers = [0, 1, 3, 4].map((count) =>
      lobbyScreen(
        Array.from({ length: count }, (_, index) => character(index + 1)),
        null,
      )
        .buttons.flat()
        .some((button) => button.action === 'lobby.new'),
    );
    expect(offers).toEqual([true, true, true, false]);
  });

  test('lets rest only who is played', () => {
    const outOf = (activeId: number | null) =>
      lobbyScreen([character(1), character(2)], activeId)
        .buttons.flat()
        .filter((button) => button.action === 'lobby.logout').length;
    expect([outOf(null), outOf(1), outOf(99)]).toEqual([0, 1, 0]);
  });

  test('shows what each is worth', () => {
    const [, line] = lobbyScreen([character(4)], null).body;
    expect(line).toMatchObject({
      key: 'account.lobby.character',
      args: { gs: expect.any(Number) as number },
    });
  });
});

test.each(languages)('the first of the languages is the present one: %s', (language) => {
  const [first] = languageScreen(language).buttons[0] ?? [];
  expect(first).toMatchObject({ value: language, label: { key: 'account.button.chosen' } });
});

test('a name is asked for in words only where it is typed', () => {
  const asking = Object.entries(screens).filter(([, payload]) => payload.asks === 'name');
  expect(asking.map(([name]) => name)).toEqual(
    Object.keys(screens).filter((name) => / name/.test(name)),
  );
});

test('there is nothing to confirm before everything is known', () => {
  expect(() => onboardingScreen('confirm', named)).toThrow('gender');
});
