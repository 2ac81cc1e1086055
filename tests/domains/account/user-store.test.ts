import { describe, expect, test, vi } from 'vitest';
import { UserStore } from '../../../domains/account/user-store.ts';
import { FixedClock } from '../../support/clock.ts';
import { MemoryCharactersRepository } from '../../support/memory-characters-repository.ts';
import { MemoryHotUserStore } from '../../support/memory-hot-user-store.ts';
import { MemoryWriteBehindQueue } from '../../support/memory-write-behind-queue.ts';
import { MemoryUsersRepository } from '../../support/memory-users-repository.ts';
import { RecordingLog } from '../../support/recording-log.ts';
import { OutageError } from '../../../domains/core/outage-error.ts';
import { RefusedValueError } from '../../../domains/core/refused-value-error.ts';

const ME = 7;
const ann = { userId: ME, firstName: 'Ann', lastName: null, username: 'ann' } as const;

describe('the active character', () => {
  test('is read from the database once by an empty hot store', async () => {
    const { players, renewed, users, charId } = await openUserStore();
    await players.setActiveCharacter(ME, charId);
    const { players: later, hot } = renewed();
    expect(await later.getActiveCharacter(ME)).toBe(charId);
    expect((await hot.read(ME)).character).toBe(charId);
    const asked = vi.spyOn(users, 'find');
    expect(await later.getActiveCharacter(ME)).toBe(charId);
    expect(asked).not.toHaveBeenCalled();
  });

  test('is cleared in the hot store and in the database', async () => {
    const { players, renewed, charId } = await openUserStore();
    await players.setActiveCharacter(ME, charId);
    await players.setActiveCharacter(ME, null);
    expect(await players.getActiveCharacter(ME)).toBeNull();
    expect(await renewed().players.getActiveCharacter(ME)).toBeNull();
  });

  test("cannot be a missing one or another user's", async () => {
    const { players, log, charId } = await openUserStore();
    await players.setActiveCharacter(8, charId);
    await players.setActiveCharacter(ME, 99);
    expect([await players.getActiveCharacter(8), await players.getActiveCharacter(ME)]).toEqual([
      null,
      null,
    ]);
    expect(log.lines.map(({ facts }) => facts)).toEqual([
      { userId: 8, charId },
      { userId: ME, charId: 99 },
    ]);
  });

  test('none is stored in the hot store too, so that the database is asked once', async () => {
    const { players, users } = await openUserStore();
    await players.registerUser({ ...ann, language: 'en' });
    expect(await players.getActiveCharacter(ME)).toBeNull();
    const asked = vi.spyOn(users, 'find');
    expect(await players.getActiveCharacter(ME)).toBeNull();
    expect(asked).not.toHaveBeenCalled();
  });
});

describe('enterCharacter', () => {
  test('returns the saved character and makes it active', async () => {
    const { players, renewed, charId } = await openUserStore();
    const entered = await players.enterCharacter(ME, charId);
    expect(entered).toMatchObject({
      kind: 'entered',
      character: { character_id: charId },
      saved: null,
    });
    expect(await renewed().players.getActiveCharacter(ME)).toBe(charId);
  });

  test("answers not_owner for another user's character", async () => {
    const { players, charId } = await openUserStore();
    expect(await players.enterCharacter(8, charId)).toEqual({ kind: 'not_owner' });
    expect(await players.getActiveCharacter(8)).toBeNull();
  });

  test('rejects for an unreadable row and still works for other users', async () => {
    const { players, users, charId } = await openUserStore();
    const broken = new TypeError('no such gender');
    vi.spyOn(users, 'enterCharacter').mockRejectedValueOnce(broken);
    await expect(players.enterCharacter(8, 99)).rejects.toBe(broken);
    expect(await players.enterCharacter(ME, charId)).toMatchObject({ kind: 'entered' });
  });

  test('answers unavailable and changes nothing while the database is unavailable', async () => {
    const { players, users, hot, charId } = await openUserStore();
    vi.spyOn(users, 'enterCharacter').mockRejectedValueOnce(new OutageError('unavailable'));
    expect(await players.enterCharacter(ME, charId)).toEqual({ kind: 'unavailable' });
    expect((await hot.read(ME)).character).toBeNull();
  });
});

