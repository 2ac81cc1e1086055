import { expect, test } from 'vitest';
import { SqlBattleArchive } from '../../database/battle-archive.ts';
import type { AccountContext } from '../../domains/account/account-context.ts';
import type { CombatDeps } from '../../domains/combat/combat-service.ts';
import { keys } from '../../redis/keys.ts';
import { AccountManager } from '../../redis/managers/account-manager.ts';
import { checkArena, remainingInArena } from '../../tools/chaos/check-arena.ts';
import { checkResults } from '../../tools/chaos/check-results.ts';
import { dirtySessions, findUnsaved } from '../../tools/chaos/check-sessions.ts';
import { pollForPersistent } from '../../tools/chaos/timeouts.ts';
import { freshBattle } from '../support/battle-setup.ts';
import { type CheckedDuel, nothingLost, useCheckedDuels } from './checked-duel.ts';
import { finishedSession } from '../support/finished-session.ts';
import { silentLog } from '../support/silent-log.ts';

const MODE = '1v1';
const { openDuel } = useCheckedDuels();

/** As a release would that forgets to clear the battle of the session. */
function keepsBattle(before: AccountContext, after: AccountContext | null): AccountContext | null {
  if (after === null || before.sessions.combat_id === null) return after;
  return { ...after, sessions: before.sessions };
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
  expect(await checkResults(stores, nothingLost)).toMatchObject({
    ended: 1,
    unended: 0,
    stored: 1,
  });
  expect(await dirtySessions(stores)).toHaveLength(2);
  await services.logout.flush();
  expect(await dirtySessions(stores)).toEqual([]);
  expect(await findUnsaved(stores, nothingLost)).toEqual([]);
  expect(await client.zcard(keys.deadlines())).toBe(0);
});

test('a session that was opened and not changed yet is queued', async () => {
  const { services, stores } = await openDuel();
  await services.accounts.deleteAccount(1);
  await services.logout.flush();
  await services.accounts.createAccount(1, finishedSession(1, 1001), 'if_absent');
  expect(await dirtySessions(stores)).toEqual(['session 1 is not saved yet']);
  expect(await findUnsaved(stores, nothingLost)).toEqual([]);
});

/** Broken steps of the end of a battle, and the violations that each must cause. */
const brokenSteps: Readonly<
  Record<
    string,
    { readonly broken: (duel: CheckedDuel) => Partial<CombatDeps>; readonly reported: RegExp[] }
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
    reported: [/^every session saved: session 1 is neither saved nor queued: state/],
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
    {
      readonly corrupt: (duel: CheckedDuel, battleId: string) => unknown;
      readonly reported: RegExp;
    }
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
