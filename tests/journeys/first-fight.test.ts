import { describe, expect, test } from 'vitest';
import { systemEntropy } from '../../bot/system.ts';
import {
  beginFirstFight,
  exchangeOf,
  fightToTheEnd,
  screenWith,
  withAction,
} from '../support/duel-steps.ts';
import { loggedProblems, openArena } from '../support/open-arena.ts';
import { playedLanguages } from '../support/repetitions.ts';

/** With this seed `fightToTheEnd` wins against the novice in seven rounds. */
const entropy = { ...systemEntropy, seed: () => '1c5d4a7686db4ebf1cc00d678338bda9' };

const words = {
  en: {
    card: /Novice: strikes at random and knows no techniques[^]*starts with 85% health/,
    won: /Victory/,
    unrated: 'Training is unrated, but your Shadow learns.',
    levels: /Novice[^]*Apprentice/,
  },
  ru: {
    card: /Новичок: бьёт наугад и не знает приёмов[^]*в начале у Тени 85.% здоровья/,
    won: /Победа/,
    unrated: 'Тренировка не влияет на рейтинг, но Тень учится.',
    levels: /Новичок[^]*Ученик/,
  },
} as const;

describe.each(playedLanguages('ru'))('the first fight in %s', (language) => {
  const seen = words[language];

  test('begins five taps after /start, without waiting, and is won by two taps a round', async () => {
    const open = await openArena({}, { entropy });
    const ann = open.newPlayer('Ann', language);
    let taps = await beginFirstFight(ann, { name: language === 'en' ? 'Ann' : 'Анна' });
    const first = await screenWith(ann, 'battle.strike');
    expect(first.text).toMatch(seen.card);
    expect(exchangeOf(first)).toBe(1);
    expect(taps).toBe(5);

    taps += await fightToTheEnd(ann);
    const result = await ann.sees(seen.won);
    expect(result.text).toContain(seen.unrated);
    expect(taps).toBe(5 + 2 * 7);
    expect(loggedProblems(open)).toEqual([]);
  });

  test('can be repeated from the result, and two fights later there is a level to choose', async () => {
    const open = await openArena({}, { entropy });
    const ann = open.newPlayer('Ann', language);
    await beginFirstFight(ann, { name: language === 'en' ? 'Ann' : 'Анна' });
    await fightToTheEnd(ann);
    await ann.tap(withAction('arena.training'));
    await fightToTheEnd(ann);
    await ann.tap(withAction('arena.training'));
    await ann.sees(seen.levels);
    await ann.tap(withAction('arena.train|1v1|apprentice'));
    await screenWith(ann, 'battle.strike');
    expect(loggedProblems(open)).toEqual([]);
  });
});
