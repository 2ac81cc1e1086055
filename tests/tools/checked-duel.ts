import { beforeAll, beforeEach, onTestFinished } from 'vitest';
import { repositoriesOn } from '../../bot/open-repositories.ts';
import { buildServices } from '../../bot/services.ts';
import { openStores } from '../../bot/stores.ts';
import { readSettings } from '../../bot/settings.ts';
import { systemEntropy } from '../../bot/system.ts';
import type { Database } from '../../database/database.ts';
import { characters, users } from '../../database/schema.ts';
import { type CombatDeps, CombatService } from '../../domains/combat/combat-service.ts';
import { connectRedis } from '../../redis/connect.ts';
import { keys } from '../../redis/keys.ts';
import { ArenaManager } from '../../redis/managers/arena-manager.ts';
import { BattleManager } from '../../redis/managers/battle-manager.ts';
import type { BattleHistory } from '../../tools/chaos/battle-history.ts';
import { checkArena } from '../../tools/chaos/check-arena.ts';
import { checkResults } from '../../tools/chaos/check-results.ts';
import { findUnsaved } from '../../tools/chaos/check-sessions.ts';
import { describeViolation } from '../../tools/chaos/violation.ts';
import { turnRules } from '../support/battle-setup.ts';
import { FixedClock } from '../support/clock.ts';
import { finishedSession } from '../support/finished-session.ts';
import { never } from '../support/never.ts';
import { emptyTables } from '../support/empty-tables.ts';
import { unobserved } from '../support/unobserved.ts';
import { silentLog } from '../support/silent-log.ts';
import { someDatabase } from '../support/some-database.ts';

/** For a run in which Redis kept everything. */
export const nothingLost: Pick<BattleHistory, 'lostBattle' | 'hasLostAll' | 'isOfOlderRelease'> = {
  lostBattle: () => null,
  hasLostAll: false,
  isOfOlderRelease: () => false,
};

export type CheckedDuel = Awaited<ReturnType<typeof openDuel>>;

/** A database for the tests of a file, and a function that opens a duel on it. */
export function useCheckedDuels(): { readonly openDuel: () => Promise<CheckedDuel> } {
  let db: Database | null = null;
  const database = () => {
    if (db === null) throw new Error('the database is opened by beforeAll');
    return db;
  };
  beforeAll(async () => {
    db = await someDatabase();
  });
  beforeEach(() => emptyTables(database()));
  return { openDuel: () => openDuel(database()) };
}

/** Characters 1 and 2 with all services for a duel; `serve` replaces some dependencies by broken ones. */
async function openDuel(db: Database) {
  const redis = await connectRedis({ url: null, log: silentLog });
  onTestFinished(() => redis.close());
  const { client, documents } = redis;
  const [log, clock] = [silentLog, new FixedClock()];
  const repositories = repositoriesOn(db, log);
  const services = buildServices(redis, {
    ...openStores(redis, { log, clock, repositories }),
    repositories,
    log,
    clock,
    entropy: systemEntropy,
    settings: readSettings({}),
    announcer: { announce: () => undefined },
  });
  for (const id of [1, 2]) {
    await db.insert(users).values({ id: 1000 + id });
    const place = { slot: 1, location_id: 'start_village' };
    await db.insert(characters).values({ id, user_id: 1000 + id, ...place });
    await services.accounts.createAccount(id, finishedSession(id, 1000 + id));
  }
  const arena = new ArenaManager({ client, clock, log, requestTtlS: 300 });
  const battles = new BattleManager({ client, log });
  const working: CombatDeps = {
    battles,
    clock,
    log,
    wait: never,
    rules: turnRules,
    archive: repositories.battles,
    accounts: services.accounts,
    seats: arena,
    restore: () => Promise.resolve(null),
    observer: unobserved,
  };
  const stores = { redis: client, documents, db };
  return {
    stores,
    services,
    arena,
    battles,
    working,
    client,
    documents,
    fight: async (): Promise<string> => {
      await services.arena.joinQueue(1, '1v1');
      await services.arena.joinQueue(2, '1v1');
      return (await client.get(keys.seat(1))) ?? 'none';
    },
    serve: (broken: Partial<CombatDeps> = {}) => new CombatService({ ...working, ...broken }),
    report: async (): Promise<string[]> => {
      const { violations } = await checkResults(stores, nothingLost);
      const lost = await findUnsaved(stores, nothingLost);
      return [...(await checkArena(stores)), ...violations, ...lost].map(describeViolation);
    },
  };
}