describe('the language of a user', () => {
  test('is guessed for a new user and never overrides a choice', async () => {
    const { players, renewed } = await openUserStore();
    await players.registerUser({ ...ann, language: 'ru' });
    expect(await players.getLanguage(ME)).toBe('ru');
    await players.setLanguage(ME, 'en');
    const { players: later } = renewed();
    await later.registerUser({ ...ann, language: 'ru' });
    expect(await later.getLanguage(ME)).toBe('en');
  });

  test('that only Redis has is saved by the next registerUser', async () => {
    const { players, hot, users } = await openUserStore();
    await hot.setLanguage(ME, 'ru');
    await players.registerUser({ ...ann, language: 'en' });
    expect((await users.find(ME))?.language).toBe('ru');
  });
});

describe('registerUser', () => {
  test('writes only changed names', async () => {
    const { players, users } = await openUserStore();
    const written = vi.spyOn(users, 'registerUser');
    await players.registerUser({ ...ann, language: 'en' });
    await players.registerUser({ ...ann, language: 'en' });
    expect(written).toHaveBeenCalledTimes(1);
    await players.registerUser({ ...ann, username: null, language: 'en' });
    expect(await users.find(ME)).toMatchObject({ firstName: 'Ann', username: null });
  });
});

test('firstNameOf is the name of the latest update, and null before the first one', async () => {
  const { players } = await openUserStore();
  expect(players.firstNameOf(ME)).toBeNull();
  await players.registerUser({ ...ann, language: 'en' });
  await players.registerUser({ ...ann, firstName: 'Anna', language: 'en' });
  expect(players.firstNameOf(ME)).toBe('Anna');
});

describe('registerUser after ten thousand users', () => {
  test('writes again only the least recently seen one', async () => {
    const { players, users } = await openUserStore();
    const register = (userId: number) => players.registerUser({ ...ann, userId, language: 'en' });
    for (let userId = 1; userId <= 10_000; userId += 1) await register(userId);
    const written = vi.spyOn(users, 'registerUser');
    // Another tap of user 1 makes user 2 the least recently seen one.
    await register(1);
    await register(10_001);
    expect(written).toHaveBeenCalledTimes(1);
    for (let userId = 3; userId <= 10_000; userId += 1) await register(userId);
    await register(1);
    expect(written).toHaveBeenCalledTimes(1);
    await register(2);
    expect(written).toHaveBeenCalledTimes(2);
  });
});

test('registerUser of many new users waits in line, that of a player does not', async () => {
  const { players, users, hot } = await openUserStore();
  await hot.setLanguage(ME, 'en');
  const answers: (() => void)[] = [];
  const register = vi
    .spyOn(users, 'registerUser')
    .mockImplementation(() => new Promise((answer) => answers.push(answer)));
  const profileOf = (userId: number) => ({ ...ann, userId, language: 'en' as const });
  const newUsers = Array.from({ length: 50 }, (_, index) => 100 + index);
  const rush = newUsers.map((userId) => players.registerUser(profileOf(userId)));
  const player = players.registerUser(profileOf(ME));
  const registered = () => register.mock.calls.map(([{ userId }]) => userId);
  await expect.poll(registered).toContain(ME);
  expect(registered()).toEqual([100, 101, 102, 103, ME]);
  register.mockResolvedValue();
  for (const answer of answers) answer();
  await Promise.all([...rush, player]);
  expect(registered().toSorted((a, b) => a - b)).toEqual(
    [ME, ...newUsers].toSorted((a, b) => a - b),
  );
});

test('registerUser leaves names empty that the database refuses', async () => {
  const { players, users, log } = await openUserStore();
  const register = vi.spyOn(users, 'registerUser');
  register.mockRejectedValueOnce(new RefusedValueError('refused'));
  await players.registerUser({ ...ann, language: 'en' });
  await players.registerUser({ ...ann, language: 'en' });
  expect(await users.find(ME)).toMatchObject({ firstName: '', lastName: null, username: null });
  expect(log.lines.map(({ message }) => message)).toEqual(['user names refused']);
});

