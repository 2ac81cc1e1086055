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

describe('the list of characters', () => {
  test('is loaded once and then read from the cache', async () => {
    const house = accountServices();
    await enterNewShell(house, ME);
    const loads = vi.spyOn(house.characters, 'listOf');
    const first = await house.lobby.getCharactersList(ME);
    const second = await house.lobby.getCharactersList(ME);
    expect(first).toHaveLength(1);
    expect(second).toEqual(first);
    expect(loads).toHaveBeenCalledTimes(1);
  });

  test('that is empty is a list like any other', async () => {
    const house = accountServices();
    const loads = vi.spyOn(house.characters, 'listOf');
    expect(await house.lobby.getCharactersList(ME)).toEqual([]);
    expect(await house.lobby.getCharactersList(ME)).toEqual([]);
    expect(loads).toHaveBeenCalledTimes(1);
  });

  test('is loaded anew after ten minutes', async () => {
    const house = accountServices();
    const loads = vi.spyOn(house.characters, 'listOf');
    await house.lobby.getCharactersList(ME);
    house.clock.advance(599_999);
    await house.lobby.getCharactersList(ME);
    expect(loads).toHaveBeenCalledTimes(1);
    house.clock.advance(1);
    await house.lobby.getCharactersList(ME);
    expect(loads).toHaveBeenCalledTimes(2);
  });

  test("holds a user's own characters only", async () => {
    const house = accountServices();
    const mine = await enterNewShell(house, ME);
    const theirs = await enterNewShell(house, OTHER);
    expect((await house.lobby.getCharactersList(ME)).map((one) => one.character_id)).toEqual([
      mine,
    ]);
    expect((await house.lobby.getCharactersList(OTHER))[0]?.character_id).toBe(theirs);
  });

  test.each([
    ['made', (house: House) => house.lobby.createCharacterShell(ME)],
    ['deleted', (house: House, charId: number) => house.lobby.deleteCharacter(ME, charId)],
    ['named', (house: House, charId: number) => house.onboarding.setName(charId, 'Robert')],
    ['finished', (house: House, charId: number) => house.onboarding.finalize(charId)],
    ['logged out', (house: House) => house.login.logout(ME)],
  ])('is loaded anew after a character was %s', async (_what, change) => {
    const house = accountServices();
    await finishedCharacter(house, ME, { name: 'Bobby' });
    const charId = await enterNewShell(house, ME);
    await house.onboarding.setName(charId, 'Anna');
    await house.onboarding.setGender(charId, 'male');
    await house.onboarding.setArchetype(charId, 'mystic');
    await house.lobby.getCharactersList(ME);
    await change(house, charId);
    const loads = vi.spyOn(house.characters, 'listOf');
    await house.lobby.getCharactersList(ME);
    expect(loads).toHaveBeenCalledTimes(1);
  });

  test('shows a finished character as finished at once', async () => {
    const house = accountServices();
    await enterNewShell(house, ME);
    await house.lobby.getCharactersList(ME);
    await house.lobby.deleteCharacter(ME, 1);
    await finishedCharacter(house, ME, { name: 'Bobby', archetype: 'mystic' });
    expect(await house.lobby.getCharactersList(ME)).toMatchObject([
      { name: 'Bobby', archetype: 'mystic', gender: 'female' },
    ]);
  });
});

describe('a list that is being loaded', () => {
  test('is waited for by everybody who comes meanwhile, and put into the cache', async () => {
    const { house, loads } = loadingHouse();
    const readers = Array.from({ length: 50 }, () => house.lobby.getCharactersList(ME));
    await loads.started(1);
    loads.resolveNext([lobbyCharacter(1)]);
    for (const list of await Promise.all(readers)) expect(list).toEqual([lobbyCharacter(1)]);
    expect(loads.count()).toBe(1);
    expect(await house.accounts.getLobbyCache(ME)).toEqual([lobbyCharacter(1)]);
  });

  test.each(['invalidateCharactersList', 'reloadCharactersList'] as const)(
    'is shared with nobody who comes after %s',
    async (change) => {
      const { house, loads } = loadingHouse();
      const early = house.lobby.getCharactersList(ME);
      await loads.started(1);
      const changed = house.lobby[change](ME);
      const late = house.lobby.getCharactersList(ME);
      await loads.started(2);
      loads.resolveNext([lobbyCharacter(1)]);
      loads.resolveNext([]);
      await changed;
      expect([await early, await late]).toEqual([[lobbyCharacter(1)], []]);
    },
  );

  test('and fails, fails for those who waited; the next one loads it again', async () => {
    const { house, loads } = loadingHouse();
    const readers = [house.lobby.getCharactersList(ME), house.lobby.getCharactersList(ME)];
    await loads.started(1);
    loads.rejectNext(new Error('no database'));
    for (const reader of readers) await expect(reader).rejects.toThrow('no database');
    const next = house.lobby.getCharactersList(ME);
    await loads.started(2);
    loads.resolveNext([]);
    expect(await next).toEqual([]);
  });
});

