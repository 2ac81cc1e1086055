import { describe, expect, test, vi } from 'vitest';
import {
  accountServices,
  enterNewShell,
  finishedCharacter,
} from '../../support/account-services.ts';
import { ControlledLoads } from '../../support/controlled-loads.ts';
import { lobbyCharacter } from '../../support/account-context.ts';

const ME = 7;
const OTHER = 8;

describe('getCharactersList', () => {
  test('loads once and then reads the cache', async () => {
    const services = accountServices();
    await enterNewShell(services, ME);
    const loads = vi.spyOn(services.characters, 'listOf');
    const first = await services.lobby.getCharactersList(ME);
    const second = await services.lobby.getCharactersList(ME);
    expect(first).toHaveLength(1);
    expect(second).toEqual(first);
    expect(loads).toHaveBeenCalledTimes(1);
  });

  test('caches an empty list', async () => {
    const services = accountServices();
    const loads = vi.spyOn(services.characters, 'listOf');
    expect(await services.lobby.getCharactersList(ME)).toEqual([]);
    expect(await services.lobby.getCharactersList(ME)).toEqual([]);
    expect(loads).toHaveBeenCalledTimes(1);
  });

  test('loads again after ten minutes', async () => {
    const services = accountServices();
    const loads = vi.spyOn(services.characters, 'listOf');
    await services.lobby.getCharactersList(ME);
    services.clock.advance(599_999);
    await services.lobby.getCharactersList(ME);
    expect(loads).toHaveBeenCalledTimes(1);
    services.clock.advance(1);
    await services.lobby.getCharactersList(ME);
    expect(loads).toHaveBeenCalledTimes(2);
  });

  test("lists only the user's own characters", async () => {
    const services = accountServices();
    const mine = await enterNewShell(services, ME);
    const theirs = await enterNewShell(services, OTHER);
    expect((await services.lobby.getCharactersList(ME)).map((one) => one.character_id)).toEqual([
      mine,
    ]);
    expect((await services.lobby.getCharactersList(OTHER))[0]?.character_id).toBe(theirs);
  });

  test.each([
    ['made', (services: AccountServices) => services.lobby.createCharacterShell(ME)],
    [
      'deleted',
      (services: AccountServices, charId: number) => services.lobby.deleteCharacter(ME, charId),
    ],
    [
      'named',
      (services: AccountServices, charId: number) => services.onboarding.setName(charId, 'Robert'),
    ],
    [
      'finished',
      (services: AccountServices, charId: number) => services.onboarding.finalize(charId),
    ],
    ['logged out', (services: AccountServices) => services.login.logout(ME)],
  ])('loads again after a character was %s', async (_what, change) => {
    const services = accountServices();
    await finishedCharacter(services, ME, { name: 'Bobby' });
    const charId = await enterNewShell(services, ME);
    await services.onboarding.setName(charId, 'Anna');
    await services.onboarding.setGender(charId, 'male');
    await services.onboarding.setArchetype(charId, 'mystic');
    await services.lobby.getCharactersList(ME);
    await change(services, charId);
    const loads = vi.spyOn(services.characters, 'listOf');
    await services.lobby.getCharactersList(ME);
    expect(loads).toHaveBeenCalledTimes(1);
  });

  test('lists a finished character as finished at once', async () => {
    const services = accountServices();
    await enterNewShell(services, ME);
    await services.lobby.getCharactersList(ME);
    await services.lobby.deleteCharacter(ME, 1);
    await finishedCharacter(services, ME, { name: 'Bobby', archetype: 'mystic' });
    expect(await services.lobby.getCharactersList(ME)).toMatchObject([
      { name: 'Bobby', archetype: 'mystic', gender: 'female' },
    ]);
  });
});

describe('a running load', () => {
  test('is shared by all callers and put into the cache', async () => {
    const { services, loads } = openWithControlledLoads();
    const readers = Array.from({ length: 50 }, () => services.lobby.getCharactersList(ME));
    await loads.started(1);
    loads.resolveNext([lobbyCharacter(1)]);
    for (const list of await Promise.all(readers)) expect(list).toEqual([lobbyCharacter(1)]);
    expect(loads.count()).toBe(1);
    expect(await services.accounts.getLobbyCache(ME)).toEqual([lobbyCharacter(1)]);
  });

  test.each(['invalidateCharactersList', 'reloadCharactersList'] as const)(
    'is not shared with callers after %s',
    async (change) => {
      const { services, loads } = openWithControlledLoads();
      const early = services.lobby.getCharactersList(ME);
      await loads.started(1);
      const changed = services.lobby[change](ME);
      const late = services.lobby.getCharactersList(ME);
      await loads.started(2);
      loads.resolveNext([lobbyCharacter(1)]);
      loads.resolveNext([]);
      await changed;
      expect([await early, await late]).toEqual([[lobbyCharacter(1)], []]);
    },
  );

  test('that fails rejects for all callers, and the next one loads again', async () => {
    const { services, loads } = openWithControlledLoads();
    const readers = [services.lobby.getCharactersList(ME), services.lobby.getCharactersList(ME)];
    await loads.started(1);
    loads.rejectNext(new Error('database unavailable'));
    for (const reader of readers) await expect(reader).rejects.toThrow('database unavailable');
    const next = services.lobby.getCharactersList(ME);
    await loads.started(2);
    loads.resolveNext([]);
    expect(await next).toEqual([]);
  });
});

