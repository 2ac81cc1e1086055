import { describe, expect, test } from 'vitest';
import {
  fightToTheEnd,
  leaveFight,
  screenWith,
  search,
  withAction,
} from '../support/duel-steps.ts';
import { openDurableArena } from '../support/durable-arena.ts';
import { loggedProblems } from '../support/open-arena.ts';
import { beginPrologue, chooseInStory } from '../support/story-steps.ts';

const LONG = 120_000;

const words = {
  en: {
    names: ['Annabel', 'Bob'],
    gate: /^📜 At the Gate of Freehold[^]*Knocking is useless/u,
    chance: /🎲 👁 Watch the shoulders: .+, \d+\s%/u,
    check: /🎲 \d+ \+ \d+ against 17: it (works|fails)\./u,
    points: /\+30 experience[^]*This is what you have become:[^]*\+3/u,
    own: /Points left: 6/u,
    over: /The story is over/u,
    offered: /“At the Gate of Freehold” is waiting/u,
  },
  ru: {
    names: ['Анна', 'Богдан'],
    gate: /^📜 У ворот Вольного[^]*Стучать бесполезно/u,
    chance: /🎲 👁 .+: .+, \d+\s%/u,
    check: /🎲 \d+ \+ \d+ против 17: (получилось|не вышло)\./u,
    points: /Опыт \+30[^]*Вот кем ты становишься:[^]*\+3/u,
    own: /Осталось очков: 6/u,
    over: /История окончена/u,
    offered: /» ждёт тебя/u,
  },
} as const;

describe.each(['en', 'ru'] as const)('the prologue in %s', (language) => {
  const seen = words[language];

  test(
    'leads from /start through a check, a break, a fight and the points to a duel',
    async () => {
      const { open } = await openDurableArena();
      const [ann, bob] = [open.newPlayer('Ann', language), open.newPlayer('Bob', language)];
      expect(await beginPrologue(ann, { name: seen.names[0] })).toBe(4);
      await ann.sees(seen.gate);
      await chooseInStory(ann, 0);
      await chooseInStory(ann, 0);
      await chooseInStory(ann, 0);
      await ann.sees(seen.chance);

      await ann.tap(withAction('story.pause'));
      await screenWith(ann, 'arena.join');
      await ann.tap(withAction('world|'));
      await ann.sees(seen.offered);
      await ann.tap(withAction('story.resume'));
      await ann.sees(seen.chance);

      await chooseInStory(ann, 0);
      await ann.sees(seen.check);
      await chooseInStory(ann, 0);
      await chooseInStory(ann, 0);
      await ann.tap(withAction('story.choose'));
      await fightToTheEnd(ann);
      await ann.tap(withAction('world|'));
      await screenWith(ann, 'story.choose');
      await chooseInStory(ann, 0);
      await chooseInStory(ann, 0);
      await ann.sees(seen.points);
      await ann.tap(withAction('story.points'));
      await ann.sees(seen.own);
      await ann.tap(withAction('home'));
      await ann.tap(withAction('story.accept'));
      await ann.sees(seen.over);

      await beginPrologue(bob, { name: seen.names[1] });
      await bob.tap(withAction('story.skip'));
      await screenWith(bob, 'battle.strike');
      await leaveFight(bob);
      await ann.tap(withAction('home'));
      await Promise.all([search(ann), search(bob)]);
      await Promise.all([fightToTheEnd(ann), fightToTheEnd(bob)]);
      expect(loggedProblems(open)).toEqual([]);
    },
    LONG,
  );
});
