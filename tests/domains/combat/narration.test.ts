import { describe, expect, test } from 'vitest';
import { Translator } from '../../../bot/translator.ts';
import { archetypes } from '../../../domains/account/account-context.ts';
import type { BattleEvent, BlowEvent } from '../../../domains/combat/battle.ts';
import { playDuel } from '../../support/play-duel.ts';
import { forfeit, startBattle } from '../../../domains/combat/rules/v1/engine.ts';
import { narrate } from '../../../domains/combat/narration.ts';
import { shadowPolicy } from '../../../domains/combat/rules/v1/policy/shadow-policy.ts';
import { text } from '../../../domains/core/text.ts';
import { type Language, languages } from '../../../resources/texts/index.ts';
import { freshSheet, testSeed } from '../../support/combat-sheets.ts';

const names = ['Ann', 'Bob'] as const;

function say(event: BattleEvent, language: Language = 'en'): string {
  const spoken = new Translator(language, { clientTime: false }).plain(narrate(event, names));
  return spoken.replaceAll(/<\/?b>/g, '');
}

const blow: BlowEvent = {
  kind: 'blow',
  turn: 1,
  side: 0,
  zone: 'head',
  feintedFrom: null,
  technique: null,
  result: 'hit',
  crit: false,
  amount: 12,
  effect: null,
  drained: 0,
};

describe('narrate', () => {
  test('names actor, opponent, zone and damage', () => {
    expect(say({ ...blow, turn: 3 })).toBe('🗡 Ann lands a blow to the head: −12 ❤️');
    expect(say({ ...blow, turn: 3 }, 'ru')).toBe('🗡 Ann бьёт в голову: −12 ❤️');
    expect(say({ ...blow, side: 1, result: 'dodge', amount: 0, turn: 1 })).toBe(
      '💨 Ann slips away from a blow to the head.',
    );
  });

  test('names the effect and the drained health', () => {
    const lines = say({ ...blow, effect: 'dazed', drained: 5, technique: 'siphon' });
    expect(lines).toBe(
      '🗡 Ann: “Siphon” to the head! −12 ❤️ (+5 ❤️ to the striker) Bob sees stars.',
    );
  });

  test('names the pretended zone of a feint', () => {
    const lines = say({ ...blow, technique: 'feint', feintedFrom: 'legs' });
    expect(lines).toBe('🗡 Ann: “Feint” to the legs, but no, to the head! −12 ❤️');
    const russian = say({ ...blow, technique: 'feint', feintedFrom: 'legs' }, 'ru');
    expect(russian).toBe('🗡 Ann: «Финт» по ногам, но нет — в голову! −12 ❤️');
  });

  test('varies the wording from turn to turn', () => {
    for (const result of ['hit', 'block', 'parry', 'dodge', 'miss'] as const) {
      const lines = [1, 2, 3].map((turn) => say({ ...blow, result, turn }));
      expect(new Set(lines).size).toBe(3);
      expect(say({ ...blow, result, turn: 4 })).toBe(lines[0]);
    }
  });

  test('accepts names that are texts, such as that of the Shadow', () => {
    const shadow = text('battle.shadow_of', { name: 'Ann' });
    const lines = narrate({ ...blow, turn: 3, side: 1 }, ['Ann', shadow]);
    expect(new Translator('en', { clientTime: false }).plain(lines)).toContain('Shadow of Ann');
  });

  test('has a line for every outcome', () => {
    const battle = startBattle(testSeed(1), [freshSheet('warrior'), freshSheet('mystic')]);
    const ends = [
      ...forfeit(battle, 0, 'surrender').events,
      ...forfeit(battle, 1, 'idle').events,
      { kind: 'end', turn: 30, outcome: { winner: 0, reason: 'turn_limit' } } as const,
      { kind: 'end', turn: 30, outcome: { winner: null, reason: 'turn_limit' } } as const,
    ].map((event) => say(event));
    expect(ends).toEqual([
      '🏳️ Ann surrenders. Bob wins!',
      '💤 Bob has left the duel. Ann wins!',
      '⌛ Time is up: Ann has more health left and wins!',
      '🤝 Nobody wins: a draw.',
    ]);
  });
});

describe.each(languages)('the lines of hundreds of exchanges in %s', (language) => {
  const exchanges = archetypes.flatMap((one) =>
    archetypes.flatMap((other, n) =>
      playDuel({
        seed: testSeed(n),
        sheets: [freshSheet(one), freshSheet(other)],
        policies: [shadowPolicy, shadowPolicy],
      }).events.map((events) => events.map((event) => say(event, language))),
    ),
  );

  test('have no gaps, double spaces or untranslated words', () => {
    const lines = exchanges.flat();
    expect(lines.length).toBeGreaterThan(400);
    expect(lines.filter((line) => /[{}]| {2}|undefined|null|combat\.| $/.test(line))).toEqual([]);
  });

  test('are short and at most eight for an exchange', () => {
    const counts = exchanges.map((lines) => lines.length);
    expect(Math.max(...counts)).toBeLessThanOrEqual(8);
    expect(counts.filter((count) => count > 5).length / counts.length).toBeLessThan(0.05);
    expect(Math.max(...exchanges.flat().map((line) => line.length))).toBeLessThan(110);
  });
});
