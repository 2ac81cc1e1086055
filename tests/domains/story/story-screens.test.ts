import { describe, expect, test } from 'vitest';
import { renderScreen } from '../../../bot/screen-renderer.ts';
import { Translator } from '../../../bot/translator.ts';
import type { StorySession } from '../../../domains/inventory/story-session.ts';
import { newHero } from '../../../domains/scenario/graph.ts';
import { type ScenarioKey, scenarioKeys, scenarios } from '../../../domains/scenario/scenarios.ts';
import { begin } from '../../../domains/scenario/session.ts';
import { ownPointsScreen, raiseFrom } from '../../../domains/story/own-points-screen.ts';
import { chanceWord } from '../../../domains/story/story-lines.ts';
import type { StoryView } from '../../../domains/story/story-reply.ts';
import { type StoryPayload, storyScreen } from '../../../domains/story/story-screens.ts';
import { languages } from '../../../resources/texts/index.ts';
import { packAction } from '../../support/shipped-codec.ts';

const reader = { name: 'X'.repeat(16), gender: 'female' } as const;
const hero = newHero('warrior', 4);

function viewAt(key: ScenarioKey, node: string, change: Partial<StorySession> = {}): StoryView {
  const scenario = scenarios[key];
  const { session } = begin(scenario, { run: 1, seed: 'x' });
  return { key, scenario, hero, session: { ...session, node, seq: 1_048_576, ...change } };
}

const points = viewAt('prologue', 'end', { waits: { for: 'points', points: 6 } });
const nodes = scenarioKeys.flatMap((key) =>
  Object.keys(scenarios[key].nodes).map((node) => [key, node] as const),
);

function keysOf({ buttons }: StoryPayload): string[][] {
  return buttons.map((row) => row.map(({ action }) => action));
}

describe.each(languages)('every screen of a story in %s', (language) => {
  const translator = new Translator(language, { clientTime: false });
  const render = (screen: StoryPayload) => renderScreen(screen, { translator, pack: packAction });

  test.each(nodes)('fits a phone in %s at %s', (key, node) => {
    const { html, keyboard } = render(storyScreen(viewAt(key, node), reader));
    expect(html.length).toBeLessThan(900);
    expect(html).not.toMatch(/\{|\}/u);
    expect(keyboard.inline_keyboard.length).toBeLessThanOrEqual(6);
  });

  test('fits a phone with the own points', () => {
    const { keyboard } = render(ownPointsScreen(points, reader, '000000000'));
    expect(keyboard.inline_keyboard.map((row) => row.length)).toEqual([3, 3, 3, 1]);
  });
});

describe('the screen of a story', () => {
  test('offers the choices one a row, a break, and the arena where the story can be skipped', () => {
    expect(keysOf(storyScreen(viewAt('prologue', 'broken'), reader))).toEqual([
      ...Array.from({ length: 3 }, () => ['story.choose']),
      ['story.pause', 'story.skip'],
    ]);
    expect(keysOf(storyScreen(viewAt('mill', 'door'), reader)).at(-1)).toEqual(['story.pause']);
  });

  test('says how likely a check is', () => {
    const { body } = storyScreen(viewAt('prologue', 'guard'), reader);
    expect(body.filter((line) => line?.key === 'story.chance')).toHaveLength(4);
  });

  test('offers the fight that the story waits for', () => {
    const waits = { for: 'battle', choice: 0, id: 'storyabcdefghijkl' } as const;
    const screen = storyScreen(viewAt('prologue', 'fight', { waits }), reader);
    expect(keysOf(screen)).toEqual([['story.fight'], ['story.pause']]);
  });

  test('at the end offers the points, as proposed or as the player likes', () => {
    expect(keysOf(storyScreen(points, reader))).toEqual([['story.accept', 'story.points']]);
  });
});

test.each([
  [100, 'sure'],
  [60, 'likely'],
  [50, 'even'],
  [40, 'unlikely'],
  [15, 'hardly'],
])('a chance of %i percent reads %s', (percent, word) => {
  expect(chanceWord(percent).key).toBe(`story.chance.${word}`);
});

describe('the own points', () => {
  test('are carried as a digit for each attribute', () => {
    expect(raiseFrom('300000012')).toEqual({ strength: 3, charisma: 1, luck: 2 });
  });

  test('raise an attribute by a tap, by a half of them at most', () => {
    const { buttons } = ownPointsScreen(points, reader, '300000000');
    const values = buttons.flat().map((one) => ('value' in one ? one.value : null));
    expect(values.slice(0, 2)).toEqual([
      { seq: 1_048_576, given: '300000000' },
      { seq: 1_048_576, given: '310000000' },
    ]);
  });

  test('can be taken only when all are given', () => {
    const keys = (given: string) => keysOf(ownPointsScreen(points, reader, given)).flat();
    expect(keys('320000000')).not.toContain('story.raise');
    expect(keys('321000000')).toEqual(['story.points', 'story.raise']);
  });
});
