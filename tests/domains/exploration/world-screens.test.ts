import { describe, expect, test } from 'vitest';
import { renderScreen } from '../../../bot/screen-renderer.ts';
import { Translator } from '../../../bot/translator.ts';
import { mapScreen } from '../../../domains/exploration/map-screen.ts';
import { doneLines } from '../../../domains/exploration/world-lines.ts';
import { worldScreen } from '../../../domains/exploration/world-screens.ts';
import { worldView } from '../../../domains/exploration/world-view.ts';
import { monsterIds } from '../../../resources/numbers/monsters.ts';
import { materialIds, placeIds } from '../../../resources/numbers/places.ts';
import { languages } from '../../../resources/texts/index.ts';
import { earningsOf } from '../../support/earnings.ts';
import { packAction } from '../../support/shipped-codec.ts';

const vitals = {
  hp: { cur: 78, max: 108 },
  mp: { cur: 38, max: 38 },
  stamina: { cur: 100, max: 112 },
};
const NOW_MS = 1_000_000;
const earned = earningsOf();

function viewAt(
  location: (typeof placeIds)[number],
  travel: Partial<(typeof earned)['journey']['travel']> = {},
) {
  const stacks = Object.fromEntries(materialIds.map((material) => [material, 999]));
  const journey = {
    ...earned.journey,
    version: 1_048_576,
    level: 10,
    travel: { ...earned.journey.travel, location, energyAtMs: NOW_MS, energy: 3, ...travel },
  };
  return worldView({ ...earned, journey, stacks }, vitals, NOW_MS);
}

const encounter = { id: 'e1', monster: 'wolf', noticed: true, examined: false, atMs: 0 } as const;

/** The keys of a screen, row by row, without their values. */
function keysOf({ buttons }: ReturnType<typeof worldScreen>): string[][] {
  return buttons.map((row) => row.map(({ action }) => action));
}

describe.each(languages)('every screen of the world in %s', (language) => {
  const translator = new Translator(language, { clientTime: false });
  const render = (screen: ReturnType<typeof worldScreen>) =>
    renderScreen(screen, { translator, pack: packAction });

  test.each(placeIds)('fits a phone at %s', (id) => {
    const { html, keyboard } = render(worldScreen(viewAt(id)));
    expect(html.length).toBeLessThan(900);
    expect(keyboard.inline_keyboard.length).toBeLessThanOrEqual(8);
  });

  test.each(monsterIds)('names %s', (monster) => {
    const view = viewAt('birch_wood', { encounter: { ...encounter, monster } });
    expect(render(worldScreen(view)).html).toMatch(/^⚠️ <b>.+<\/b> · /u);
  });

  test('fits a message with the whole map', () => {
    const view = { ...viewAt('titan_stair'), seen: placeIds };
    expect(render(mapScreen(view, false)).html.length).toBeLessThan(1500);
  });
});

describe('the screen of a place', () => {
  test('offers the arena where it is safe, and nothing of the wild', () => {
    const keys = keysOf(worldScreen(viewAt('start_village'))).flat();
    expect(keys).toContain('home');
    expect(keys).not.toContain('world.search');
  });

  test('offers a search in the wild, and no arena', () => {
    const keys = keysOf(worldScreen(viewAt('birch_wood'))).flat();
    expect(keys).toContain('world.search');
    expect(keys).toContain('world.gather');
    expect(keys).not.toContain('home');
  });

  test('with a monster that was noticed offers a fight, a way around and a closer look', () => {
    const view = viewAt('birch_wood', { encounter });
    expect(keysOf(worldScreen(view))).toEqual([['world.fight'], ['world.avoid', 'world.examine']]);
  });

  test('with an ambush offers a fight and a run, and no time to look', () => {
    const view = viewAt('birch_wood', {
      encounter: { ...encounter, noticed: false },
    });
    expect(keysOf(worldScreen(view))).toEqual([['world.fight'], ['world.run']]);
  });
});

test('a step says what it has done', () => {
  const view = viewAt('birch_wood');
  const keysFor = (event: Parameters<typeof doneLines>[0]['event']) =>
    doneLines({ event, newLevel: null, newSkills: [] }, view).map(({ key }) => key);
  expect(keysFor({ kind: 'searched' })).toEqual(['world.done.nothing']);
  expect(keysFor({ kind: 'moved', from: 'start_village', xp: 4 })).toEqual([
    'world.done.discovered',
  ]);
  expect(keysFor({ kind: 'gathered', materials: { herb: 2 } })).toEqual(['world.done.gathered']);
  expect(keysFor({ kind: 'gathered', materials: {} })).toEqual(['world.done.nothing']);
  expect(keysFor({ kind: 'healed', gold: 0 })).toEqual(['world.done.healed_free']);
  const met = viewAt('birch_wood', { encounter });
  expect(doneLines({ event: { kind: 'searched' }, newLevel: 2, newSkills: [] }, met)).toEqual([
    { key: 'battle.result.level', args: { level: 2 } },
  ]);
});
