import { describe, expect, test, vi } from 'vitest';
import { accountHouse, enteredShell, finishedCharacter } from '../../support/account-house.ts';

const ME = 7;
const OTHER = 8;

describe('the list of characters', () => {
  test('is loaded once and then read from the cache', async () => {
    const house = accountHouse();
    await enteredShell(house, ME);
    const loads = vi.spyOn(house.characters, 'listOf');
    const first = await house.lobby.getCharactersList(ME);
    const second = await house.lobby.getCharactersList(ME);
    expect(first).toHaveLength(1);
    expect(second).toEqual(first);
    expect(loads).toHaveBeenCalledTimes(1);
  });

  test('that is empty is a list like any other', async () => {
    const house = accountHouse();
    const loads = vi.spyOn(house.characters, 'listOf');
    expect(await house.lobby.getCharactersList(ME)).toEqual([]);
    expect(await house.lobby.getCharactersList(ME)).toEqual([]);
    expect(loads).toHaveBeenCalledTimes(1);
  });

  test('is loaded anew after ten minutes', async () => {
    const house = accountHouse();
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
    const house = accountHouse();
    const mine = await enteredShell(house, ME);
    const theirs = await enteredShell(house, OTHER);
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
    const house = accountHouse();
    await finishedCharacter(house, ME, { name: 'Bobby' });
    const charId = await enteredShell(house, ME);
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
    const house = accountHouse();
    await enteredShell(house, ME);
    await house.lobby.getCharactersList(ME);
    await house.lobby.deleteCharacter(ME, 1);
    await finishedCharacter(house, ME, { name: 'Bobby', archetype: 'mystic' });
    expect(await house.lobby.getCharactersList(ME)).toMatchObject([
      { name: 'Bobby', archetype: 'mystic', gender: 'female' },
    ]);
  });
});

describe('new characters', () => {
  test('of eight taps at once a user gets four characters', async () => {
    const { lobby } = accountHouse();
    const replies = await Promise.all(
      Array.from({ length: 8 }, () => lobby.createCharacterShell(ME)),
    );
    expect(
      replies
        .map((reply) => reply.kind)
        .sort()
        .join(' '),
    ).toBe('created created created created full full full full');
    expect(await lobby.getCharactersList(ME)).toHaveLength(4);
  });

  test('a deleted character makes room for another', async () => {
    const { lobby } = accountHouse();
    for (let made = 0; made < 4; made += 1) await lobby.createCharacterShell(ME);
    expect((await lobby.createCharacterShell(ME)).kind).toBe('full');
    await lobby.deleteCharacter(ME, 2);
    expect((await lobby.createCharacterShell(ME)).kind).toBe('created');
  });

  test('a character knows when it was made', async () => {
    const house = accountHouse();
    house.clock.advance(1_234);
    await house.lobby.createCharacterShell(ME);
    expect((await house.characters.find(1))?.created_at).toBe('2026-01-01T00:00:01.234Z');
  });
});

describe('deleting a character', () => {
  test('takes its session with it and frees its name', async () => {
    const house = accountHouse();
    const charId = await finishedCharacter(house, ME, { name: 'Bobby' });
    expect(await house.lobby.deleteCharacter(ME, charId)).toBe('deleted');
    expect(await house.sessions.getSession(charId)).toBeNull();
    expect(await house.lobby.getCharactersList(ME)).toEqual([]);
    const another = await enteredShell(house, OTHER);
    expect((await house.onboarding.setName(another, 'Bobby')).kind).toBe('done');
  });

  test('who was played is played no more', async () => {
    const house = accountHouse();
    const charId = await finishedCharacter(house, ME, { name: 'Bobby' });
    await house.lobby.deleteCharacter(ME, charId);
    expect(await house.login.resume(ME)).toEqual({ kind: 'lobby' });
    expect(await house.players.getActiveCharacter(ME)).toBeNull();
  });

  test('is for its owner alone', async () => {
    const house = accountHouse();
    const charId = await finishedCharacter(house, ME, { name: 'Bobby' });
    expect(await house.lobby.deleteCharacter(OTHER, charId)).toBe('not_yours');
    expect(await house.characters.find(charId)).not.toBeNull();
    expect(await house.sessions.getSession(charId)).not.toBeNull();
  });

  test('is refused in queue and battle', async () => {
    const house = accountHouse();
    const charId = await finishedCharacter(house, ME, { name: 'Bobby' });
    house.busy.add(charId);
    expect(await house.lobby.deleteCharacter(ME, charId)).toBe('busy');
    expect(await house.characters.find(charId)).not.toBeNull();
    expect(await house.sessions.getSession(charId)).not.toBeNull();
  });

  test('twice is answered, and a list that still showed it is loaded anew', async () => {
    const house = accountHouse();
    const charId = await enteredShell(house, ME);
    const list = await house.lobby.getCharactersList(ME);
    await house.lobby.deleteCharacter(ME, charId);
    await house.sessions.setLobbyCache(ME, list);
    expect(await house.lobby.deleteCharacter(ME, charId)).toBe('not_yours');
    expect(await house.lobby.getCharactersList(ME)).toEqual([]);
  });
});

type House = ReturnType<typeof accountHouse>;
