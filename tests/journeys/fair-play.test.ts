import { describe, expect, test } from 'vitest';
import {
  fightToTheEnd,
  makeCharacter,
  screenWith,
  search,
  withAction,
} from '../support/duel-steps.ts';
import { FixedClock } from '../support/clock.ts';
import { memoryRepositories } from '../support/memory-repositories.ts';
import { loggedProblems, openArena } from '../support/open-arena.ts';
import { playedLanguages } from '../support/repetitions.ts';

const words = {
  en: {
    name: 'Annabel',
    paused:
      /A pause from duels[^]*last 20 duels early[^]*first 3 rounds[^]*for an opponent again \d\d:\d\d:\d\d UTC/u,
    few: /Few people now: the Shadow may well come first/u,
  },
  ru: {
    name: 'Анна',
    paused:
      /Перерыв в дуэлях[^]*Из последних 20 дуэлей[^]*в первые 3 раунда[^]*снова можно \d\d:\d\d:\d\d UTC/u,
    few: /Сейчас мало людей: возможно, первой придёт Тень/u,
  },
} as const;

describe.each(playedLanguages('en'))('fair play in %s', (language) => {
  const seen = words[language];

  async function openPaused() {
    const clock = new FixedClock();
    const untilMs = clock.now() + 120_000;
    const pauses = { pausedUntil: () => Promise.resolve(untilMs) };
    const repositories = { ...memoryRepositories(clock), pauses };
    const open = await openArena({}, { clock, repositories });
    const ann = open.newPlayer('Ann', language);
    await makeCharacter(ann, { name: seen.name });
    return { open, clock, ann };
  }

  test('a leaver sees why and until when they are paused, trains meanwhile, and searches afterwards', async () => {
    const { open, clock, ann } = await openPaused();
    await search(ann);
    await ann.sees(seen.paused);
    await ann.tap(withAction('arena.training'));
    await fightToTheEnd(ann);
    clock.advance(120_000);
    await ann.tap(withAction('arena.join'));
    await screenWith(ann, 'arena.cancel');
    expect(loggedProblems(open)).toEqual([]);
  });

  test('a search says that few people are there when too few have searched', async () => {
    const open = await openArena();
    const ann = open.newPlayer('Ann', language);
    await makeCharacter(ann, { name: seen.name });
    await search(ann);
    await ann.sees(seen.few);
    expect(loggedProblems(open)).toEqual([]);
  });
});
