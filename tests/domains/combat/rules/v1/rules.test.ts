import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import {
  type Battle,
  type FighterSheet,
  type Move,
  type Side,
  fighterSheetSchema,
  guards,
  zones,
} from '../../../../../domains/combat/battle.ts';
import { resolveExchange, startBattle } from '../../../../../domains/combat/rules/v1/engine.ts';
import { legalTechniques } from '../../../../../domains/combat/rules/v1/legal-moves.ts';
import { techniqueIds } from '../../../../../resources/numbers/techniques.ts';

/**
 * What battles of rules 1 came to when the rules were made. If this fails, stored battles would no
 * longer replay: give changed numbers or formulas a new version of the rules, and leave these be.
 */
const RULES_1: Readonly<Record<string, string>> = {
  'warrior-duelist': '47ff86e76f28760e',
  'guardian-mystic': 'ec96c8f9710db3fc',
  'mystic-warrior': '861c44bd9e133700',
  'duelist-guardian': '2ffc233a64ff2bca',
};

test.each(Object.entries(RULES_1))(
  'rules 1 resolve %s as recorded when they were made',
  (pair, digest) => {
    const [one = '', other = ''] = pair.split('-');
    const facts = Array.from({ length: 40 }, (_, n) => {
      const seed = createHash('sha256').update(`${pair} ${n}`).digest('hex').slice(0, 32);
      return factsOf(startBattle(seed, [sheetOf(one), sheetOf(other)]));
    });
    expect(createHash('sha256').update(facts.join()).digest('hex').slice(0, 16)).toBe(digest);
  },
);

test('the rules use only arithmetic that is exact on every machine', () => {
  const folder = new URL('../../../../../domains/combat/', import.meta.url);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const sources = files.filter((file) => file.endsWith('.ts'));
  const inexact = /Math\.(?!round|floor|ceil|min|max|abs|imul)\w+|\w \*\* \w|toLocale|Intl/;
  const wrong = sources.filter((file) => inexact.test(readFileSync(new URL(file, folder), 'utf8')));
  expect(sources.length).toBeGreaterThan(15);
  expect(wrong).toEqual([]);
});

/** Fixed fighters: new characters may change while the rules stay. */
const points: Readonly<Record<string, readonly number[]>> = {
  warrior: [12, 7, 10, 5, 6, 9, 8, 8, 7],
  duelist: [7, 13, 8, 6, 5, 8, 11, 6, 9],
  guardian: [11, 6, 11, 7, 7, 10, 8, 9, 4],
  mystic: [4, 8, 7, 13, 11, 7, 9, 7, 6],
};

function sheetOf(archetype: string): FighterSheet {
  const [strength, agility, endurance, intelligence, wisdom, men, perception, charisma, luck] =
    points[archetype] ?? [];
  const vital = (max: number) => ({ cur: max, max });
  return fighterSheetSchema.parse({
    archetype,
    attributes: {
      strength,
      agility,
      endurance,
      intelligence,
      wisdom,
      men,
      perception,
      charisma,
      luck,
    },
    stats: { hp: vital(101), mp: vital(53), stamina: vital(97) },
    techniques: techniqueIds,
  });
}

/** A battle whose moves cycle through all options; the recorded text has a fixed order. */
function factsOf(start: Battle): string {
  let battle = start;
  const lines: string[] = [];
  while (battle.outcome === null) {
    const { battle: after, events } = resolveExchange(battle, [
      plannedMove(battle, 0),
      plannedMove(battle, 1),
    ]);
    lines.push(...events.map(inOrder));
    battle = after;
  }
  return `${lines.join()} ${inOrder(battle.fighters[0].stats)} ${inOrder(battle.fighters[1].stats)}`;
}

function plannedMove(battle: Battle, side: Side): Move {
  const step = battle.turn * 7 + side * 3 + Number.parseInt(battle.seed.slice(0, 6), 16);
  const techniques = [null, ...legalTechniques(battle, side)];
  return {
    strike: zones[step % zones.length] ?? 'head',
    guard: guards[(step >> 2) % guards.length] ?? 'head-chest',
    technique: techniques[(step >> 1) % techniques.length] ?? null,
  };
}

function inOrder(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
