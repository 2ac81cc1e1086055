import { parseArgs } from 'node:util';
import { repositoriesOn } from '../../bot/open-repositories.ts';
import { buildServices } from '../../bot/services.ts';
import { openStores } from '../../bot/stores.ts';
import { readSettings } from '../../bot/settings.ts';
import { systemClock, systemEntropy } from '../../bot/system.ts';
import { JourneyService } from '../../domains/inventory/journey-service.ts';
import { type Change, type Earnings, placedGrant } from '../../domains/inventory/journey.ts';
import type { Decision } from '../../domains/inventory/journey-store.ts';
import { type Connection, connectRedis } from '../../redis/connect.ts';
import { keys } from '../../redis/keys.ts';
import { accountContext } from '../../tests/support/account-context.ts';
import { manyCharacters } from '../../tests/support/many-characters.ts';
import { findPostgres } from '../../tests/support/postgres-server.ts';
import { findRedisServer, startRedisServer } from '../../tests/support/redis-server.ts';
import { silentLog } from '../../tests/support/silent-log.ts';
import { Latencies } from './latencies.ts';
import { print } from './print-table.ts';
import { type Recorded, openPglite, openPostgres } from './recorded-database.ts';
import { reportTaps, tapSteadily } from './steady-taps.ts';

/**
 * Taps that change weapons: the whole step, from the look at queue and battle to the copy in the session, by
 * turns with a bare transaction of the statements that the step makes.
 * `npm run bench -- inventory [--per-second 50] [--seconds 5] [--rounds 4]`.
 */
const { values } = parseArgs({
  options: {
    'per-second': { type: 'string', default: '50' },
    seconds: { type: 'string', default: '5' },
    rounds: { type: 'string', default: '4' },
  },
});
const perSecond = Number(values['per-second']);
const pace = { perSecond, taps: perSecond * Number(values.seconds) };
const rounds = Number(values.rounds);
const PEOPLE = 100;
/** Beside the two weapons. */
const OTHER_ITEMS = 20;

/** Of a character, who wears the first and the second weapon by turns. */
interface Wearer {
  readonly charId: number;
  /** The statements that put on each. */
  readonly statements: readonly (readonly Recorded[])[];
}

async function measure(engine: string, open: typeof openPostgres): Promise<void> {
  const database = await open();
  const server = findRedisServer() === null ? null : await startRedisServer();
  const redis = await connectRedis({ url: server?.url ?? null, log: silentLog });
  try {
    const journeys = openJourneys(redis, database.db);
    const wearers: Wearer[] = [];
    for (const { charId, userId } of await manyCharacters(database.db, PEOPLE)) {
      await journeys.accounts.createAccount(charId, accountContext({ user_id: userId }));
      await journeys.service.step(charId, giveItems);
      const statements: Recorded[][] = [];
      for (const turn of [0, 1])
        statements.push(await database.record(() => wear(journeys.service, charId, turn)));
      wearers.push({ charId, statements });
    }
    const [step, bare] = [new Latencies(), new Latencies()];
    // The first round only warms up.
    for (let round = 0; round <= rounds; round += 1) {
      const [steps, bares] = round === 0 ? [new Latencies(), new Latencies()] : [step, bare];
      await tapSteadily(wearers, { ...pace, latencies: steps }, ({ charId }, turn) =>
        wear(journeys.service, charId, turn % 2),
      );
      await tapSteadily(wearers, { ...pace, latencies: bares }, ({ statements }, turn) =>
        database.run(statements[turn % 2] ?? []),
      );
    }
    const statements = wearers[0]?.statements[0]?.length ?? 0;
    reportTaps({ engine, perSecond, step, bare, statements, what: 'a tap that wears' });
  } finally {
    await redis.close();
    await server?.stop();
    await database.close();
  }
}

function openJourneys(redis: Connection, db: Awaited<ReturnType<typeof openPostgres>>['db']) {
  const repositories = repositoriesOn(db, silentLog);
  const ports = { log: silentLog, clock: systemClock, repositories };
  const { accounts, features } = buildServices(redis, {
    ...openStores(redis, ports),
    ...ports,
    entropy: systemEntropy,
    settings: readSettings({}),
    announcer: { announce: () => undefined },
  });
  const service = new JourneyService({
    ...ports,
    ...repositories,
    accounts,
    isBusy: (charId) => features.occupies(charId),
    lobby: {
      invalidateCharactersList: async (userId) => {
        await redis.client.del(keys.lobby(userId));
      },
    },
  });
  return { service, accounts };
}

function giveItems({ charId, items }: Earnings): Decision {
  const weapon = { template: 'might_weapon', rarity: 'common', affixes: [] } as const;
  const other = { template: 'grace_head', rarity: 'fine', affixes: ['owl'] } as const;
  const given = [weapon, weapon, ...Array.from({ length: OTHER_ITEMS }, () => other)];
  const grant = { id: `bench:${charId}`, xp: 0, gold: 0, uses: {}, items: given };
  return { kind: 'change', change: { grants: [placedGrant(grant, items)] } };
}

async function wear(service: JourneyService, charId: number, turn: number): Promise<void> {
  const reply = await service.step(charId, ({ items }) => {
    const [one, other] = items;
    const [on, off] = turn === 0 ? [one, other] : [other, one];
    if (on === undefined || off === undefined) return { kind: 'refused', reason: 'no weapon' };
    const moved: Change['items'] = [
      { ...off, place: 'bag', slot: null },
      { ...on, place: 'worn', slot: 'weapon' },
    ];
    return { kind: 'change', change: { items: moved } };
  });
  if (reply.kind !== 'changed') throw new Error(`a step of character ${charId}: ${reply.kind}`);
}

await measure('PGlite', openPglite);
if (findPostgres() === null) print('no PostgreSQL on this machine: skipped\n');
else await measure('PostgreSQL', openPostgres);