describe('an unavailable database', () => {
  test('does not affect users in the hot store, is logged once and asked again later', async () => {
    const { players, users, hot, log, clock, charId } = await openUserStore();
    await hot.setActiveCharacter(ME, charId);
    const outage = new OutageError('unavailable');
    const find = vi.spyOn(users, 'find').mockRejectedValue(outage);
    const register = vi.spyOn(users, 'registerUser').mockRejectedValue(outage);
    await players.registerUser({ ...ann, language: 'en' });
    expect(await players.getActiveCharacter(ME)).toBe(charId);
    expect(await players.getActiveCharacter(8)).toBeNull();
    expect(await players.getActiveCharacter(8)).toBeNull();
    await players.setLanguage(ME, 'ru');
    expect(await players.getLanguage(ME)).toBe('ru');
    expect(find).toHaveBeenCalledTimes(1);
    clock.advance(5_000);
    expect(await players.getActiveCharacter(8)).toBeNull();
    expect(find).toHaveBeenCalledTimes(2);
    expect(log.lines.map(({ level }) => level)).toEqual(['error']);
    find.mockRestore();
    register.mockRestore();
    clock.advance(5_000);
    await players.registerUser({ ...ann, language: 'en' });
    expect(await users.find(ME)).toMatchObject({ firstName: 'Ann', language: 'ru' });
    expect(log.lines.map(({ level }) => level)).toEqual(['error', 'info']);
  });

  test('that only reads, as with a full disk, is logged once', async () => {
    const { players, users, log, clock } = await openUserStore();
    vi.spyOn(users, 'registerUser').mockRejectedValue(new OutageError('disk full'));
    for (let tries = 0; tries < 3; tries += 1) {
      await players.registerUser({ ...ann, language: 'en' });
      clock.advance(5_000);
      await players.getActiveCharacter(8);
    }
    expect(log.lines.map(({ message }) => message)).toEqual(['user database unavailable']);
  });

  test('marks choices dirty, which are saved when it is available again', async () => {
    const { players, users, writeBehind, clock, charId } = await openUserStore();
    await players.registerUser({ ...ann, language: 'en' });
    const outage = new OutageError('unavailable');
    const setLanguage = vi.spyOn(users, 'setLanguage').mockRejectedValue(outage);
    const setActive = vi.spyOn(users, 'setActiveCharacter').mockRejectedValue(outage);
    await players.setLanguage(ME, 'ru');
    await players.setActiveCharacter(ME, charId);
    expect(await players.getActiveCharacter(ME)).toBe(charId);
    const dirty = await writeBehind.leaseDirty('user', { sinceMs: clock.now(), limit: 10 });
    expect(dirty).toEqual([ME]);
    clock.advance(5_000);
    expect(await players.save(dirty)).toBe(false);
    setLanguage.mockRestore();
    setActive.mockRestore();
    clock.advance(5_000);
    expect(await players.save(dirty)).toBe(true);
    expect(await users.find(ME)).toMatchObject({ language: 'ru', activeCharacterId: charId });
  });

  test('does not undo a logout when it is available again', async () => {
    const { players, users, charId, clock } = await openUserStore();
    await players.registerUser({ ...ann, language: 'en' });
    await players.setActiveCharacter(ME, charId);
    const setActive = vi
      .spyOn(users, 'setActiveCharacter')
      .mockRejectedValue(new OutageError('unavailable'));
    await players.setActiveCharacter(ME, null);
    setActive.mockRestore();
    clock.advance(5_000);
    expect(await players.getActiveCharacter(ME)).toBeNull();
    expect(await players.save([ME])).toBe(true);
    expect((await users.find(ME))?.activeCharacterId).toBeNull();
  });

  test('clears an active character that was deleted in the meantime', async () => {
    const { players, hot, log } = await openUserStore();
    await hot.setActiveCharacter(ME, 99);
    expect(await players.save([ME])).toBe(true);
    expect(await players.getActiveCharacter(ME)).toBeNull();
    expect(log.lines.map(({ facts }) => facts)).toEqual([{ userId: ME, charId: 99 }]);
  });
});

/** A user with a character; `renewed` is a store over an empty hot store. */
async function openUserStore() {
  const characters = new MemoryCharactersRepository();
  const users = new MemoryUsersRepository(characters);
  const [clock, log] = [new FixedClock(), new RecordingLog()];
  const writeBehind = new MemoryWriteBehindQueue(clock);
  const renewed = () => {
    const hot = new MemoryHotUserStore();
    return { hot, players: new UserStore({ hot, users, writeBehind, clock, log }) };
  };
  const createdAt = '2026-01-01T00:00:00.000Z';
  const made = await characters.createShell({ userId: ME, createdAt, limit: 4 });
  if (made.kind !== 'created') throw new Error('No character was made');
  return {
    ...renewed(),
    renewed,
    users,
    writeBehind,
    clock,
    log,
    charId: made.character.character_id,
  };
}
