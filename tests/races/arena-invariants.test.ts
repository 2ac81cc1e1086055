import { describe, expect, test } from 'vitest';
import type { Services } from '../../bot/services.ts';
import { brokenInvariants, openMultiBotArena, takeCensus } from '../support/multi-bot-arena.ts';
import { describeOnRedisCluster } from '../support/redis-cluster.ts';
import { describeOnEachRedisUrl } from '../support/redis-engines.ts';
import { findRedisServer } from '../support/redis-server.ts';
import { repetitions } from '../support/repetitions.ts';

function botOf(services: readonly Services[], turn: number): Services['arena'] {
  const bot = services[turn % services.length];
  if (bot === undefined) throw new Error('There is no bot');
  return bot.arena;
}

/** The actions of one character, concurrent with those of all others. */
async function visit(services: readonly Services[], charId: number): Promise<void> {
  const arena = (step: number) => botOf(services, charId + step);
  await Promise.all([arena(0).joinQueue(charId, '1v1'), arena(1).joinQueue(charId, '1v1')]);
  await arena(1).checkMatch(charId, '1v1');
  if (charId % 3 === 0) await arena(0).cancelQueue(charId, '1v1');
  if (charId % 6 === 0) await arena(1).joinQueue(charId, '1v1');
  if (charId % 5 === 0) await arena(0).checkMatch(charId, '1v1');
}

/** The in-process Redis runs Lua much more slowly: fewer players there if there is a server. */
const PLAYERS = repetitions({ short: 200, full: 500 });
const onStandIn = findRedisServer() === null ? PLAYERS : 150;

function races(url: () => string | null): void {
  describe('hundreds of players joining, checking and cancelling at once, on three bots', () => {
    test('leave no character in two battles, none lost, and no queue entry without a request', async () => {
      const characters = url() === null ? onStandIn : PLAYERS;
      const crowd = await openMultiBotArena({ bots: 3, characters, url: url() });
      const { services, ids, client, log } = crowd;
      await Promise.all([
        ...ids.map((id) => visit(services, id)),
        ...services.map((bot) => bot.arena.wave()),
      ]);
      for (const bot of services) await bot.arena.wave();

      const census = await takeCensus(client, ids);
      expect(brokenInvariants(census, ids)).toEqual([]);
      expect(census.pendingMatches).toBe(0);
      // Only players who cancelled may be nowhere; all others wait or fight.
      const nowhere = ids.filter((id) => !census.queued.has(id) && !census.seated.has(id));
      expect(nowhere.filter((id) => id % 3 !== 0)).toEqual([]);
      expect(census.fighting.size).toBeGreaterThan(0.6 * characters);
      expect(log.lines.filter((line) => line.level === 'error')).toEqual([]);
      await crowd.close();
    }, 120_000);

    test('all fight within 45 s, the last one against the Shadow', async () => {
      const crowd = await openMultiBotArena({ bots: 2, characters: 101, url: url() });
      const { services, ids, client, clock } = crowd;
      await Promise.all(ids.map((id) => botOf(services, id).joinQueue(id, '1v1')));
      clock.advance(45_000);
      await Promise.all(services.map((bot) => bot.arena.wave()));

      const census = await takeCensus(client, ids);
      expect(census.queued.size).toBe(0);
      expect(census.fighting.size).toBe(101);
      expect(brokenInvariants(census, ids)).toEqual([]);
      await crowd.close();
    }, 120_000);
  });

  test('characters who meet a monster and join the queue at once, on all bots, are in one place', async () => {
    const crowd = await openMultiBotArena({ bots: 3, characters: 60, url: url() });
    const { services, ids, client } = crowd;
    const meet = async (charId: number) => {
      const encounter = { id: `encounter${charId}`, monster: 'wolf' } as const;
      const joined = botOf(services, charId).joinQueue(charId, '1v1');
      if (charId % 2 === 0) await joined;
      const starts = services.map((bot) => bot.wild.start(charId, encounter));
      return (await Promise.all([joined, ...starts])).slice(1);
    };
    const replies = await Promise.all(ids.map(meet));
    expect(new Set(replies.flat())).toEqual(new Set(['fights', 'busy']));
    const census = await takeCensus(client, ids);
    expect(brokenInvariants(census, ids)).toEqual([]);
    expect(census.pendingMatches).toBe(0);
    // All starts of a character lead to its battle, or none does.
    for (const [at, charId] of ids.entries()) {
      const isWild = census.seated.get(charId) === `encounter${charId}`;
      expect(replies[at]).toEqual(Array(3).fill(isWild ? 'fights' : 'busy'));
    }
    await crowd.close();
  }, 120_000);

  describe('a match that cannot start', () => {
    test('because its process died is started by another process within seconds', async () => {
      const crowd = await openMultiBotArena({ bots: 2, characters: 2, url: url() });
      const [dying, living] = crowd.services;
      await dying?.sessions.joinQueue(1, '1v1');
      // The process dies right after the claim.
      const joined = await dying?.sessions.joinQueue(2, '1v1');
      const match = joined?.kind === 'joined' ? joined.match : null;
      expect(match?.opponent?.charId).toBe(1);

      crowd.clock.advance(2_000);
      await living?.arena.wave();
      expect((await takeCensus(crowd.client, crowd.ids)).fighting.size).toBe(0);
      crowd.clock.advance(2_000);
      await living?.arena.wave();
      const census = await takeCensus(crowd.client, crowd.ids);
      expect([...census.fighting.values()]).toEqual([[match?.id], [match?.id]]);
      expect(brokenInvariants(census, crowd.ids)).toEqual([]);
      await crowd.close();
    });

    test('because a session is gone puts the other side back into the queue', async () => {
      const crowd = await openMultiBotArena({ bots: 1, characters: 2, url: url() });
      const [bot] = crowd.services;
      await bot?.sessions.joinQueue(1, '1v1');
      await bot?.accounts.deleteAccount(1);
      await bot?.arena.joinQueue(2, '1v1');
      const census = await takeCensus(crowd.client, crowd.ids);
      expect([...census.queued]).toEqual([2]);
      expect(census.seated.size).toBe(0);
      expect(census.pendingMatches).toBe(0);
      await crowd.close();
    });
  });
}

describeOnEachRedisUrl('races', races);
describeOnRedisCluster('races', races);
