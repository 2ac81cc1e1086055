import { describe, expect, test } from 'vitest';
import { Translator } from '../../../bot/translator.ts';
import { ladderLines, opponentLeagueLine } from '../../../domains/combat/ladder-lines.ts';
import type { LadderNotice } from '../../../domains/combat/ladder-notice.ts';
import type { Text } from '../../../domains/core/text.ts';
import { type Language, languages } from '../../../resources/texts/index.ts';

const settled: LadderNotice = {
  place: 12,
  lacks: null,
  league: 'gold',
  isChampion: false,
  change: null,
};
const drawn = (lines: readonly Text[], language: Language) =>
  lines.map((line) => new Translator(language, { clientTime: false }).plain(line)).join(' / ');

describe('place and league on a result', () => {
  test.each<[Partial<LadderNotice>, string, string]>([
    [{}, '📈 Place 12 · 🥇 Gold', '📈 Место 12 · 🥇 Золото'],
    [
      { change: 'promoted' },
      '⬆️ Promoted: 🥇 Gold / 📈 Place 12 · 🥇 Gold',
      '⬆️ Переход выше: 🥇 Золото / 📈 Место 12 · 🥇 Золото',
    ],
    [
      { change: 'relegated', league: 'silver' },
      '⬇️ Relegated: 🥈 Silver / 📈 Place 12 · 🥈 Silver',
      '⬇️ Переход ниже: 🥈 Серебро / 📈 Место 12 · 🥈 Серебро',
    ],
    [{ place: 3, isChampion: true }, '📈 Place 3 · 👑 Champion', '📈 Место 3 · 👑 Чемпионы'],
    [{ league: null }, '📈 Place 12', '📈 Место 12'],
    [
      { change: 'placed', place: null, lacks: { battles: 0, opponents: 2, isIdle: false } },
      '🎖 Your league: 🥇 Gold / To get a place on the list: 2 more opponents.',
      '🎖 Лига: 🥇 Золото / До места в списке: ещё 2 соперника.',
    ],
    [
      { league: null, place: null, lacks: { battles: 9, opponents: 1, isIdle: true } },
      'To get a place on the list: 9 more rated duels, 1 more opponent.',
      'До места в списке: ещё 9 рейтинговых дуэлей, ещё 1 соперник.',
    ],
    [
      { place: null, lacks: { battles: 0, opponents: 0, isIdle: true } },
      'To get a place on the list: a rated duel (your last was more than two weeks ago).',
      'До места в списке: рейтинговая дуэль (последняя была больше двух недель назад).',
    ],
  ])('%j', (change, english, russian) => {
    const lines = ladderLines({ ...settled, ...change });
    expect(drawn(lines, 'en')).toBe(english);
    expect(drawn(lines, 'ru')).toBe(russian);
  });

  test('are absent after a battle that is not rated', () => {
    expect(ladderLines(null)).toEqual([]);
  });
});

test("the opponent's card has their league, if they have one", () => {
  const rating = { mu: 26, sigma: 3, lifetime: 12 };
  const lines = opponentLeagueLine({ rating: { ...rating, league: 'diamond' } });
  expect(languages.map((language) => drawn(lines, language))).toEqual([
    'Лига: 💎 Алмаз',
    'League: 💎 Diamond',
  ]);
  expect(opponentLeagueLine({ rating })).toEqual([]);
  expect(opponentLeagueLine({ rating: null })).toEqual([]);
});
