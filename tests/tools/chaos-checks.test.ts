import type { AccountContext } from '../../domains/account/account-context.ts';
import type { PGlite } from '@electric-sql/pglite';
import { sql } from 'drizzle-orm';
import { type PgliteDatabase, drizzle } from 'drizzle-orm/pglite';
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import { buildServices, repositoriesOn, openStores } from '../../bot/services.ts';
import { readSettings } from '../../bot/settings.ts';
import { systemEntropy } from '../../bot/system.ts';
import { SqlBattleArchive } from '../../database/battle-archive.ts';
import { migrate } from '../../database/migrate.ts';
import { characters, users } from '../../database/schema.ts';
import { type CombatDeps, CombatService } from '../../domains/combat/combat-service.ts';
import { connectRedis } from '../../redis/connect.ts';
import { keys } from '../../redis/keys.ts';
import { AccountManager } from '../../redis/managers/account-manager.ts';
import { ArenaManager } from '../../redis/managers/arena-manager.ts';
import { BattleManager } from '../../redis/managers/battle-manager.ts';
import { freshBattle, turnRules } from '../support/battle-setup.ts';
import { FixedClock } from '../support/clock.ts';
import { finishedSession } from '../support/finished-session.ts';
import { never } from '../support/never.ts';
import { emptyPglite } from '../support/pglite-template.ts';
import { silentLog } from '../support/silent-log.ts';
import { checkArena, remainingInArena } from '../../tools/chaos/check-arena.ts';
import { checkResults, findUnsaved } from '../../tools/chaos/check-results.ts';
import { pollForPersistent } from '../../tools/chaos/timeouts.ts';
import { describeViolation } from '../../tools/chaos/violation.ts';
import { unobserved } from '../support/unobserved.ts';

const MODE = '1v1';

let pglite: PGlite | null = null;

beforeAll(async () => {
  pglite = await emptyPglite();
  await migrate(drizzle({ client: pglite }));
});

beforeEach(async () => {
  await database().execute(
    sql`truncate users, characters, saved_sessions, battles, battle_sides, character_records,
        pending_handlers restart identity`,
  );
});

afterAll(() => pglite?.close());

function database(): PgliteDatabase {
  if (pglite === null) throw new Error('the database is opened by beforeAll');
  return drizzle({ client: pglite });
}

/** As a release would that forgets to clear the battle of the session. */
function keepsBattle(before: AccountContext, after: AccountContext | null): AccountContext | null {
  if (after === null || before.sessions.combat_id === null) return after;
  return { ...after, sessions: before.sessions };
}

