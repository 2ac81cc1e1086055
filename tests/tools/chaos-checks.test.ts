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
  if (pglite === null) throw new Error('The database is opened before the first test only');
  return drizzle({ client: pglite });
}

/** As a release that forgets to take the session out of its battle. */
function keepsBattle(before: AccountContext, after: AccountContext | null): AccountContext | null {
  if (after === null || before.sessions.combat_id === null) return after;
  return { ...after, sessions: before.sessions };
}

/** Characters 1 and 2 with all that a duel of theirs needs, and how to serve it with a broken step. */
async function openDuel() {
  const db = database();
  const redis = await connectRedis({ url: null, log: silentLog });
  onTestFinished(() => redis.close());
  const { client, documents } = redis;
  const [log, clock] = [silentLog, new FixedClock()];
  const repositories = repositoriesOn(db, log);
  const house = buildServices(redis, {
    ...openStores(redis, { log, clock, repositories }),
    ...{ repositories, log, clock, entropy: systemEntropy, settings: readSettings({}) },
    announcer: { announce: () => undefined },
  });
  for (const id of [1, 2]) {
    await db.insert(users).values({ id: 1000 + id });
    const place = { slot: 1, location_id: 'start_village' };
    await db.insert(characters).values({ id, user_id: 1000 + id, ...place });
    await house.accounts.createAccount(id, finishedSession(id, 1000 + id));
  }
  const arena = new ArenaManager({ client, clock, log, requestTtlS: 300 });
  const battles = new BattleManager({ client, log });
  const sound: CombatDeps = {
    ...{ battles, clock, log, wait: never, rules: turnRules, archive: repositories.battles },
    ...{ accounts: house.accounts, seats: arena },
    restore: () => Promise.resolve(null),
    observer: {
      battleStarted: () => undefined,
      battleMoved: () => undefined,
      battleEnded: () => undefined,
      battleLost: () => undefined,
    },
  };
  const stores = { redis: client, documents, db };
  return {
    ...{ stores, house, arena, battles, sound, client, documents },
    fight: async (): Promise<string> => {
      await house.arena.joinQueue(1, MODE);
      await house.arena.joinQueue(2, MODE);
      return (await client.get(keys.seat(1))) ?? 'none';
    },
    serve: (broken: Partial<CombatDeps> = {}) => new CombatService({ ...sound, ...broken }),
    report: async (): Promise<string[]> => {
      const { wrongs } = await checkResults(stores);
      const { forgotten } = await findUnsaved(stores);
      return [...(await checkArena(stores)), ...wrongs, ...forgotten].map(describeViolation);
    },
  };
}

test('nothing is reported of people who wait, fight and have fought', async () => {
  const { house, client, stores, fight, report } = await openDuel();
  await house.arena.joinQueue(1, MODE);
  expect(await checkArena(stores)).toEqual([]);
  expect(await remainingInArena(stores)).toEqual(['1 waiting']);
  const battleId = await fight();
  expect(await checkArena(stores)).toEqual([]);
  expect(await remainingInArena(stores)).toEqual(['2 with a seat', '1 battles on the clock']);
  await house.combat.surrender(1, battleId);
  expect(await report()).toEqual([]);
  expect(await remainingInArena(stores)).toEqual([]);
  expect(await checkResults(stores)).toMatchObject({ ended: 1, unended: 0, stored: 1 });
  expect((await findUnsaved(stores)).owed).toHaveLength(2);
  await house.logout.flush();
  expect(await findUnsaved(stores)).toEqual({ owed: [], forgotten: [] });
  expect(await client.zcard(keys.deadlines())).toBe(0);
});

type Duel = Awaited<ReturnType<typeof openDuel>>;

/** Steps that do not do what they should; each must show. */
const brokenSteps: Readonly<
  Record<
    string,
    { readonly broken: (duel: Duel) => Partial<CombatDeps>; readonly reported: RegExp[] }
  >
