import { sql } from 'drizzle-orm';
import { parseArgs } from 'node:util';
import { buildServices, repositoriesOn, openStores } from '../../bot/services.ts';
import { readSettings } from '../../bot/settings.ts';
import { systemClock, systemEntropy } from '../../bot/system.ts';
import { connectRedis } from '../../redis/connect.ts';
import {
  type CountedDatabase,
  countedPglite,
  countedPostgres,
} from '../../tests/support/counted-database.ts';
import { type OwnedCharacter, manyCharacters } from '../../tests/support/many-characters.ts';
import { findPostgres } from '../../tests/support/postgres-server.ts';
import { silentLog } from '../../tests/support/silent-log.ts';
import { Latencies } from './latencies.ts';
import { markdownTable, print } from './print-table.ts';

/**
 * So many players entering their characters at the same moment, from the tap to the screen: cold, with
 * a Redis that knows nobody, and warm. Beside it as many bare questions to the same database.
 * `npm run bench -- logins [--characters 1000]`.
 */
const { values: wish } = parseArgs({
  options: { characters: { type: 'string', default: '1000' } },
});
const count = Number(wish.characters);

interface Measured {
  readonly what: string;
  readonly tookMs: number;
  readonly each: Latencies;
  readonly questions: number;
}

await measure('PGlite', await countedPglite());
if (findPostgres() === null) print('PostgreSQL: skipped, there is none on this machine.\n');
else await measure('PostgreSQL', await countedPostgres());

async function measure(engine: string, database: CountedDatabase): Promise<void> {
  const redis = await connectRedis({ url: null, log: silentLog });
  try {
    const people = await manyCharacters(database.db, count);
    const door = openDoor(redis, database);
    const enter = ({ userId, charId }: OwnedCharacter) =>
      door.act(userId, { action: 'lobby.enter', value: charId });
    const goOn = ({ userId }: OwnedCharacter) => door.act(userId, { action: 'home' });
    const ask = ({ charId }: OwnedCharacter) =>
      database.db.execute(sql`select * from characters where id = ${charId}`);
    const all = (what: string, act: (one: OwnedCharacter) => Promise<unknown>) =>
      atOnce({ what, people, act, database });
    await Promise.all(people.slice(0, 50).map(ask));
    const limit = await all('a bare question (the limit)', ask);
    const cold = await all('entering, cold', enter);
    const warm = await all('entering, warm', enter);
    const on = await all('going on, warm', goOn);
    await redis.client.flushall();
    const lost = await all('going on, Redis emptied', goOn);
    print(`${engine}, ${count} players at once:\n`);
    print(`${table([limit, cold, warm, on, lost], limit)}\n`);
  } finally {
    await redis.close();
    await database.close();
  }
}

function openDoor(redis: Awaited<ReturnType<typeof connectRedis>>, { db }: CountedDatabase) {
  const surroundings = {
    log: silentLog,
    clock: systemClock,
    repositories: repositoriesOn(db, silentLog),
  };
  return buildServices(redis, {
    ...openStores(redis, surroundings),
    ...surroundings,
    entropy: systemEntropy,
    settings: readSettings({}),
    announcer: { announce: () => undefined },
  }).router;
}

async function atOnce(run: {
  readonly what: string;
  readonly people: readonly OwnedCharacter[];
  readonly act: (one: OwnedCharacter) => Promise<unknown>;
  readonly database: CountedDatabase;
}): Promise<Measured> {
  const each = new Latencies();
  run.database.takeCount();
  const from = performance.now();
  await Promise.all(
    run.people.map(async (one) => {
      await run.act(one);
      each.add(performance.now() - from);
    }),
  );
  const tookMs = performance.now() - from;
  return { what: run.what, tookMs, each, questions: run.database.takeCount() };
}

function table(rows: readonly Measured[], limit: Measured): string {
  return markdownTable(
    ['', 'all in', 'p50', 'p99', 'questions each', 'to the limit'],
    rows.map(({ what, tookMs, each, questions }) => [
      what,
      `${tookMs.toFixed(0)} ms`,
      `${each.at(0.5).toFixed(0)} ms`,
      `${each.at(0.99).toFixed(0)} ms`,
      (questions / count).toFixed(2),
      (tookMs / limit.tookMs).toFixed(1),
    ]),
  );
}