/** Characters 1 and 2 with all services for a duel; `serve` replaces some dependencies by broken ones. */
async function openDuel() {
  const db = database();
  const redis = await connectRedis({ url: null, log: silentLog });
  onTestFinished(() => redis.close());
  const { client, documents } = redis;
  const [log, clock] = [silentLog, new FixedClock()];
  const repositories = repositoriesOn(db, log);
  const services = buildServices(redis, {
    ...openStores(redis, { log, clock, repositories }),
    ...{ repositories, log, clock, entropy: systemEntropy, settings: readSettings({}) },
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
    ...{ battles, clock, log, wait: never, rules: turnRules, archive: repositories.battles },
    ...{ accounts: services.accounts, seats: arena },
    restore: () => Promise.resolve(null),
    observer: unobserved,
  };
  const stores = { redis: client, documents, db };
  return {
    ...{ stores, services, arena, battles, working, client, documents },
    fight: async (): Promise<string> => {
      await services.arena.joinQueue(1, MODE);
      await services.arena.joinQueue(2, MODE);
      return (await client.get(keys.seat(1))) ?? 'none';
    },
    serve: (broken: Partial<CombatDeps> = {}) => new CombatService({ ...working, ...broken }),
    report: async (): Promise<string[]> => {
      const { violations } = await checkResults(stores);
      const { lost } = await findUnsaved(stores);
      return [...(await checkArena(stores)), ...violations, ...lost].map(describeViolation);
    },
  };
}

test('the checks report nothing while players wait, fight and have fought', async () => {
  const { services, client, stores, fight, report } = await openDuel();
  await services.arena.joinQueue(1, MODE);
  expect(await checkArena(stores)).toEqual([]);
  expect(await remainingInArena(stores)).toEqual(['1 waiting']);
  const battleId = await fight();
  expect(await checkArena(stores)).toEqual([]);
  expect(await remainingInArena(stores)).toEqual(['2 with a seat', '1 battles with a deadline']);
  await services.combat.surrender(1, battleId);
  expect(await report()).toEqual([]);
  expect(await remainingInArena(stores)).toEqual([]);
  expect(await checkResults(stores)).toMatchObject({ ended: 1, unended: 0, stored: 1 });
  expect((await findUnsaved(stores)).dirty).toHaveLength(2);
  await services.logout.flush();
  expect(await findUnsaved(stores)).toEqual({ dirty: [], lost: [] });
  expect(await client.zcard(keys.deadlines())).toBe(0);
});

type Duel = Awaited<ReturnType<typeof openDuel>>;

/** Broken steps of the end of a battle, and the violations that each must cause. */
const brokenSteps: Readonly<
  Record<
    string,
    { readonly broken: (duel: Duel) => Partial<CombatDeps>; readonly reported: RegExp[] }
  >
> = {
  'frees no seat': {
    broken: ({ arena }) => ({
      seats: {
        freeSeat: () => Promise.resolve(true),
        isPending: (id) => arena.isPending(id),
        getSeated: (id) => arena.getSeated(id),
      },
    }),
    reported: [
      /^nobody lost: 1 is seated for/,
      /^nobody lost: 2 is seated for/,
      /^retries harmless: 1/,
    ],
  },
  'leaves the session in its battle': {
    broken: ({ client, documents }) => {
      const accounts = new AccountManager({ client, documents, log: silentLog });
      const change = accounts.changeAccount.bind(accounts);
      accounts.changeAccount = (charId, decide) =>
        change(charId, (account) => keepsBattle(account, decide(account)));
      return { accounts };
    },
    reported: [/^retries harmless: 1 is seated in null, the session says/],
  },
  'stores nothing': {
    broken: () => ({ archive: { store: () => Promise.resolve('stored') } }),
    reported: [/^every result stored once: battle \w+ has ended and is not stored/],
  },
  'stores a different battle': {
    broken: ({ working }) => ({
      archive: { store: (battle) => working.archive.store({ ...battle, turns: battle.turns + 1 }) },
    }),
    reported: [/^every result stored once: battle \w+ is stored differently from the fight/],
  },
  'stores a victory for both sides': {
    broken: ({ working }) => ({
      archive: {
        store: ({ sides: [first, second], ...battle }) =>
          working.archive.store({
            ...battle,
            sides: [
              { ...first, result: 'won' },
              { ...second, result: 'won' },
            ],
          }),
      },
    }),
    reported: [/^every result stored once: battle \w+ is stored with different sides/],
  },
  'stores the battle twice': {
    broken: ({ working }) => ({
      archive: {
        store: async (battle) => {
          await working.archive.store(battle);
          return working.archive.store({ ...battle, id: 'another00001' });
        },
      },
    }),
    reported: [/^every result stored once: 2 rows of one battle/],
  },
  'counts no result': {
    broken: ({ stores }) => ({ archive: new SqlBattleArchive(stores.db) }),
    reported: [
      /^every result counted once: character 1 has 0-0-0 and fought 0-1-0/,
      /^every result counted once: character 2 has 0-0-0 and fought 1-0-0/,
    ],
  },
  'queues no changed session': {
    broken: ({ client, documents }) => ({
      accounts: new AccountManager({ client, documents, log: silentLog }),
    }),
    reported: [/^every session saved: session 1 is neither saved nor queued/],
  },
};

test.each(Object.entries(brokenSteps))(
  'an end of a battle that %s is reported',
  async (_name, step) => {
    const duel = await openDuel();
    const battleId = await duel.fight();
    await duel.services.logout.flush();
    await duel.serve(step.broken(duel)).surrender(1, battleId);
    const report = await duel.report();
    for (const words of step.reported) expect(report).toContainEqual(expect.stringMatching(words));
    expect(report.length).toBeGreaterThan(0);
  },
);

/** Broken keys during a duel, and the violation that each must cause. */
const brokenPlaces: Readonly<
  Record<
    string,
    { readonly corrupt: (duel: Duel, battleId: string) => unknown; readonly reported: RegExp }
  >
> = {
  'a battle without a deadline': {
    corrupt: ({ battles }, id) => battles.cancelCheck(id),
    reported: /^every battle ends: battle \w+ has no deadline/,
  },
  'a fighter without a seat': {
    corrupt: ({ client }) => client.del(keys.seat(2)),
    reported: /^claimed both or neither: 2 fights in battle \w+ without its seat/,
  },
  'a character in two battles': {
    corrupt: ({ battles }) => battles.create(freshBattle()),
    reported: /^in one place at most: 1 fights in 2 battles/,
  },
  'a character that fights and waits': {
    corrupt: ({ client }) => client.zadd(keys.queue(MODE), 100, 1),
    reported: /^in one place at most: 1 waits and is seated/,
  },
  'a queue entry without a request': {
    corrupt: ({ client }) => client.zadd(keys.queue(MODE), 100, 1),
    reported: /^no stale queue entries: 1 has a queue entry or a request, not both/,
  },
  'a queue entry of an unknown character': {
    corrupt: ({ client }) => client.zadd(keys.queue(MODE), 100, 77),
    reported: /^no stale queue entries: 77 waits and is no character/,
  },
  'a match without a battle': {
    corrupt: ({ client }) => client.zadd(keys.matches(), 1, 'unsettled001'),
    reported: /^nobody lost: match unsettled001 has no battle/,
  },
  'a battle that has not ended': {
    corrupt: () => undefined,
    reported: /^every battle ends: battle \w+ has not ended/,
  },
};

test.each(Object.entries(brokenPlaces))('%s is reported', async (_name, { corrupt, reported }) => {
  const duel = await openDuel();
  const battleId = await duel.fight();
  await corrupt(duel, battleId);
  expect(await duel.report()).toContainEqual(expect.stringMatching(reported));
});

test('pollForPersistent answers only what was there at every poll', async () => {
  const polls = [['a', 'b'], ['b', 'c'], ['b']];
  const options = { timeoutMs: 300, nameOf: (one: string) => one };
  const poll = () => Promise.resolve(polls.shift() ?? ['b', 'c']);
  expect(await pollForPersistent(poll, options)).toEqual(['b']);
  const passing = [['a'], ['b'], ['c']];
  const other = () => Promise.resolve(passing.shift() ?? []);
  expect(await pollForPersistent(other, options)).toEqual([]);
});
