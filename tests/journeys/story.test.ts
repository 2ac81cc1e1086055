import { describe, expect, test } from 'vitest';
import {
  fightToTheEnd,
  leaveFight,
  screenWith,
  search,
  surrender,
  withAction,
} from '../support/duel-steps.ts';
import { openDurableArena } from '../support/durable-arena.ts';
import { loggedProblems } from '../support/open-arena.ts';
import { beginPrologue, chooseInStory } from '../support/story-steps.ts';
import { playedLanguages } from '../support/repetitions.ts';

const LONG = 120_000;

const words = {
  en: {
    names: ['Annabel', 'Bob'],
    gate: /^📜 At the Gate of Freehold[^]*Knocking is useless/u,
    chance: /🎲 👁 Watch the shoulders: .+, \d+%/u,
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

describe.each(playedLanguages('en'))('the prologue in %s', (language) => {
  const seen = words[language];

  test(
    'leads from /start through a check, a break, a fight and the points to a duel',
    async () => {
      const { open } = await openDurableArena();
      const [ann, bob] = [open.newPlayer('Ann', language), open.newPlayer('Bob', language)];
      expect(await beginPrologue(ann, { name: seen.names[0] })).toBe(4);
      await ann.sees(seen.gate);
      for (const choice of [0, 0, 1]) await chooseInStory(ann, choice);
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

describe('a story that is not over', () => {
  async function inThePrologue() {
    const { open } = await openDurableArena();
    const ann = open.newPlayer('Ann');
    await beginPrologue(ann, { name: 'Annabel' });
    await chooseInStory(ann, 0);
    return { open, ann };
  }

  test(
    'is what /menu shows, is set aside by a search, and goes on afterwards',
    async () => {
      const { open, ann } = await inThePrologue();
      ann.say('/menu');
      await ann.sees(/The bar cracks/u);
      ann.client.tap('arena.join|1v1', { force: true });
      await screenWith(ann, 'arena.cancel');
      await ann.tap(withAction('arena.cancel'));
      await screenWith(ann, 'arena.join');
      await ann.tap(withAction('world|'));
      await ann.tap(withAction('story.resume'));
      await ann.sees(/The bar cracks/u);
      ann.client.tap('arena.training|1v1', { force: true });
      await screenWith(ann, 'battle.strike');
      await leaveFight(ann);
      await ann.tap(withAction('world|'));
      await ann.sees(/“At the Gate of Freehold” is waiting/u);
      expect(loggedProblems(open)).toEqual([]);
    },
    LONG,
  );

  test(
    'is set aside by logging out, and keeps its character from being deleted while it runs',
    async () => {
      const { open, ann } = await inThePrologue();
      ann.client.tap('lobby.manage|', { force: true });
      await ann.tap(withAction('lobby.delete|'));
      await ann.tap(withAction('lobby.delete_confirmed'));
      await ann.seesNotice(/Not now/u);
      await ann.sees(/The bar cracks/u);
      ann.client.tap('lobby.logout|', { force: true });
      await ann.tap(withAction('lobby.enter'));
      await screenWith(ann, 'arena.join');
      await ann.tap(withAction('world|'));
      await ann.tap(withAction('story.resume'));
      await ann.sees(/The bar cracks/u);
      expect(loggedProblems(open)).toEqual([]);
    },
    LONG,
  );

  test(
    'holds back the world, whose old keys say why',
    async () => {
      const { open, ann } = await inThePrologue();
      ann.client.tap('world.go||birch_wood|2', { force: true });
      await ann.seesNotice(/You are in a story/u);
      await ann.sees(/The bar cracks/u);
      ann.client.tap('world|', { force: true });
      await ann.sees(/The bar cracks/u);
      expect(loggedProblems(open)).toEqual([]);
    },
    LONG,
  );

  test(
    'goes on after a fight that is lost',
    async () => {
      const { open, ann } = await inThePrologue();
      await chooseInStory(ann, 0);
      // With the eighth tap from /start the first blow is struck.
      await ann.tap(withAction('story.choose'));
      await screenWith(ann, 'battle.strike');
      await surrender(ann);
      const result = await screenWith(ann, 'world|');
      expect(result.text).not.toMatch(/nearest safe place|follow/u);
      await ann.tap(withAction('world|'));
      await ann.sees(/You look at the sky/u);
      expect(loggedProblems(open)).toEqual([]);
    },
    LONG,
  );
});
