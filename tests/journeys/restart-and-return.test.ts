import { describe, expect, onTestFinished, test } from 'vitest';
import { startSandbox } from 'telegram-sandbox';
import { type TestPlayer, newTestPlayer } from 'telegram-sandbox/testing';
import { newDataDir, startBotProcess } from '../support/bot-process.ts';
import { describeOnPostgres } from '../support/database-engines.ts';
import {
  withAction,
  makeCharacter,
  makeMove,
  screenWith,
  search,
  surrender,
} from '../support/duel-steps.ts';
import { openEmbeddedDatabase, openDurableArena } from '../support/durable-arena.ts';
import { loggedProblems } from '../support/open-arena.ts';
import { startPostgres } from '../support/postgres-server.ts';

const TOKEN = '4444:token-of-a-process-on-this-machine';
const LONG = 60_000;

describe('a restarted bot whose Redis is lost', () => {
  test.each(['SIGINT', 'SIGKILL'] as const)(
    'finds its players and their characters after %s',
    async (signal) => {
      await checkReturn({ DATA_DIR: await newDataDir() }, signal);
    },
    LONG,
  );
});

describeOnPostgres('a restarted bot', () => {
  test(
    'finds its players and their characters',
    async () => {
      const server = await startPostgres();
      onTestFinished(() => server.stop());
      const output = await checkReturn({ DATABASE_URL: server.url }, 'SIGKILL');
      expect(output).toMatch(new RegExp(`database connected[^]*127\\.0\\.0\\.1:${server.port}`));
    },
    LONG,
  );
});

/** Two players fight, the bot is stopped by the signal and restarted: characters and battle are there. */
async function checkReturn(
  database: Readonly<Record<string, string>>,
  signal: NodeJS.Signals,
): Promise<string> {
  const sandbox = await startSandbox({ token: TOKEN });
  onTestFinished(() => sandbox.close());
  const settings = { BOT_TOKEN: TOKEN, TELEGRAM_API_ROOT: sandbox.url, ...database };
  const first = startBotProcess(settings);
  await first.prints(/arena started/);
  const [ann, bob] = [newTestPlayer(sandbox, 'Ann', 'ru'), newTestPlayer(sandbox, 'Bob', 'en')];
  await makeCharacter(ann, { name: 'Анна', archetype: 'mystic' });
  await makeCharacter(bob, { name: 'Bob' });
  await Promise.all([search(ann), search(bob)]);
  await Promise.all([screenWith(ann, 'battle.strike'), screenWith(bob, 'battle.strike')]);
  await Promise.all([makeMove(ann, 1), makeMove(bob, 2)]);
  await Promise.all([ann.sees(/Раунд 2/), bob.sees(/Round 2/)]);
  await surrender(bob);
  await screenWith(ann, 'arena.join');
  const before = { door: await said(ann, '/menu'), history: await said(ann, '/history') };
  first.kill(signal);
  await first.ended;

  const second = startBotProcess(settings);
  await second.prints(/arena started/);
  const door = await said(ann, '/start');
  // A killed bot may lose the damage of the last minutes; a stopped one does not.
  if (signal === 'SIGINT') expect(door).toBe(before.door);
  expect(door).toContain('Анна');
  expect(await said(ann, '/history')).toBe(before.history);
  expect(before.history).toContain('Bob');
  await ann.tap(withAction(/^history\.replay/));
  await ann.sees(/Повтор · раунд 1 из 1[^]*🗡/);
  await ann.tap([0, 3]);
  await ann.sees(/Повтор · конец[^]*🏆/);
  await ann.tap(withAction('history.page'));
  await ann.tap(withAction('home'));
  await ann.tap(withAction('lobby'));
  const lobby = await screenWith(ann, 'lobby.new');
  expect(lobby.text).toContain('Анна');
  expect(lobby.buttons.flat().filter(withAction('lobby.enter'))).toHaveLength(1);
  return second.output();
}

/** The screen that follows this command. */
async function said(who: TestPlayer, command: string): Promise<string> {
  const lastId = who.client.chat().messages.at(-1)?.messageId ?? 0;
  who.say(command);
  const screen = await who.client.waitFor((chat) => {
    const last = chat.messages.at(-1);
    return last?.from === 'bot' && last.messageId > lastId && last;
  });
  return screen.text;
}

describe('a Redis that loses all data between two taps', () => {
  test(
    'costs a player neither character nor language nor current screen',
    async () => {
      const { open, flushRedis } = await openDurableArena();
      const ann = open.newPlayer('Ann', 'ru');
      await makeCharacter(ann, { name: 'Анна' });
      const door = await screenWith(ann, 'character');
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
      await accounts.setLocation(charId, 'dark_forest');
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
      const { characters } = (await openEmbeddedDatabase()).repositories;
      const shell = { userId: 7, createdAt: '2026-01-01T00:00:00.000Z', limit: 4 };
      const made = await Promise.all([1, 2, 3, 4, 5].map(() => characters.createShell(shell)));
      const counted = made.map(({ kind }) => kind).toSorted();
      expect(counted).toEqual(['created', ...Array<string>(4).fill('unfinished')]);
      expect(await characters.listOf(7)).toHaveLength(1);
    },
    LONG,
  );
});
