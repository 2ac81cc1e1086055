import { describe, expect, test } from 'vitest';
import { Translator } from '../../../bot/translator.ts';
import { archetypes } from '../../../domains/account/account-context.ts';
import type { BattleEvent, BlowEvent, Move, Outcome } from '../../../domains/combat/battle.ts';
import { playDuel } from '../../support/play-duel.ts';
import { readerOf } from '../../../domains/combat/fighter-lines.ts';
import { endLines, exchangeLines } from '../../../domains/combat/narration.ts';
import { shadowPolicy } from '../../../domains/combat/rules/v1/policy/shadow-policy.ts';
import type { Text } from '../../../domains/core/text.ts';
import { type Language, languages } from '../../../resources/texts/index.ts';
import { moves } from '../../support/combat-notation.ts';
import { freshSheet, testSeed } from '../../support/combat-sheets.ts';

const sides = [
  { charId: 1, name: 'Ann', gender: null, monster: null },
  { charId: 2, name: 'Bob', gender: null, monster: null },
] as const;
const ann = readerOf(sides, 0);

/** Without tags, and with common spaces. */
function written(lines: readonly Text[], language: Language = 'en'): string[] {
  const translator = new Translator(language, { clientTime: false });
  return lines.map((line) =>
    translator
      .html(line)
      .replaceAll(/<[^>]*>/g, '')
      .replaceAll('\u00a0', ' '),
  );
}

const blow: BlowEvent = {
  kind: 'blow',
  turn: 3,
  side: 0,
  zone: 'head',
  feintedFrom: null,
  technique: null,
  result: 'hit',
  crit: false,
  amount: 16,
  effect: null,
  drained: 0,
};
const back: BlowEvent = { ...blow, side: 1, zone: 'legs', result: 'block', amount: 1 };

/** What Ann reads about an exchange. */
function readBy(
  events: readonly BattleEvent[],
  language: Language = 'en',
  notation = 'h/hc vs l/bl',
) {
  return written(exchangeLines({ moves: moves(notation), events }, ann), language);
}

/** The lines of the blows, below those of the moves. */
function blows(events: readonly BattleEvent[], language: Language = 'en') {
  return readBy(events, language).slice(2);
}

describe('an exchange', () => {
  test('is both moves, the own one first, and both blows in one form', () => {
    expect(readBy([{ ...blow, effect: 'dazed' }, back], 'en', 'h/hc vs l/bl+feint')).toEqual([
      '🟢 🗡 head 🛡 high',
      '🔴 🗡 legs 🛡 low ✨ Feint',
      '🟢→🔴 head: −16 ❤️ · dazed',
      '🔴→🟢 legs: blocked −1 ❤️',
    ]);
    expect(readBy([{ ...blow, effect: 'dazed' }, back], 'ru', 'h/hc vs l/bl+feint')).toEqual([
      '🟢 🗡 голова 🛡 верх',
      '🔴 🗡 ноги 🛡 низ ✨ Финт',
      '🟢→🔴 голова: −16 ❤️ · оглушение',
      '🔴→🟢 ноги: блок −1 ❤️',
    ]);
  });

  test('is marked as the reader sees it', () => {
    const fought = { moves: moves('h/hc vs l/bl'), events: [blow, back] };
    expect(written(exchangeLines(fought, readerOf(sides, 1)))).toEqual([
      '🟢 🗡 legs 🛡 low',
      '🔴 🗡 head 🛡 high',
      '🔴→🟢 head: −16 ❤️',
      '🟢→🔴 legs: blocked −1 ❤️',
    ]);
  });

  test('is nothing when a side forfeited before it', () => {
    expect(exchangeLines({ moves: null, events: [] }, ann)).toEqual([]);
  });
});

describe('a blow', () => {
  test.each([
    ['a miss', { result: 'miss', amount: 0 }, '🟢→🔴 head: missed', '🟢→🔴 голова: мимо'],
    ['a dodge', { result: 'dodge', amount: 0 }, '🟢→🔴 head: dodged', '🟢→🔴 голова: уклонение'],
    ['a feint', { feintedFrom: 'legs' }, '🟢→🔴 ↪ head: −16 ❤️', '🟢→🔴 ↪ голова: −16 ❤️'],
    [
      'drained health',
      { drained: 5, effect: 'winded' },
      '🟢→🔴 head: −16 ❤️ · 🟢 +5 ❤️ · 😮‍💨',
      '🟢→🔴 голова: −16 ❤️ · 🟢 +5 ❤️ · 😮‍💨',
    ],
    [
      'a critical hit with an effect',
      { crit: true, effect: 'dazed' },
      '🟢→🔴 head: 💥 −16 ❤️ · dazed',
      '🟢→🔴 голова: 💥 −16 ❤️ · оглушение',
    ],
  ] as const)('shows %s', (...[, change, english, russian]) => {
    expect(blows([{ ...blow, ...change }, back])[0]).toBe(english);
    expect(blows([{ ...blow, ...change }, back], 'ru')[0]).toBe(russian);
  });

  test('that is parried and answered shows who loses health by the answer', () => {
    const parried = { ...blow, result: 'parry', amount: 0 } as const;
    const counter = { kind: 'counter', turn: 3, side: 1, amount: 8 } as const;
    expect(blows([parried, counter, back])).toEqual([
      '🟢→🔴 head: parried ↩️ 🟢 −8 ❤️',
      '🔴→🟢 legs: blocked −1 ❤️',
    ]);
    expect(blows([parried, counter, back], 'ru')[0]).toBe('🟢→🔴 голова: парирован ↩️ 🟢 −8 ❤️');
  });

  test('that a knock-out prevented is mentioned', () => {
    expect(blows([blow])[1]).toBe('🔴→🟢 legs: the fight was over');
    expect(blows([blow], 'ru')[1]).toBe('🔴→🟢 ноги: бой уже окончен');
  });

  test.each([
    ['a critical hit', { crit: true }],
    ['a parry', { result: 'parry', amount: 0 }],
    ['a dodged technique', { result: 'dodge', amount: 0, technique: 'feint' }],
  ] as const)('has a sentence for %s that varies from turn to turn', (_, change) => {
    for (const language of languages) {
      const lines = [1, 2, 3].map(
        (turn) => blows([{ ...blow, ...change, turn }, back], language)[0],
      );
      expect(new Set(lines).size).toBe(3);
      for (const line of lines) expect(line).toMatch(/[!.]$/);
    }
  });

  test.each([
    ['a hit', {}],
    ['a block', { result: 'block' }],
    ['a miss', { result: 'miss', amount: 0 }],
    ['a dodge without a technique', { result: 'dodge', amount: 0 }],
  ] as const)('has no sentence for %s', (_, change) => {
    expect(blows([{ ...blow, ...change }, back])[0]).not.toMatch(/[!.]$/);
  });
});

