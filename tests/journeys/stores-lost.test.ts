import { describe, expect, test } from 'vitest';
import { withAction, makeCharacter, makeMove, screenWith, search } from '../support/duel-steps.ts';
import { openSomeRepositories, openDurableArena } from '../support/durable-arena.ts';
import { loggedProblems } from '../support/open-arena.ts';

const LONG = 60_000;

describe('a Redis that loses all data between two taps', () => {
  test(
    'costs a player neither character nor language nor current screen',
    async () => {
      const { open, flushRedis } = await openDurableArena();
      const ann = open.newPlayer('Ann', 'ru');
      await makeCharacter(ann, { name: 'Анна' });
      const door = await screenWith(ann, 'character');
      // Full health is more than a new character has, since its attributes have grown.
      await open.arena.services.logout.flush();
      await flushRedis();
      await ann.tap(withAction('character'));
      await screenWith(ann, 'home');
      await flushRedis();
      await ann.tap(withAction('home'));
      const again = await screenWith(ann, 'character');
      expect(again.text).toBe(door.text);
      expect(loggedProblems(open)).toEqual([]);
    },
    LONG,
  );

  test(
    'costs a player who has logged out neither vitals nor location',
    async () => {
      const { open, repositories, flushRedis } = await openDurableArena();
      const { accounts } = open.arena.services;
      const ann = open.newPlayer('Ann');
      await makeCharacter(ann, { name: 'Ann' });
      const charId = (await repositories.characters.listOf(ann.id)).at(0)?.character_id ?? 0;
      await accounts.updateStatCurrent(charId, 'hp', 5);
      await accounts.setLocation(charId, 'watchtower');
      const left = await accounts.getFullAccount(charId);
      await ann.tap(withAction('lobby'));
      await ann.tap(withAction('lobby.manage'));
      await ann.tap(withAction('lobby.logout'));
      await expect.poll(() => accounts.accountExists(charId)).toBe(false);
      await flushRedis();
      await ann.tap(withAction('lobby.enter'));
      await screenWith(ann, 'character');
      expect(await accounts.getFullAccount(charId)).toEqual(left);
      expect(loggedProblems(open)).toEqual([]);
    },
    LONG,
  );

  test(
    'costs no character while a name is asked for',
    async () => {
      const { open, repositories, flushRedis } = await openDurableArena();
      const ann = open.newPlayer('Ann');
      ann.say('/start');
      await ann.tap(withAction('lobby.new'));
      await ann.sees(/What is your name/);
      await flushRedis();
      ann.say('Ann');
      await ann.sees(/Ann it is/);
      expect(await repositories.characters.listOf(ann.id)).toMatchObject([{ name: 'Ann' }]);
      expect(loggedProblems(open)).toEqual([]);
    },
    LONG,
  );
});

test(
  'players can go on while the database is unavailable',
  async () => {
    const { open, closeDatabase } = await openDurableArena();
    const [ann, bob] = [open.newPlayer('Ann'), open.newPlayer('Bob')];
    await makeCharacter(ann, { name: 'Ann' });
    await makeCharacter(bob, { name: 'Bob' });
    await closeDatabase();
    await Promise.all([search(ann), search(bob)]);
    await Promise.all([screenWith(ann, 'battle.strike'), screenWith(bob, 'battle.strike')]);
    await Promise.all([makeMove(ann, 1), makeMove(bob, 2)]);
    await Promise.all([ann.sees(/Round 2/), bob.sees(/Round 2/)]);
    expect(loggedProblems(open)).toEqual([]);
    ann.say('/language');
    await ann.tap(withAction('language.set||ru'));
    await ann.sees(/Раунд 2/);
    expect(loggedProblems(open)).toEqual([expect.stringContaining('user database unavailable')]);
  },
  LONG,
);

describe('simultaneous taps', () => {
  test(
    'make at most four characters, and one unfinished character',
    async () => {
      const { open, repositories } = await openDurableArena();
      const ann = open.newPlayer('Ann');
      for (const name of ['Anna', 'Berta', 'Clara']) {
        await makeCharacter(ann, { name });
        await ann.tap(withAction('lobby'));
        await ann.sees(new RegExp(`of 4[^]*${name}`));
      }
      const taps = Array.from({ length: 4 }, () => ann.client.tap(withAction('lobby.new')));
      await Promise.all(taps.map((tap) => tap.answered()));
      await ann.sees(/What is your name/);
      expect(await repositories.characters.listOf(ann.id)).toHaveLength(4);
      expect(loggedProblems(open)).toEqual([]);
    },
    LONG,
  );

  test(
    'are limited by the database itself',
    async () => {
      const { characters } = (await openSomeRepositories()).repositories;
      const shell = { userId: 7, createdAt: '2026-01-01T00:00:00.000Z', limit: 4 };
      const made = await Promise.all([1, 2, 3, 4, 5].map(() => characters.createShell(shell)));
      const counted = made.map(({ kind }) => kind).toSorted();
      expect(counted).toEqual(['created', ...Array<string>(4).fill('unfinished')]);
      expect(await characters.listOf(7)).toHaveLength(1);
    },
    LONG,
  );
});
