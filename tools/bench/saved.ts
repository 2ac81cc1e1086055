import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { sql } from 'drizzle-orm';
import { repositoriesOn } from '../../bot/open-repositories.ts';
import { buildServices } from '../../bot/services.ts';
import { openStores } from '../../bot/stores.ts';
import { readSettings } from '../../bot/settings.ts';
import { systemClock, systemEntropy } from '../../bot/system.ts';
import { type Connection, connectRedis } from '../../redis/connect.ts';
import { accountContext } from '../../tests/support/account-context.ts';
import {
  type CountedDatabase,
  countedPglite,
  countedPostgres,
} from '../../tests/support/counted-database.ts';
import { type OwnedCharacter, manyCharacters } from '../../tests/support/many-characters.ts';
import { findPostgres } from '../../tests/support/postgres-server.ts';
import { findRedisServer, startRedisServer } from '../../tests/support/redis-server.ts';
import { silentLog } from '../../tests/support/silent-log.ts';
import { Latencies } from './latencies.ts';
import { markdownTable, print } from './print-table.ts';
import { runConcurrently } from './run-concurrently.ts';
import { perSecond, summarize } from './summary.ts';

/**
 * Changed sessions that one step of the logout worker saves, by turns with a bare upsert of as many rows
 * into the same table. `npm run bench -- saved [--sessions 4000] [--rounds 5]`.
 */
const { values } = parseArgs({
  options: {
    sessions: { type: 'string', default: '4000' },
    rounds: { type: 'string', default: '5' },
  },
});
const count = Number(values.sessions);
const rounds = Number(values.rounds);
const BARE_ROWS = 500;
const GOAL_PER_S = 2_000;

async function measure(engine: string, database: CountedDatabase): Promise<void> {
  const server = findRedisServer() === null ? null : await startRedisServer();
  const redis = await connectRedis({ url: server?.url ?? null, log: silentLog });
  try {
    const people = await manyCharacters(database.db, count);
    const { accounts, logout, writeBehind } = openServices(redis, database);
    await runConcurrently(people, ({ userId, charId }) =>
      accounts.createAccount(charId, accountContext({ user_id: userId })),
    );
    const [saved, bare] = [new Latencies(), new Latencies()];
    let left = 0;
    for (let round = 0; round < rounds; round += 1) {
      await runConcurrently(people, ({ charId }) => writeBehind.markDirty('session', charId));
      const startedMs = performance.now();
      await logout.work();
      const tookMs = performance.now() - startedMs;
      const rest = await writeBehind.leaseDirty('session', { sinceMs: Infinity, limit: count });
      left += rest.length;
      await writeBehind.acknowledge('session', rest);
      saved.add((1_000 * (count - rest.length)) / tookMs);
      const bareMs = performance.now();
      await saveBare(database, people);
      bare.add((1_000 * count) / (performance.now() - bareMs));
    }
    report(engine, { saved, bare, left });
  } finally {
    await redis.close();
    await server?.stop();
    await database.close();
  }
}

function openServices(redis: Connection, { db }: CountedDatabase) {
  const repositories = repositoriesOn(db, silentLog);
  const ports = { log: silentLog, clock: systemClock, repositories };
  const stores = openStores(redis, ports);
  // A session is due as soon as it is dirty.
  const settings = { ...readSettings({}), ARENA_SAVE_S: 0 };
  const announcer = { announce: () => undefined };
  const options = { ...stores, ...ports, entropy: systemEntropy, settings, announcer };
  return { ...buildServices(redis, options), writeBehind: stores.writeBehind };
}

async function saveBare({ db }: CountedDatabase, people: readonly OwnedCharacter[]): Promise<void> {
  for (let from = 0; from < people.length; from += BARE_ROWS) {
    const rows = people.slice(from, from + BARE_ROWS).map(({ userId, charId }) => {
      const context = JSON.stringify(accountContext({ user_id: userId }));
      return sql`(${charId}::bigint, ${context}::jsonb, 1, now())`;
    });
    await db.execute(sql`
      insert into saved_sessions (character_id, context, version, saved_at)
      values ${sql.join(rows, sql`, `)}
      on conflict (character_id) do update set context = excluded.context,
        version = excluded.version, saved_at = excluded.saved_at`);
  }
}

interface Measured {
  readonly saved: Latencies;
  readonly bare: Latencies;
  readonly left: number;
}

function report(engine: string, { saved, bare, left }: Measured): void {
  const [mine, limit] = [saved.at(0.5), bare.at(0.5)];
  const row = (name: string, perSecond: number) => [
    name,
    perSecond.toFixed(0),
    (perSecond / limit).toFixed(2),
  ];
  const rows = [row('logout worker', mine), row('bare upsert (the limit)', limit)];
  print(`${engine}, ${count} dirty sessions, ${rounds} rounds, medians:\n`);
  print(`${markdownTable(['', 'sessions a second', 'ratio'], rows)}\n`);
  summarize({
    what: `changed sessions saved, ${engine}`,
    figure: perSecond(mine),
    limit: `${perSecond(limit)}, an upsert of ${BARE_ROWS} rows at a time`,
    ratio: mine / limit,
    goal: engine === 'PostgreSQL' ? perSecond(GOAL_PER_S) : '–',
  });
  print(`left by a step of the worker: ${left} of ${count * rounds}`);
  const failed = left > 0 || (engine === 'PostgreSQL' && mine < GOAL_PER_S);
  print(`goal: all saved in one step, ${GOAL_PER_S} a second: ${failed ? 'FAILED' : 'met'}\n`);
  if (failed) process.exitCode = 1;
}

await measure('PGlite', await countedPglite());
if (findPostgres() === null) print('no PostgreSQL on this machine: skipped\n');
else await measure('PostgreSQL', await countedPostgres());
