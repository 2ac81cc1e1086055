import { sql } from 'drizzle-orm';
import { parseArgs } from 'node:util';
import { repositoriesOn } from '../../bot/open-repositories.ts';
import { buildServices } from '../../bot/services.ts';
import { openStores } from '../../bot/stores.ts';
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
import { summarize } from './summary.ts';

/**
 * Players who enter their characters all at once, from the tap to the screen: with an empty Redis (cold)
 * and a filled one (warm), compared with as many single queries to the same database.
 * `npm run bench -- logins [--characters 1000]`.
 */
const { values } = parseArgs({
  options: { characters: { type: 'string', default: '1000' } },
});
const inSeconds = ({ tookMs }: Measured) => `${(tookMs / 1_000).toFixed(2)} s`;
const count = Number(values.characters);

interface Measured {
  readonly name: string;
  readonly tookMs: number;
  readonly each: Latencies;
  readonly queries: number;
}

await measure('PGlite', await countedPglite());
if (findPostgres() === null) print('no PostgreSQL on this machine: skipped\n');
else await measure('PostgreSQL', await countedPostgres());

async function measure(engine: string, database: CountedDatabase): Promise<void> {
  const redis = await connectRedis({ url: null, log: silentLog });
  try {
    const people = await manyCharacters(database.db, count);
    const router = openRouter(redis, database);
    const enter = ({ userId, charId }: OwnedCharacter) =>
      router.act(userId, { action: 'lobby.enter', value: charId });
    const goHome = ({ userId }: OwnedCharacter) => router.act(userId, { action: 'home' });
    const query = ({ charId }: OwnedCharacter) =>
      database.db.execute(sql`select * from characters where id = ${charId}`);
    const all = (name: string, act: (one: OwnedCharacter) => Promise<unknown>) =>
      runAtOnce({ name, people, act, database });
    await Promise.all(people.slice(0, 50).map(query));
    const limit = await all('a single query (the limit)', query);
    const cold = await all('entering, cold', enter);
    const warm = await all('entering, warm', enter);
    const home = await all('going home, warm', goHome);
    await redis.client.flushall();
    const emptied = await all('going home, Redis emptied', goHome);
    for (const one of [cold, warm]) {
      summarize({
        what: `${count} players at once, ${one.name}, ${engine}`,
        figure: inSeconds(one),
        limit: `${inSeconds(limit)}, one query each`,
        ratio: limit.tookMs / one.tookMs,
        goal: '–',
      });
    }
    print(`${engine}, ${count} players at once:\n`);
    print(`${table([limit, cold, warm, home, emptied], limit)}\n`);
  } finally {
    await redis.close();
    await database.close();
  }
}

function openRouter(redis: Awaited<ReturnType<typeof connectRedis>>, { db }: CountedDatabase) {
  const ports = {
    log: silentLog,
    clock: systemClock,
    repositories: repositoriesOn(db, silentLog),
  };
  return buildServices(redis, {
    ...openStores(redis, ports),
    ...ports,
    entropy: systemEntropy,
    settings: readSettings({}),
    announcer: { announce: () => undefined },
  }).router;
}

async function runAtOnce(run: {
  readonly name: string;
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
  return { name: run.name, tookMs, each, queries: run.database.takeCount() };
}

function table(rows: readonly Measured[], limit: Measured): string {
  return markdownTable(
    ['', 'total', 'p50', 'p99', 'queries each', 'to the limit'],
    rows.map(({ name, tookMs, each, queries }) => [
      name,
      `${tookMs.toFixed(0)} ms`,
      `${each.at(0.5).toFixed(0)} ms`,
      `${each.at(0.99).toFixed(0)} ms`,
      (queries / count).toFixed(2),
      (tookMs / limit.tookMs).toFixed(1),
    ]),
  );
}
