import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { renderScreen } from '../../bot/screen-renderer.ts';
import { repositoriesOn } from '../../bot/open-repositories.ts';
import { systemClock } from '../../bot/system.ts';
import { Translator } from '../../bot/translator.ts';
import type { ActionShape, UiPayload } from '../../domains/core/ui-payload.ts';
import { listScreen } from '../../domains/rating/ladder-screens.ts';
import { LadderService } from '../../domains/rating/ladder-service.ts';
import { Seasons } from '../../domains/rating/seasons.ts';
import { connectRedis } from '../../redis/connect.ts';
import { keys } from '../../redis/keys.ts';
import { LadderManager } from '../../redis/managers/ladder-manager.ts';
import { manyCharacters } from '../../tests/support/many-characters.ts';
import { manyStandings } from '../../tests/support/many-standings.ts';
import { findRedisServer, startRedisServer } from '../../tests/support/redis-server.ts';
import { silentLog } from '../../tests/support/silent-log.ts';
import { Latencies } from './latencies.ts';
import { markdownTable, print } from './print-table.ts';
import { openPglite, openPostgres } from './recorded-database.ts';
import { findPostgres } from '../../tests/support/postgres-server.ts';
import { summarize } from './summary.ts';

/**
 * Looks at the leaderboard by turns with a bare ZREVRANGE of ten rows and the rendering of the same screen.
 * `npm run bench -- leaderboard [--characters 100000] [--looks 4000]`.
 */
const { values } = parseArgs({
  options: {
    characters: { type: 'string', default: '100000' },
    looks: { type: 'string', default: '4000' },
  },
});
const characters = Number(values.characters);
const looks = Number(values.looks);
const GOAL = 2;
/** Of each kind before those that are measured. */
const WARM_UP = 500;

const translator = new Translator('en', { clientTime: true });
const pack = ({ action }: ActionShape) => action;

async function timed<T>(latencies: Latencies, act: () => Promise<T>): Promise<T> {
  const fromMs = performance.now();
  const result = await act();
  latencies.add(performance.now() - fromMs);
  return result;
}

async function measure(url: string): Promise<void> {
  const database = await (findPostgres() === null ? openPglite() : openPostgres());
  const redis = await connectRedis({ url, log: silentLog });
  try {
    await manyCharacters(database.db, characters);
    await manyStandings(database.db, { count: characters, lastAtMs: systemClock.now() });
    // As autovacuum leaves it.
    await database.db.execute('vacuum analyze');
    const { ladder, seasons: store } = repositoriesOn(database.db, silentLog);
    const deps = { clock: systemClock, log: silentLog };
    const seasons = new Seasons({ ...deps, seasons: store, weeks: 0 });
    const service = new LadderService({
      ...deps,
      ladder,
      seasons,
      lists: new LadderManager(redis.client),
    });
    const made = new Latencies();
    await timed(made, () => service.refreshLists());
    const [look, bare, fallback] = [new Latencies(), new Latencies(), new Latencies()];
    let screen: UiPayload | null = null;
    const lookOf = async (n: number) => {
      const charId = 1 + ((n * 7_919) % characters);
      screen = listScreen(await service.look(charId, { scope: 'season', of: 'all' }));
      renderScreen(screen, { translator, pack });
    };
    const bareOf = async () => {
      await redis.client.zrevrange(keys.list('0', 'all'), 0, 9, 'WITHSCORES');
      if (screen !== null) renderScreen(screen, { translator, pack });
    };
    for (let n = -WARM_UP; n < looks; n += 1) {
      const [one, other] = n < 0 ? [new Latencies(), new Latencies()] : [look, bare];
      await timed(one, () => lookOf(Math.abs(n)));
      await timed(other, bareOf);
    }
    await redis.client.flushall();
    for (let n = 0; n < 100; n += 1) await timed(fallback, () => lookOf(n));
    report({ look, bare, fallback, madeMs: made.at(1) });
  } finally {
    await redis.close();
    await database.close();
  }
}

interface Measured {
  readonly look: Latencies;
  readonly bare: Latencies;
  readonly fallback: Latencies;
  readonly madeMs: number;
}

function report({ look, bare, fallback, madeMs }: Measured): void {
  const ms = (value: number) => `${value.toFixed(2)} ms`;
  const row = (name: string, one: Latencies) => [name, ms(one.at(0.5)), ms(one.at(0.99))];
  print(`${characters} rated characters, ${look.count} looks:\n`);
  const rows = [
    row('a look at the leaderboard', look),
    row('ZREVRANGE and rendering (the limit)', bare),
    row('a look while the cache is missing', fallback),
  ];
  print(`${markdownTable(['', 'p50', 'p99'], rows)}\n`);
  print(`the lists are made in ${Math.round(madeMs)} ms\n`);
  const ratio = look.at(0.99) / bare.at(0.99);
  const failed = ratio > GOAL;
  summarize({
    what: `a look at the leaderboard of ${characters.toLocaleString('en')}, p99`,
    figure: ms(look.at(0.99)),
    limit: `${ms(bare.at(0.99))}, a bare ZREVRANGE and rendering`,
    ratio,
    goal: `≤ ${GOAL}`,
  });
  print(
    `goal: p99 at most ${GOAL} times the limit, ${ratio.toFixed(2)}: ${failed ? 'FAILED' : 'met'}\n`,
  );
  if (failed) process.exitCode = 1;
}

if (findRedisServer() === null) print('no redis-server on this machine: skipped\n');
else {
  const server = await startRedisServer();
  await measure(server.url);
  await server.stop();
}
