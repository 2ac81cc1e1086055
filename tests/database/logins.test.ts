import { expect, onTestFinished, test } from 'vitest';
import { buildServices, repositoriesOn, openStores } from '../../bot/services.ts';
import { readSettings } from '../../bot/settings.ts';
import { systemEntropy } from '../../bot/system.ts';
import { connectRedis } from '../../redis/connect.ts';
import { FixedClock } from '../support/clock.ts';
import { countedPglite } from '../support/counted-database.ts';
import { manyCharacters } from '../support/many-characters.ts';
import { silentLog } from '../support/silent-log.ts';

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

const lobbyEnter = (value: number) => ({ action: 'lobby.enter', value }) as const;

/** Services for users, none of whom plays a character yet. */
async function openDoor(count: number) {
  const database = await countedPglite();
  onTestFinished(() => database.close());
  const redis = await connectRedis({ url: null, log: silentLog });
  onTestFinished(() => redis.close());
  const repositories = repositoriesOn(database.db, silentLog);
  const ports = { log: silentLog, clock: new FixedClock(), repositories };
  const { router: door } = buildServices(redis, {
    ...openStores(redis, ports),
    ...ports,
    entropy: systemEntropy,
    settings: readSettings({}),
    announcer: { announce: () => undefined },
  });
  const people = await manyCharacters(database.db, count);
  return { door, people, database, forgetAll: () => redis.client.flushall() };
}
