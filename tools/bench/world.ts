import { parseArgs } from 'node:util';
import { sql } from 'drizzle-orm';
import { repositoriesOn } from '../../bot/open-repositories.ts';
import { buildServices } from '../../bot/services.ts';
import { openStores } from '../../bot/stores.ts';
import { readSettings } from '../../bot/settings.ts';
import { systemClock, systemEntropy } from '../../bot/system.ts';
import type { Database } from '../../database/database.ts';
import { journeys } from '../../database/schema-journeys.ts';
import { type Connection, connectRedis } from '../../redis/connect.ts';
import { accountContext } from '../../tests/support/account-context.ts';
import { manyCharacters } from '../../tests/support/many-characters.ts';
import { findPostgres } from '../../tests/support/postgres-server.ts';
import { findRedisServer, startRedisServer } from '../../tests/support/redis-server.ts';
import { silentLog } from '../../tests/support/silent-log.ts';
import { Latencies } from './latencies.ts';
import { print } from './print-table.ts';
import {
  type Recorded,
  type RecordedDatabase,
  openPglite,
  openPostgres,
} from './recorded-database.ts';
import { reportTaps, tapSteadily } from './steady-taps.ts';

/**
 * Steps of the world, one half into the wild and one half searches there: the whole step, from the read of the session
 * to the copies in it, by turns with a bare transaction of the statements that the step makes.
 * `npm run bench -- world [--per-second 50] [--seconds 5] [--rounds 4]`.
 */
const { values } = parseArgs({
  options: {
    'per-second': { type: 'string', default: '50' },
    seconds: { type: 'string', default: '5' },
    rounds: { type: 'string', default: '4' },
  },
});
const perSecond = Number(values['per-second']);
/** Each walker makes one step a round, as what is met ends a walk. */
const pace = { perSecond, taps: perSecond * Number(values.seconds) };
const rounds = Number(values.rounds);
const [SAFE, WILD] = ['start_village', 'birch_wood'] as const;

interface Walker {
  readonly charId: number;
  readonly isSearching: boolean;
}

interface Copied extends Walker {
  readonly statements: readonly Recorded[];
}

type World = ReturnType<typeof openWorld>;

async function measure(engine: string, open: typeof openPostgres): Promise<void> {
  const database = await open();
  const server = findRedisServer() === null ? null : await startRedisServer();
  const redis = await connectRedis({ url: server?.url ?? null, log: silentLog });
  try {
    const world = openWorld(redis, database.db);
    const people = await addWalkers(world, database.db);
    const [walkers, others] = [people.slice(0, pace.taps), people.slice(pace.taps)];
    // Replayed statements would take the walkers back to an earlier version.
    const copied = await recordSteps(world, database, others);
    const [step, bare] = [new Latencies(), new Latencies()];
    // The first round only warms up.
    for (let round = 0; round <= rounds; round += 1) {
      const [steps, bares] = round === 0 ? [new Latencies(), new Latencies()] : [step, bare];
      const versions = await backToStart(world, database.db, walkers);
      await tapSteadily(walkers, { ...pace, latencies: steps }, (walker) =>
        walk(world, walker, versions),
      );
      await tapSteadily(copied, { ...pace, latencies: bares }, ({ statements }) =>
        database.run(statements.map((one) => renamed(one, round))),
      );
    }
    const statements = copied[0]?.statements.length ?? 0;
    reportTaps({ engine, perSecond, step, bare, statements, what: 'a step of the world' });
  } finally {
    await redis.close();
    await server?.stop();
    await database.close();
  }
}

function openWorld(redis: Connection, db: Database) {
  const ports = { log: silentLog, clock: systemClock, repositories: repositoriesOn(db, silentLog) };
  return buildServices(redis, {
    ...openStores(redis, ports),
    ...ports,
    entropy: systemEntropy,
    settings: readSettings({}),
    announcer: { announce: () => undefined },
  });
}

async function addWalkers({ accounts }: World, db: Database): Promise<Walker[]> {
  const people = await manyCharacters(db, 2 * pace.taps);
  for (const { charId, userId } of people)
    await accounts.createAccount(charId, accountContext({ user_id: userId }));
  return people.map(({ charId }) => ({ charId, isSearching: charId % 2 === 1 }));
}

/** With all energy and nobody met; answers the versions that buttons carry. */
async function backToStart(
  { accounts }: World,
  db: Database,
  walkers: readonly Walker[],
): Promise<ReadonlyMap<number, number>> {
  await db.execute(sql`
    insert into journeys (character_id, version, level, xp, points, gold, scrap, location_id, seen)
    select id, 1, 1, 0, 0, 0, 0, case id % 2 when 1 then ${WILD} else ${SAFE} end,
      ${JSON.stringify([WILD])}::jsonb from characters
    on conflict (character_id) do update set location_id = excluded.location_id,
      prev_location_id = null, energy = 24, encounter = null`);
  for (const { charId, isSearching } of walkers)
    await accounts.setLocation(charId, isSearching ? WILD : SAFE);
  const { character_id, version } = journeys;
  const rows = await db.select({ character_id, version }).from(journeys);
  return new Map(rows.map((row) => [row.character_id, row.version]));
}

async function recordSteps(
  world: World,
  database: RecordedDatabase,
  walkers: readonly Walker[],
): Promise<Copied[]> {
  const versions = await backToStart(world, database.db, walkers);
  const copied: Copied[] = [];
  for (const walker of walkers) {
    const statements = await database.record(() => walk(world, walker, versions));
    copied.push({ ...walker, statements });
  }
  return copied;
}

async function walk(
  { exploration, accounts }: World,
  { charId, isSearching }: Walker,
  versions: ReadonlyMap<number, number>,
): Promise<void> {
  const account = await accounts.getFullAccount(charId);
  if (account === null) throw new Error(`character ${charId} has no session`);
  const [who, version] = [{ charId, account }, versions.get(charId) ?? 0];
  const reply = isSearching
    ? await exploration.search(who, version)
    : await exploration.go(who, WILD, version);
  if (reply.kind !== 'done') throw new Error(`a step of character ${charId}: ${reply.kind}`);
}

/** Another grant each time: their ids are used once. */
function renamed({ text, params }: Recorded, round: number): Recorded {
  const isGrant = (one: unknown) => typeof one === 'string' && /^(go|search):\d/.test(one);
  return { text, params: params.map((one) => (isGrant(one) ? `${String(one)}:${round}` : one)) };
}

await measure('PGlite', openPglite);
if (findPostgres() === null) print('no PostgreSQL on this machine: skipped\n');
else await measure('PostgreSQL', openPostgres);
