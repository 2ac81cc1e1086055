import fc from 'fast-check';
import { parseHtml } from 'telegram-sandbox/testing';
import { describe, expect, test } from 'vitest';
import { renderScreen } from '../../../bot/screen-renderer.ts';
import { Translator } from '../../../bot/translator.ts';
import { archetypes, genders } from '../../../domains/account/account-context.ts';
import { bestScreen, giveUpScreen, plainScreen } from '../../../domains/inventory/bag-questions.ts';
import {
  type BagFacts,
  bagScreen,
  itemScreen,
  listedItems,
} from '../../../domains/inventory/bag-screens.ts';
import { type Item, slotFor, slots } from '../../../domains/inventory/item.ts';
import { shopScreen } from '../../../domains/inventory/shop-screen.ts';
import { BAG_SIZE, CHEST_SIZE, ITEMS_ON_A_PAGE } from '../../../resources/numbers/items.ts';
import { languages } from '../../../resources/texts/index.ts';
import { text } from '../../../domains/core/text.ts';
import { anyItem, itemOf, openBag } from '../../support/items.ts';
import { packAction } from '../../support/shipped-codec.ts';

const NOW = Date.UTC(2026, 0, 1, 22);
const factsOf = (items: readonly Item[], change: Partial<BagFacts> = {}): BagFacts => ({
  ...openBag(items),
  gender: 'female',
  done: null,
  ...change,
});
const worn = (item: Item): Item => ({ ...item, place: 'worn', slot: slotFor(item) });

/** As many items as bag, chest and slots can hold, at most. */
const anyBelongings = fc
  .array(anyItem, { minLength: 0, maxLength: 110, size: 'max' })
  .map((items) => {
    const free = { bag: BAG_SIZE, chest: CHEST_SIZE };
    const taken = new Set<string>();
    return items.flatMap((item, index): Item[] => {
      const one = { ...item, id: 1_000_000_000_000 + index };
      if (item.place !== 'worn') {
        free[item.place] -= 1;
        return free[item.place] < 0 ? [] : [one];
      }
      if (taken.has(slotFor(item))) return [];
      taken.add(slotFor(item));
      return [worn(one)];
    });
  });
const anyFacts: fc.Arbitrary<BagFacts> = fc.record({
  charId: fc.integer({ min: 1, max: 1_000_000 }),
  version: fc.constant(9_999_999),
  archetype: fc.constantFrom(...archetypes, null),
  gender: fc.constantFrom(...genders, null),
  gold: fc.integer({ min: 0, max: 99_999 }),
  scrap: fc.integer({ min: 0, max: 99_999 }),
  items: anyBelongings,
  purchases: fc.subarray(['2026-01-01:0', '2026-01-01:3', '2026-01-01:5']),
  view: fc.record({
    filter: fc.constantFrom('bag' as const, 'chest' as const),
    page: fc.integer({ min: 0, max: 9 }),
  }),
  done: fc.constant(text('bag.done.best')),
});

function* screensOf(facts: BagFacts) {
  yield bagScreen(facts);
  yield shopScreen(facts, NOW);
  yield bestScreen(facts);
  yield plainScreen(facts);
  for (const { id } of facts.items.slice(0, 5)) {
    yield itemScreen(facts, id);
    yield giveUpScreen(facts, id, 'salvage');
  }
}

describe.each(languages)('every screen in %s', (language) => {
  const translator = new Translator(language, { clientTime: true });

  test('fits a phone: at most 8 rows of 4 keys, 900 signs, and 64 bytes behind a key', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        for (const screen of screensOf(facts)) {
          if (screen === null) continue;
          const { html, keyboard } = renderScreen(screen, { translator, pack: packAction });
          const shown = parseHtml(html).text;
          expect({ shown, isShort: shown.length <= 900 }).toEqual({ shown, isShort: true });
          const rows = keyboard.inline_keyboard;
          expect(rows.length).toBeLessThanOrEqual(8);
          for (const row of rows) {
            expect(row.length).toBeGreaterThan(0);
            expect(row.length).toBeLessThanOrEqual(4);
            for (const { text: label } of row)
              expect(Array.from(label).length).toBeLessThanOrEqual(row.length === 1 ? 36 : 24);
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('the bag', () => {
  test('lists every item once over its pages, the worn ones first', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const listed = listedItems(facts);
        const shown = Array.from(
          { length: Math.ceil(listed.length / ITEMS_ON_A_PAGE) },
          (_, page) =>
            bagScreen({ ...facts, view: { ...facts.view, page } })
              .buttons.flat()
              .flatMap((button) => (button.action === 'bag.item' ? [button.value] : [])),
        );
        expect(shown.flat()).toEqual(listed.map(({ id }) => id));
        const isWorn = listed.map(({ place }) => place === 'worn');
        expect(isWorn).toEqual(isWorn.toSorted((one, other) => Number(other) - Number(one)));
        const { filter } = facts.view;
        const mine = facts.items.filter(
          ({ place }) => (place === 'chest') === (filter === 'chest'),
        );
        expect(listed).toHaveLength(mine.length);
      }),
      { numRuns: 60 },
    );
  });

  test('of nothing says where gear comes from, and has a line for every slot', () => {
    const keys = bagScreen(factsOf([])).body.map((line) => line?.key ?? null);
    expect(keys).toContain('bag.empty');
    expect(keys.filter((key) => key === 'bag.worn.line')).toHaveLength(slots.length);
  });
});

describe('the card of an item', () => {
  const english = new Translator('en', { clientTime: false });
  const russian = new Translator('ru', { clientTime: false });
  const axe = worn(itemOf('1 might_weapon common'));
  const sword = itemOf('2 might_weapon rare bear');
  const staff = itemOf('3 lore_weapon fine owl');
  const linesOf = (item: Item, change: Partial<BagFacts> = {}, translator = english) => {
    const card = itemScreen(factsOf([axe, sword, staff], change), item.id);
    return [card?.title ?? null, ...(card?.body ?? [])].map((line) =>
      line === null ? '' : translator.html(line),
    );
  };

  test('has the bonus, the score, the difference to what is worn, and a word for the archetype', () => {
    expect(linesOf(sword)).toEqual([
      '<b>🔷 Axe of the bear</b>',
      'Weapon · rare · ⚙️ +5',
      'Gives 💪+2 🫀+1',
      '',
      'Worn now: Axe. The difference: 💪+1 🫀+1',
      '▲ <b>Better</b> for a warrior',
    ]);
    expect(linesOf(staff)).toContain('Worn now: Axe. The difference: 💪−1 🧠+2');
    expect(linesOf(staff)).toContain('▼ <b>Worse</b> for a warrior');
    expect(linesOf(staff, { archetype: 'mystic' })).toContain('▲ <b>Better</b> for a mystic');
    expect(linesOf(sword, {}, russian)).toEqual([
      '<b>🔷 Секира медведя</b>',
      'Оружие · редкая вещь · ⚙️ +5',
      'Даёт 💪+2 🫀+1',
      '',
      'Сейчас надето: Секира. Разница: 💪+1 🫀+1',
      '▲ <b>Лучше</b> для воительницы',
    ]);
  });

  test('that is worn is compared with nothing, and cannot be given up', () => {
    expect(linesOf(axe).slice(3)).toEqual(['', '✅ You wear it now.']);
    const actions = itemScreen(factsOf([axe]), 1)
      ?.buttons.flat()
      .map(({ action }) => action);
    expect(actions).toEqual(['bag.take_off', 'bag.lock', 'bag.page']);
  });

  test('whose item is gone is none', () => {
    expect(itemScreen(factsOf([axe]), 7)).toBeNull();
  });
});