> = {
  'that frees no seat': {
    broken: ({ arena }) => ({
      seats: {
        freeSeat: () => Promise.resolve(true),
        isPending: (id) => arena.isPending(id),
        getSeated: (id) => arena.getSeated(id),
      },
    }),
    reported: [/^nobody lost: 1 is seated for/, /^nobody lost: 2 is seated for/, /^repeated.*: 1/],
  },
  'that leaves a session in its battle': {
    broken: ({ client, documents }) => {
      const accounts = new AccountManager({ client, documents, log: silentLog });
      const change = accounts.changeAccount.bind(accounts);
      accounts.changeAccount = (charId, decide) =>
        change(charId, (account) => keepsBattle(account, decide(account)));
      return { accounts };
    },
    reported: [/^repeated without harm: 1 sits in null, his session says/],
  },
  'that writes nothing down': {
    broken: () => ({ archive: { store: () => Promise.resolve('stored') } }),
    reported: [/^every result stored once: battle \w+ has ended and is not stored/],
  },
  'that writes down another battle': {
    broken: ({ sound }) => ({
      archive: { store: (battle) => sound.archive.store({ ...battle, turns: battle.turns + 1 }) },
    }),
    reported: [/^every result stored once: battle \w+ is stored otherwise than it was fought/],
  },
  'that gives both the victory': {
    broken: ({ sound }) => ({
      archive: {
        store: ({ sides: [first, second], ...battle }) =>
          sound.archive.store({
            ...battle,
            sides: [
              { ...first, result: 'won' },
              { ...second, result: 'won' },
            ],
          }),
      },
    }),
    reported: [/^every result stored once: battle \w+ is stored with other sides/],
  },
  'that writes it down twice': {
    broken: ({ sound }) => ({
      archive: {
        store: async (battle) => {
          await sound.archive.store(battle);
          return sound.archive.store({ ...battle, id: 'another00001' });
        },
      },
    }),
    reported: [/^every result stored once: 2 rows of one battle/],
  },
  'that counts nobody': {
    broken: ({ stores }) => ({ archive: new SqlBattleArchive(stores.db) }),
    reported: [
      /^every result counted once: character 1 has 0-0-0 and fought 0-1-0/,
      /^every result counted once: character 2 has 0-0-0 and fought 1-0-0/,
    ],
  },
  'that owes the changed sessions to nobody': {
    broken: ({ client, documents }) => ({
      accounts: new AccountManager({ client, documents, log: silentLog }),
    }),
    reported: [/^every session saved: session 1 is not saved, and owed by nobody/],
  },
};

test.each(Object.entries(brokenSteps))('an end of a battle %s is reported', async (_name, step) => {
  const duel = await openDuel();
  const battleId = await duel.fight();
  await duel.house.logout.flush();
  await duel.serve(step.broken(duel)).surrender(1, battleId);
  const report = await duel.report();
  for (const words of step.reported) expect(report).toContainEqual(expect.stringMatching(words));
  expect(report.length).toBeGreaterThan(0);
});

/** What no script of ours would ever do, while the duel goes on. */
const brokenPlaces: Readonly<
  Record<
    string,
    { readonly meddle: (duel: Duel, battleId: string) => unknown; readonly reported: RegExp }
  >
> = {
  'a battle that nobody looks at': {
    meddle: ({ battles }, id) => battles.cancelCheck(id),
    reported: /^every battle ends: nobody would end battle/,
  },
  'a seat that is not held': {
    meddle: ({ client }) => client.del(keys.seat(2)),
    reported: /^claimed both or neither: 2 fights in battle \w+ without its seat/,
  },
  'somebody in two battles': {
    meddle: ({ battles }) => battles.create(freshBattle()),
    reported: /^in one place at most: 1 fights in 2 battles/,
  },
  'somebody who fights and waits': {
    meddle: ({ client }) => client.zadd(keys.queue(MODE), 100, 1),
    reported: /^in one place at most: 1 waits and is seated/,
  },
  'a queue entry without a request': {
    meddle: ({ client }) => client.zadd(keys.queue(MODE), 100, 1),
    reported: /^no ghosts: 1 is a ghost of the queue/,
  },
  'a queue entry of nobody': {
    meddle: ({ client }) => client.zadd(keys.queue(MODE), 100, 77),
    reported: /^no ghosts: 77 waits, and nobody knows him/,
  },
  'a match that never becomes a battle': {
    meddle: ({ client }) => client.zadd(keys.matches(), 1, 'unsettled001'),
    reported: /^nobody lost: match unsettled001 has no battle/,
  },
  'a battle that is not over at the end': {
    meddle: () => undefined,
    reported: /^every battle ends: battle \w+ has not ended/,
  },
};

test.each(Object.entries(brokenPlaces))('%s is reported', async (_name, { meddle, reported }) => {
  const duel = await openDuel();
  const battleId = await duel.fight();
  await meddle(duel, battleId);
  expect(await duel.report()).toContainEqual(expect.stringMatching(reported));
});

test('what is under way while one looks is no fault, what stays is one', async () => {
  const looks = [['a', 'b'], ['b', 'c'], ['b']];
  const options = { withinMs: 300, nameOf: (one: string) => one };
  const look = () => Promise.resolve(looks.shift() ?? ['b', 'c']);
  expect((await pollForPersistent(look, options)).found).toEqual(['b']);
  const passing = [['a'], ['b'], ['c']];
  const other = () => Promise.resolve(passing.shift() ?? []);
  expect((await pollForPersistent(other, options)).found).toEqual([]);
});
