import { describe, expect, test } from 'vitest';
import { LobbyCache, type LobbyCacheDeps } from '../../../domains/account/lobby-cache.ts';
import { accountHouse } from '../../support/account-house.ts';
import { HeldLoads } from '../../support/held-loads.ts';
import { lobbyCharacter } from '../../support/redis-account.ts';

const ME = 7;

describe('a list that is being loaded', () => {
  test('is waited for by everybody who comes meanwhile', async () => {
    const { caches, loads } = setUp();
    const readers = Array.from({ length: 50 }, () => caches[0].read(ME, loads.load));
    await loads.begun(1);
    loads.answer([lobbyCharacter(1)]);
    for (const list of await Promise.all(readers)) expect(list).toEqual([lobbyCharacter(1)]);
    expect(loads.count()).toBe(1);
  });

  test('is loaded once more by each other process, and by one of them put into the cache', async () => {
    const { caches, loads, house } = setUp();
    const readers = caches.flatMap((cache) =>
      Array.from({ length: 20 }, () => cache.read(ME, loads.load)),
    );
    await loads.begun(3);
    for (let n = 0; n < caches.length; n += 1) loads.answer([lobbyCharacter(1)]);
    await Promise.all(readers);
    expect(loads.count()).toBe(3);
    expect(await house.accounts.getLobbyCache(ME)).toEqual([lobbyCharacter(1)]);
  });

  test('and forgotten meanwhile answers whoever asked before, and nobody after', async () => {
    const { caches, loads, house } = setUp();
    const [one, other] = caches;
    const early = one.read(ME, loads.load);
    await loads.begun(1);
    await other.forget(ME);
    const late = one.read(ME, loads.load);
    await loads.begun(2);
    loads.answer([lobbyCharacter(1)]);
    expect(await early).toEqual([lobbyCharacter(1)]);
    expect(await house.accounts.getLobbyCache(ME)).toBeNull();
    loads.answer([]);
    expect(await late).toEqual([]);
    expect(await house.accounts.getLobbyCache(ME)).toEqual([]);
  });

  test('and fails, fails for those who waited; the next one loads it again', async () => {
    const { caches, loads } = setUp();
    const readers = [caches[0].read(ME, loads.load), caches[0].read(ME, loads.load)];
    await loads.begun(1);
    loads.fail(new Error('no database'));
    for (const reader of readers) await expect(reader).rejects.toThrow('no database');
    const next = caches[0].read(ME, loads.load);
    await loads.begun(2);
    loads.answer([]);
    expect(await next).toEqual([]);
  });

  test('by a process that dies is filled by others once its lease has run out', async () => {
    const { caches, loads, house } = setUp();
    const [dying, living] = caches;
    void dying.read(ME, loads.load);
    await loads.begun(1);
    const read = async (count: number) => {
      const list = living.read(ME, loads.load);
      await loads.begun(count);
      loads.answerLast([]);
      await list;
      return house.accounts.getLobbyCache(ME);
    };
    expect(await read(2)).toBeNull();
    house.clock.advance(5_000);
    expect(await read(3)).toEqual([]);
  });
});

describe('while the cache is away', () => {
  test('lists are loaded without it, which is told once for each outage', async () => {
    const { caches, house, outage } = setUp();
    const read = () => caches[0].read(ME, () => Promise.resolve([lobbyCharacter(1)]));
    for (let outages = 0; outages < 2; outages += 1) {
      outage.is = true;
      for (let reads = 0; reads < 3; reads += 1) expect(await read()).toHaveLength(1);
      outage.is = false;
      expect(await read()).toHaveLength(1);
    }
    const told = ['does not answer; characters are read without it', 'answers again'];
    expect(house.log.lines.map(({ message }) => message)).toEqual(
      [...told, ...told].map((end) => `the lobby cache ${end}`),
    );
  });

  test('those who come at once share a load', async () => {
    const { caches, loads, outage } = setUp();
    outage.is = true;
    const readers = Array.from({ length: 50 }, () => caches[0].read(ME, loads.load));
    await loads.begun(1);
    loads.answer([]);
    await Promise.all(readers);
    expect(loads.count()).toBe(1);
  });

  test('nobody shares a load that was begun before a change', async () => {
    const { caches, loads, outage } = setUp();
    outage.is = true;
    const early = caches[0].read(ME, loads.load);
    await loads.begun(1);
    await caches[0].forget(ME);
    const late = caches[0].read(ME, loads.load);
    await loads.begun(2);
    loads.answer([lobbyCharacter(1)]);
    loads.answer([]);
    expect([await early, await late]).toEqual([[lobbyCharacter(1)], []]);
  });

  test('a list that could not be forgotten is forgotten before it is read again', async () => {
    const { caches, house, outage } = setUp();
    await house.accounts.setLobbyCache(ME, [lobbyCharacter(1)]);
    outage.is = true;
    await caches[0].forget(ME);
    outage.is = false;
    expect(await house.accounts.getLobbyCache(ME)).toHaveLength(1);
    expect(await caches[0].read(ME, () => Promise.resolve([]))).toEqual([]);
    expect(await house.accounts.getLobbyCache(ME)).toEqual([]);
  });
});

/** The caches of three processes over one store, which may be away. */
function setUp() {
  const house = accountHouse();
  const outage = { is: false };
  const reached = () => {
    if (outage.is) throw new Error('no Redis');
    return house.sessions;
  };
  const sessions: LobbyCacheDeps['sessions'] = {
    leaseLobbyCache: async (...args) => reached().leaseLobbyCache(...args),
    fillLobbyCache: async (...args) => reached().fillLobbyCache(...args),
    deleteLobbyCache: async (userId) => reached().deleteLobbyCache(userId),
  };
  let ids = 0;
  const { clock, log } = house;
  const deps = { sessions, entropy: { id: () => `token${(ids += 1)}` }, clock, log };
  const caches = [new LobbyCache(deps), new LobbyCache(deps), new LobbyCache(deps)] as const;
  return { house, outage, caches, loads: new HeldLoads() };
}