describe('while the cache is unavailable', () => {
  test('characters are listed, created and deleted without it, with one log line per outage', async () => {
    const services = accountServices();
    const listed = async () => (await services.lobby.getCharactersList(ME)).length;
    for (let outages = 0; outages < 2; outages += 1) {
      const restoreCache = loseCache(services);
      await services.lobby.createCharacterShell(ME);
      expect([await listed(), await listed()]).toEqual([1, 1]);
      expect(await services.lobby.deleteCharacter(ME, outages + 1)).toBe('deleted');
      expect(await listed()).toBe(0);
      restoreCache();
      expect(await listed()).toBe(0);
    }
    const events = ['lobby cache unavailable', 'lobby cache available again'];
    const messages = services.log.lines.map(({ message }) => message);
    expect(messages.filter((one) => one !== 'character deleted')).toEqual([...events, ...events]);
  });
});

describe('createCharacterShell', () => {
  test('creates one character for eight taps at once', async () => {
    const { lobby } = accountServices();
    const replies = await Promise.all(
      Array.from({ length: 8 }, () => lobby.createCharacterShell(ME)),
    );
    const kinds = replies.map(({ kind }) => kind).toSorted();
    expect(kinds).toEqual(['created', ...Array<string>(7).fill('unfinished')]);
    expect(await lobby.getCharactersList(ME)).toHaveLength(1);
  });

  test('answers full at four characters, and created after one was deleted', async () => {
    const services = accountServices();
    for (const name of ['Ann', 'Bob', 'Cid', 'Dot'])
      await finishedCharacter(services, ME, { name });
    expect((await services.lobby.createCharacterShell(ME)).kind).toBe('full');
    await services.lobby.deleteCharacter(ME, 2);
    expect((await services.lobby.createCharacterShell(ME)).kind).toBe('created');
  });

  test('stores the time of creation', async () => {
    const services = accountServices();
    services.clock.advance(1_234);
    await services.lobby.createCharacterShell(ME);
    expect((await services.characters.find(1))?.created_at).toBe('2026-01-01T00:00:01.234Z');
  });
});

describe('deleteCharacter', () => {
  test('deletes the session and frees the name', async () => {
    const services = accountServices();
    const charId = await finishedCharacter(services, ME, { name: 'Bobby' });
    expect(await services.lobby.deleteCharacter(ME, charId)).toBe('deleted');
    expect(await services.sessions.getSession(charId)).toBeNull();
    expect(await services.lobby.getCharactersList(ME)).toEqual([]);
    const another = await enterNewShell(services, OTHER);
    expect((await services.onboarding.setName(another, 'Bobby')).kind).toBe('done');
  });

  test('leaves no active character if it was the active one', async () => {
    const services = accountServices();
    const charId = await finishedCharacter(services, ME, { name: 'Bobby' });
    await services.lobby.deleteCharacter(ME, charId);
    expect(await services.login.resume(ME)).toBeNull();
    expect(await services.players.getActiveCharacter(ME)).toBeNull();
  });

  test('answers not_yours to another user', async () => {
    const services = accountServices();
    const charId = await finishedCharacter(services, ME, { name: 'Bobby' });
    expect(await services.lobby.deleteCharacter(OTHER, charId)).toBe('not_yours');
    expect(await services.characters.find(charId)).not.toBeNull();
    expect(await services.sessions.getSession(charId)).not.toBeNull();
  });

  test('answers busy in queue and battle', async () => {
    const services = accountServices();
    const charId = await finishedCharacter(services, ME, { name: 'Bobby' });
    services.busy.add(charId);
    expect(await services.lobby.deleteCharacter(ME, charId)).toBe('busy');
    expect(await services.characters.find(charId)).not.toBeNull();
    expect(await services.sessions.getSession(charId)).not.toBeNull();
  });

  test('answers not_yours for a character that is deleted already', async () => {
    const services = accountServices();
    const charId = await enterNewShell(services, ME);
    await services.lobby.deleteCharacter(ME, charId);
    expect(await services.lobby.deleteCharacter(ME, charId)).toBe('not_yours');
  });
});

/** Services whose repository loads lists when the test says so. */
function openWithControlledLoads() {
  const services = accountServices();
  const loads = new ControlledLoads();
  services.characters.listOf = loads.load;
  return { services, loads };
}

/** Returns a function that makes the cache available again. */
function loseCache({ accounts }: AccountServices): () => void {
  const lost = (['getLobbyCache', 'setLobbyCache', 'deleteLobbyCache'] as const).map((call) =>
    vi.spyOn(accounts, call).mockRejectedValue(new Error('redis unavailable')),
  );
  return () => {
    for (const spy of lost) spy.mockRestore();
  };
}

type AccountServices = ReturnType<typeof accountServices>;
