import { describe, expect, test } from 'vitest';
import {
  fightToTheEnd,
  makeCharacter,
  search,
  surrender,
  withAction,
} from '../support/duel-steps.ts';
import { openDurableArena } from '../support/durable-arena.ts';
import { loggedProblems } from '../support/open-arena.ts';
import { attackMonster, getPicture, worldStep } from '../support/world-steps.ts';
import { playedLanguages } from '../support/repetitions.ts';

const LONG = 120_000;

const words = {
  en: {
    names: ['Annabel', 'Bob'],
    village: /^🏘 Freehold · safe/u,
    wood: /Birchwood/u,
    won: /^🏆[^]*\+\d+ experience · \+\d+ 💰/u,
    lost: /nearest safe place[^]*your things are safe/u,
    stale: 'Things have changed since',
    map: /^🗺 Map[^]*1\. 📍 Freehold[^]*Birchwood · danger 1[^]*2 of 16/u,
    sent: 'The places you know',
    healed: /takes no money from beginners/u,
  },
  ru: {
    names: ['Анна', 'Богдан'],
    village: /^🏘 Вольный хутор · здесь спокойно/u,
    wood: /Березняк/u,
    won: /^🏆[^]*\+\d+ опыта · \+\d+ 💰/u,
    lost: /ближайшее безопасное место[^]*вещи целы/u,
    stale: 'С тех пор всё изменилось',
    map: /^🗺 Карта[^]*1\. 📍 Вольный хутор[^]*Березняк · опасность 1[^]*2 из 16/u,
    sent: 'Знакомые места',
    healed: /с новичков денег не берёт/u,
  },
} as const;

describe.each(playedLanguages('en'))('the world in %s', (language) => {
  const seen = words[language];

  test(
    'leads from the arena into the wild, through a won fight and a lost one, and back to a duel',
    async () => {
      const { open } = await openDurableArena();
      const [ann, bob] = [open.newPlayer('Ann', language), open.newPlayer('Bob', language)];
      await makeCharacter(ann, { name: seen.names[0] });
      await makeCharacter(bob, { name: seen.names[1] });
      await ann.tap(withAction('world|'));
      await ann.sees(seen.village);
      await attackMonster(ann);
      await fightToTheEnd(ann);
      await ann.sees(seen.won);
      await ann.tap(withAction('world|'));
      await ann.sees(seen.wood);

      await attackMonster(ann);
      await surrender(ann);
      await ann.sees(seen.lost);
      await ann.tap(withAction('world|'));
      await ann.sees(seen.village);
      await ann.tap(withAction('world.map'));
      await ann.sees(seen.map);
      await getPicture(ann, seen.sent);
      await ann.sees(seen.map);
      await ann.tap(withAction('world|'));
      await worldStep(ann, 'world.heal');
      await ann.sees(seen.healed);

      await ann.tap(withAction('home'));
      await Promise.all([search(ann), search(bob)]);
      await Promise.all([fightToTheEnd(ann), fightToTheEnd(bob)]);
      expect(loggedProblems(open)).toEqual([]);
    },
    LONG,
  );
});
