import { describe, expect, onTestFinished, test } from 'vitest';
import { repositoriesOn } from '../../bot/open-repositories.ts';
import { buildServices } from '../../bot/services.ts';
import { openStores } from '../../bot/stores.ts';
import { readSettings } from '../../bot/settings.ts';
import { systemEntropy } from '../../bot/system.ts';
import { SqlJourneys } from '../../database/journeys-repository.ts';
import { wearBest } from '../../domains/inventory/bag-rules.ts';
import { connectRedis } from '../../redis/connect.ts';
import { keys } from '../../redis/keys.ts';
import { accountContext, firstVersionOf } from '../support/account-context.ts';
import { FixedClock } from '../support/clock.ts';
import { countedDatabase } from '../support/counted-database.ts';
import { itemOf } from '../support/items.ts';
import { manyCharacters } from '../support/many-characters.ts';
import { silentLog } from '../support/silent-log.ts';
import { give } from '../support/skills-features.ts';

test('login sends one query, with or without a live session, and resume none', async () => {
  const { door, people, database, forgetAll } = await openDoor(20);
  const all = (act: (one: (typeof people)[number]) => Promise<unknown>) =>
    Promise.all(people.map(act));
  const enter = () => all(({ userId, charId }) => door.act(userId, lobbyEnter(charId)));
  const goOn = () => all(({ userId }) => door.act(userId, { action: 'home' }));
  database.takeCount();

  await enter();
  expect(database.takeCount()).toBe(people.length);
  await enter();
  expect(database.takeCount()).toBe(people.length);
  await goOn();
  expect(database.takeCount()).toBe(0);
  await forgetAll();
  await goOn();
  // The active character and its saved session.
  expect(database.takeCount()).toBe(2 * people.length);
});

describe('a live session of release 0.5.0, whose character wears an axe since,', () => {
  async function openWithAxe() {
    const { door, people, database, redis, startProcess } = await openDoor(1);
    const [{ userId, charId } = { userId: 0, charId: 0 }] = people;
    const wear = async () => {
      await redis.documents.set(
        keys.account(charId),
        '$',
        firstVersionOf(accountContext({ user_id: userId })),
      );
      const journeys = new SqlJourneys({ db: database.db, clock: new FixedClock() });
      await give(journeys, charId, { items: [itemOf('1 might_weapon fine bear')] });
      await journeys.step(charId, (earnings) => wearBest(earnings));
    };
    const gear = () => redis.documents.get(keys.account(charId), '$.gear');
    return { door, userId, charId, wear, gear, startProcess };
  }

  const axe = { value: { version: 2, bonus: { strength: 1, endurance: 1 } } };

  test('has it from the login on', async () => {
    const { door, userId, charId, wear, gear } = await openWithAxe();
    await wear();
    await door.act(userId, lobbyEnter(charId));
    expect(await gear()).toMatchObject(axe);
  });

  test('has it from the first tap on that a process serves', async () => {
    const { door, userId, charId, wear, gear, startProcess } = await openWithAxe();
    await door.act(userId, lobbyEnter(charId));
    await wear();
    await startProcess().act(userId, { action: 'home' });
    expect(await gear()).toMatchObject(axe);
  });
});

const lobbyEnter = (value: number) => ({ action: 'lobby.enter', value }) as const;

/** Services for users, none of whom plays a character yet. */
async function openDoor(count: number) {
  const database = await countedDatabase();
  onTestFinished(() => database.close());
  const redis = await connectRedis({ url: null, log: silentLog });
  onTestFinished(() => redis.close());
  const repositories = repositoriesOn(database.db, silentLog);
  const ports = { log: silentLog, clock: new FixedClock(), repositories };
  const open = () =>
    buildServices(redis, {
      ...openStores(redis, ports),
      ...ports,
      entropy: systemEntropy,
      settings: readSettings({}),
      announcer: { announce: () => undefined },
    });
  const startProcess = () => open().router;
  const first = open();
  // As the ticker of a process does: the menu asks which season was closed last.
  await first.seasons.work();
  const people = await manyCharacters(database.db, count);
  const forgetAll = () => redis.client.flushall();
  return { door: first.router, people, database, redis, startProcess, forgetAll };
}
