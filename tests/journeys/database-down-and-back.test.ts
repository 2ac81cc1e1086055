import { expect, onTestFinished, test } from 'vitest';
import type { TestPlayer } from 'telegram-sandbox/testing';
import { SqlBattleArchive } from '../../database/battle-archive.ts';
import { connectDatabase } from '../../database/connect.ts';
import { battles } from '../../database/schema.ts';
import { describeOnPostgres } from '../support/database-engines.ts';
import {
  withAction,
  exchangeOf,
  fightToTheEnd,
  makeCharacter,
  makeMove,
  screenWith,
  search,
} from '../support/duel-steps.ts';
import { type OpenArena, openArena } from '../support/open-arena.ts';
import { startPostgres } from '../support/postgres-server.ts';
import { silentLog } from '../support/silent-log.ts';

const LONG = 60_000;

describeOnPostgres('an outage of the database', () => {
  test(
    'lets battles end, and stores each once afterwards',
    async () => {
      const { open, server } = await openOnServer();
      const [ann, bob] = await inADuel(open);
      await server.halt();
      await Promise.all([fightToTheEnd(ann), fightToTheEnd(bob)]);
      const cards = [ann, bob].map((who) => who.client.lastScreen()?.text ?? '').join('\n');
      expect(cards).toMatch(/Victory[^]*Defeat|Defeat[^]*Victory|draw[^]*draw/);

      await server.restart();
      await afterItsRest(open);
      const { db } = await connectedTo(server.url);
      // The duel, and the first fight of each.
      await expect.poll(() => db.$count(battles)).toBe(3);
      await afterItsRest(open);
      expect(await db.$count(battles)).toBe(3);
      const history = await new SqlBattleArchive(db).listOf(1, { kind: 'latest', limit: 5 });
      const names = history.battles.map(({ own, opponent }) => [own.name, opponent.name]);
      // All end at the same time, in any order.
      expect(names.sort()).toEqual([
        ['Ann', 'Ann'],
        ['Ann', 'Bob'],
      ]);
      expect(linesOf(open, /battle|^database/)).toEqual([
        'database connected',
        'database unavailable',
        'battle archive unavailable',
        'database available again',
        'battle archive available again',
      ]);
    },
    LONG,
  );

  test(
    'shows users who make or save a character a notice in their language',
    async () => {
      const { open, server } = await openOnServer();
      const [cid, dan, eve] = [
        open.newPlayer('Cid'),
        open.newPlayer('Даня', 'ru'),
        open.newPlayer('Eve'),
      ];
      await atTheLobby(cid);
      await atTheLobby(dan);
      await atTheLobby(eve);
      await eve.tap(withAction('lobby.new'));
      await eve.sees(/What is your name/);
      await server.halt();

      await cid.tap(withAction('lobby.new'));
      const answer = await cid.sees(/cannot be created or saved right now.*try again in a minute/);
      expect(answer.buttons.flat()).toHaveLength(1);
      await dan.tap(withAction('lobby.new'));
      await dan.sees(/нельзя ни создать, ни сохранить персонажа.*через минуту/);
      eve.say('Eve');
      await eve.sees(/cannot be created or saved right now/);
      // The list of characters is cached: the lobby is shown with a notice.
      await cid.tap(/Continue/);
      await cid.tap(withAction('lobby.new'));
      await cid.sees(/cannot be created or saved right now/);

      await server.restart();
      await afterItsRest(open);
      await cid.tap(/Continue/);
      await cid.tap(withAction('lobby.new'));
      await cid.sees(/What is your name/);
      await eve.tap(/Continue/);
      await eve.sees(/What is your name/);
      eve.say('Eve');
      await eve.sees(/Eve it is/);
      expect(linesOf(open, /./, 'error')).toEqual([]);
      expect(linesOf(open, /^database/)).toEqual([
        'database connected',
        'database unavailable',
        'database available again',
      ]);
    },
    LONG,
  );

  test(
    'leaves a character what its session knows, and refuses changes until it is back',
    async () => {
      const { open, server } = await openOnServer();
      const ann = open.newPlayer('Ann');
      await makeCharacter(ann, { name: 'Ann' });
      await ann.tap(withAction('character'));
      await ann.sees(/Level 2 · 0\/60/);
      await server.halt();

      await ann.tap(withAction('board'));
      await ann.seesNotice(/The archive is not responding/);
      await ann.tap(withAction('character'));
      await ann.sees(/Level, gold and scrap cannot be read right now[^]*Strength 14/);
      await ann.tap(withAction('techniques'));
      await ann.seesNotice(/The archive is not responding/);

      await server.restart();
      await afterItsRest(open);
      await ann.tap(withAction('character'));
      await ann.sees(/Level 2 · 0\/60/);
      expect(linesOf(open, /./, 'error')).toEqual([]);
    },
    LONG,
  );
});

/** An arena with its own PostgreSQL server. */
async function openOnServer() {
  const server = await startPostgres();
  onTestFinished(() => server.stop());
  return { server, open: await openArena({ DATABASE_URL: server.url }) };
}

async function connectedTo(url: string) {
  const connection = await connectDatabase({ url, dataDir: null, log: silentLog });
  onTestFinished(() => connection.close());
  return connection;
}

async function atTheLobby(who: TestPlayer): Promise<void> {
  who.say('/start');
  await screenWith(who, 'lobby.new');
}

/** A duel after its first exchange. */
async function inADuel(open: OpenArena): Promise<[TestPlayer, TestPlayer]> {
  const [ann, bob] = [open.newPlayer('Ann'), open.newPlayer('Bob')];
  await makeCharacter(ann, { name: 'Ann' });
  await makeCharacter(bob, { name: 'Bob' });
  await Promise.all([search(ann), search(bob)]);
  await Promise.all([screenWith(ann, 'battle.strike'), screenWith(bob, 'battle.strike')]);
  await Promise.all([makeMove(ann, 1), makeMove(bob, 2)]);
  const isSecond = (who: TestPlayer) =>
    who.client.waitFor((chat) => exchangeOf(chat.messages.at(-1) ?? null) === 2);
  await Promise.all([isSecond(ann), isSecond(bob)]);
  return [ann, bob];
}

/** The circuit breaker's pause. */
async function afterItsRest(open: OpenArena): Promise<void> {
  for (let passed = 0; passed < 12_000; passed += 4_000) {
    open.clock.advance(4_000);
    await open.arena.services.combat.tick();
  }
}

function linesOf(open: OpenArena, wanted: RegExp, level: string | null = null): string[] {
  return open.log.lines
    .filter((line) => level === null || line.level === level)
    .map(({ message }) => message)
    .filter((message) => wanted.test(message));
}