describe('a war cry', () => {
  const cry = {
    kind: 'stance',
    turn: 3,
    side: 0,
    technique: 'war_cry',
    mp: 0,
    stamina: 0,
  } as const;
  const mark = { kind: 'mark', turn: 3, side: 0, effect: 'daunted' } as const;

  test('that daunts shows its effect', () => {
    expect(blows([cry, mark, blow, back])[0]).toBe('🟢→🔴 head: −16 ❤️ · daunted');
  });

  test('that fails is mentioned', () => {
    expect(blows([cry, blow, back])[0]).toBe('🟢→🔴 head: −16 ❤️ · not daunted');
    expect(blows([cry, blow, back], 'ru')[0]).toBe('🟢→🔴 голова: −16 ❤️ · без робости');
  });
});

describe('the end', () => {
  const end = (outcome: Outcome, language: Language = 'en', reader = ann) =>
    written(endLines([{ kind: 'end', turn: 3, outcome }], reader), language);

  test.each([
    ['surrender', 0, '🏳️ Bob surrenders. Ann wins!', '🏳️ Bob сдаётся. Ann побеждает!'],
    [
      'idle',
      0,
      '💤 Bob did not choose for too many rounds and loses. Ann wins!',
      '💤 Bob слишком долго бездействует и проигрывает. Ann побеждает!',
    ],
    [
      'idle',
      null,
      '💤 Neither side chose for too many rounds: a draw.',
      '💤 Обе стороны слишком долго бездействуют: ничья.',
    ],
    [
      'operator',
      null,
      '🛠 An operator ended the battle: a draw.',
      '🛠 Бой остановлен оператором: ничья.',
    ],
    [
      'turn_limit',
      0,
      '⌛ Time is up: Ann has more health left and wins!',
      '⌛ Время вышло. У победителя больше здоровья: Ann!',
    ],
    [
      'turn_limit',
      null,
      '🤝 Time is up with equal health: a draw.',
      '🤝 Время вышло, здоровья поровну: ничья.',
    ],
  ] as const)('by %s, winner %s', (...[reason, winner, english, russian]) => {
    expect(end({ winner, reason })).toEqual([english]);
    expect(end({ winner, reason }, 'ru')).toEqual([russian]);
  });

  test('by knock-out varies its sentence and calls the own Shadow so', () => {
    const shadow = readerOf(
      [sides[0], { charId: null, name: 'Ann', gender: null, monster: null }],
      0,
    );
    const lines = [1, 2, 3].map((turn) =>
      written(
        endLines([{ kind: 'end', turn, outcome: { winner: 0, reason: 'knockout' } }], shadow),
      ),
    );
    expect(new Set(lines.flat()).size).toBe(3);
    for (const [line] of lines) expect(line).toMatch(/^☠️ Your Shadow .* Ann wins!$/u);
  });
});

describe.each(languages)('the lines of hundreds of exchanges in %s', (language) => {
  const exchanges = archetypes.flatMap((one) =>
    archetypes.flatMap((other, n) => {
      const { inputs, events } = playDuel({
        seed: testSeed(n),
        sheets: [freshSheet(one), freshSheet(other)],
        policies: [shadowPolicy, shadowPolicy],
      });
      return events.map((happened, index) => {
        const input = inputs[index];
        const fought: [Move, Move] | null = input?.kind === 'exchange' ? input.moves : null;
        return [
          ...written(exchangeLines({ moves: fought, events: happened }, ann), language),
          ...written(endLines(happened, ann), language),
        ];
      });
    }),
  );

  test('have no gaps, double spaces or untranslated words', () => {
    const lines = exchanges.flat();
    expect(lines.length).toBeGreaterThan(400);
    expect(lines.filter((line) => /[{}]| {2}|undefined|null|combat\.| $/.test(line))).toEqual([]);
  });

  test('are two moves, two blows and the end, all of them short', () => {
    for (const lines of exchanges) expect([4, 5]).toContain(lines.length);
    const lines = exchanges.flat().filter((line) => !/^[☠⌛]/u.test(line));
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(50);
  });
});
