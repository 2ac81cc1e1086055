import { afterEach, beforeEach, expect, test } from 'vitest';
import { repositoriesOn } from '../../bot/open-repositories.ts';
import { SqlJourneys } from '../../database/journeys-repository.ts';
import { characters, users } from '../../database/schema.ts';
import type { Played } from '../../domains/account/login-service.ts';
import { wildGrantId } from '../../domains/exploration/wild-rewards.ts';
import { finishedSession } from '../support/finished-session.ts';
import { describeOnEachDatabase } from '../support/database-engines.ts';
import { openMultiBotArena } from '../support/multi-bot-arena.ts';
import { repetitions } from '../support/repetitions.ts';
import { silentLog } from '../support/silent-log.ts';
import { meeting } from '../support/walker.ts';

const CHAR = 1;
const USER = 10_001;
const TAPS = repetitions({ short: 20, full: 200 });
const LONG = 60_000;
const ID = 'met1';

describeOnEachDatabase('a fight in the wild on two processes', (database) => {
  let arena: Awaited<ReturnType<typeof openMultiBotArena>>;
  let journeys: SqlJourneys;
  const arenaClock = { now: () => arena.clock.now() };

  beforeEach(async () => {
    const { db, others } = database();
    arena = await openMultiBotArena({
      bots: 2,
      characters: 1,
      repositoriesOf: (bot) => repositoriesOn(bot === 0 ? db : others[0], silentLog, arenaClock),
    });
    const { name, gender, archetype = null } = finishedSession(CHAR, USER).bio;
    await db.insert(users).values([{ id: USER }]);
    const row = { id: CHAR, user_id: USER, slot: 1, location_id: 'start_village', name_key: name };
    await db.insert(characters).values([{ ...row, name, gender, archetype }]);
    journeys = new SqlJourneys({ db, clock: arena.clock });
    const nowMs = arena.clock.now();
    const travel = { location: 'dark_forest', encounter: meeting({ id: ID }), energy: 9 } as const;
    await journeys.step(CHAR, () => ({
      kind: 'change',
      change: { travel: { ...travel, energyAtMs: nowMs, restedAtMs: nowMs } },
    }));
  });
  afterEach(() => arena.close());

  const who = async (): Promise<Played> => {
    const account = await arena.first.accounts.getFullAccount(CHAR);
    if (account === null) throw new Error('no session');
    return { charId: CHAR, account };
  };
  const fight = async (n: number, version: number) =>
    arena.services[n % 2]?.exploration.fight(await who(), version);
  const kindOf = (reply: Awaited<ReturnType<typeof fight>>) =>
    reply?.kind === 'refused' ? reply.reason : reply?.kind;

  test(
    'begins once, and a defeat leads to the nearest safe place, also in the session',
    async () => {
      const replies = await Promise.all(Array.from({ length: TAPS }, (_, n) => fight(n, 1)));
      const kinds = replies.map(kindOf);
      expect(kinds.filter((kind) => kind === 'fights')).toHaveLength(1);
      expect(kinds.every((kind) => kind === 'fights' || kind === 'stale' || kind === 'busy')).toBe(
        true,
      );
      expect(kindOf(await fight(0, 2))).toBe('busy');
      await arena.first.combat.surrender(CHAR, ID);
      const { travel, xp } = (await journeys.read(CHAR))?.journey ?? {};
      expect(xp).toBe(0);
      expect(travel).toMatchObject({
        location: 'watchtower',
        prev: 'dark_forest',
        energy: 6,
        encounter: null,
      });
      const looked = await arena.first.exploration.look(await who());
      expect(looked).toMatchObject({ kind: 'shown', view: { place: 'watchtower' } });
      const { location, stats, state } = (await who()).account;
      expect(location).toEqual({ current: 'watchtower', prev: 'dark_forest' });
      expect(stats.hp.cur).toBe(Math.round(0.25 * stats.hp.max));
      expect(state).toBe('EXPLORATION');
      expect(await journeys.findGrant(wildGrantId(ID))).toMatchObject({
        wild: { monster: 'wolf', result: 'lost' },
        xp: 0,
        gold: 0,
        items: [],
      });
    },
    LONG,
  );

  test('that a process left between step and battle is begun by the next tap', async () => {
    await journeys.step(CHAR, () => ({ kind: 'change', change: { travel: {} } }));
    expect(kindOf(await fight(1, 2))).toBe('fights');
  });

  test('is refused to a character that waits for a duel', async () => {
    expect((await arena.first.arena.joinQueue(CHAR, '1v1')).payload.screen).toBe('search');
    expect(kindOf(await fight(0, 1))).toBe('busy');
    expect((await journeys.read(CHAR))?.journey.version).toBe(1);
  });
});
