import { describe, expect, test } from 'vitest';
import { repositoriesOn } from '../../bot/open-repositories.ts';
import { FixedClock } from '../support/clock.ts';
import {
  fightToTheEnd,
  makeCharacter,
  screenWith,
  search,
  surrender,
} from '../support/duel-steps.ts';
import { patientWait } from '../support/durable-arena.ts';
import { loggedProblems, openArena } from '../support/open-arena.ts';
import { playedLanguages } from '../support/repetitions.ts';
import { silentLog } from '../support/silent-log.ts';
import { someDatabase } from '../support/some-database.ts';

const words = {
  en: {
    names: ['Annabel', 'Bob'],
    again: /Next duel/,
    rated: /🏅 Rating 1500\? → 15\d\d\? \(\+\d+\)|🏅 Rating 1500\? → 14\d\d\? \(−\d+\)/u,
    unrated: /Defeat[^]*🏅 Not rated: a player chose fewer than two moves\./u,
  },
  ru: {
    names: ['Анна', 'Богдан'],
    again: /Новая дуэль/,
    rated: /🏅 Рейтинг 1500\? → 15\d\d\? \(\+\d+\)|🏅 Рейтинг 1500\? → 14\d\d\? \(−\d+\)/u,
    unrated: /Поражение[^]*🏅 Без рейтинга: у одной из сторон меньше двух ходов\./u,
  },
} as const;

describe.each(playedLanguages('ru'))('the rating in %s', (language) => {
  const seen = words[language];

  test('follows a fought duel, and a duel that is given up at once is not rated and says why', async () => {
    const clock = new FixedClock();
    const repositories = repositoriesOn(await someDatabase(), silentLog, clock);
    const open = await openArena({}, { clock, repositories, wait: patientWait });
    const [ann, bob] = [open.newPlayer('Ann', language), open.newPlayer('Bob', language)];
    await makeCharacter(ann, { name: seen.names[0] });
    await makeCharacter(bob, { name: seen.names[1], gender: 'male' });
    await Promise.all([search(ann), search(bob)]);
    await Promise.all([fightToTheEnd(ann), fightToTheEnd(bob)]);
    await ann.sees(seen.rated);
    await bob.sees(seen.rated);
    await ann.tap(seen.again);
    await bob.tap(seen.again);
    await screenWith(ann, 'battle.strike');
    await screenWith(bob, 'battle.strike');
    await surrender(ann);
    await ann.sees(seen.unrated);
    expect(loggedProblems(open)).toEqual([]);
  });
});