describe('while the cache is away', () => {
  test('characters are listed, made and deleted without it, which is told once for each outage', async () => {
    const house = accountServices();
    const listed = async () => (await house.lobby.getCharactersList(ME)).length;
    for (let outages = 0; outages < 2; outages += 1) {
      const back = loseCache(house);
      await house.lobby.createCharacterShell(ME);
      expect([await listed(), await listed()]).toEqual([1, 1]);
      expect(await house.lobby.deleteCharacter(ME, outages + 1)).toBe('deleted');
      expect(await listed()).toBe(0);
      back();
      expect(await listed()).toBe(0);
    }
    const told = ['does not answer; characters are read without it', 'answers again'];
    const messages = house.log.lines.map(({ message }) => message);
    expect(messages.filter((one) => one !== 'character deleted')).toEqual(
      [...told, ...told].map((end) => `the lobby cache ${end}`),
    );
  });
});

describe('new characters', () => {
  test('of eight taps at once a user gets one character', async () => {
    const { lobby } = accountServices();
    const replies = await Promise.all(
      Array.from({ length: 8 }, () => lobby.createCharacterShell(ME)),
    );
    const kinds = replies.map(({ kind }) => kind).toSorted();
    expect(kinds).toEqual(['created', ...Array<string>(7).fill('unfinished')]);
    expect(await lobby.getCharactersList(ME)).toHaveLength(1);
  });

  test('a deleted character makes room for another', async () => {
    const house = accountServices();
    for (const name of ['Ann', 'Bob', 'Cid', 'Dot']) await finishedCharacter(house, ME, { name });
    expect((await house.lobby.createCharacterShell(ME)).kind).toBe('full');
    await house.lobby.deleteCharacter(ME, 2);
    expect((await house.lobby.createCharacterShell(ME)).kind).toBe('created');
  });

  test('a character knows when it was made', async () => {
    const house = accountServices();
    house.clock.advance(1_234);
    await house.lobby.createCharacterShell(ME);
    expect((await house.characters.find(1))?.created_at).toBe('2026-01-01T00:00:01.234Z');
  });
});

describe('deleting a character', () => {
  test('takes its session with it and frees its name', async () => {
    const house = accountServices();
    const charId = await finishedCharacter(house, ME, { name: 'Bobby' });
    expect(await house.lobby.deleteCharacter(ME, charId)).toBe('deleted');
    expect(await house.sessions.getSession(charId)).toBeNull();
    expect(await house.lobby.getCharactersList(ME)).toEqual([]);
    const another = await enterNewShell(house, OTHER);
    expect((await house.onboarding.setName(another, 'Bobby')).kind).toBe('done');
  });

  test('who was played is played no more', async () => {
    const house = accountServices();
    const charId = await finishedCharacter(house, ME, { name: 'Bobby' });
    await house.lobby.deleteCharacter(ME, charId);
    expect(await house.login.resume(ME)).toBeNull();
    expect(await house.players.getActiveCharacter(ME)).toBeNull();
  });

  test('is for its owner alone', async () => {
    const house = accountServices();
    const charId = await finishedCharacter(house, ME, { name: 'Bobby' });
    expect(await house.lobby.deleteCharacter(OTHER, charId)).toBe('not_yours');
    expect(await house.characters.find(charId)).not.toBeNull();
    expect(await house.sessions.getSession(charId)).not.toBeNull();
  });

  test('is refused in queue and battle', async () => {
    const house = accountServices();
    const charId = await finishedCharacter(house, ME, { name: 'Bobby' });
    house.busy.add(charId);
    expect(await house.lobby.deleteCharacter(ME, charId)).toBe('busy');
    expect(await house.characters.find(charId)).not.toBeNull();
    expect(await house.sessions.getSession(charId)).not.toBeNull();
  });

  test('twice is answered', async () => {
    const house = accountServices();
    const charId = await enterNewShell(house, ME);
    await house.lobby.deleteCharacter(ME, charId);
    expect(await house.lobby.deleteCharacter(ME, charId)).toBe('not_yours');
  });
});

/** A house whose repository answers lists when the test says so. */
function loadingHouse() {
  const house = accountServices();
  const loads = new ControlledLoads();
  house.characters.listOf = loads.load;
  return { house, loads };
}

/** Answers how the cache comes back. */
function loseCache({ accounts }: House): () => void {
  const lost = (['getLobbyCache', 'setLobbyCache', 'deleteLobbyCache'] as const).map((call) =>
    vi.spyOn(accounts, call).mockRejectedValue(new Error('no Redis')),
  );
  return () => {
    for (const spy of lost) spy.mockRestore();
  };
}

type House = ReturnType<typeof accountServices>;
