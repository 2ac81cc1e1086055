import { describe, expect, test, vi } from 'vitest';
import { UserStore } from '../../../domains/account/user-store.ts';
import { FixedClock } from '../../support/clock.ts';
import { MemoryCharactersRepository } from '../../support/memory-characters-repository.ts';
import { MemoryHotUserStore } from '../../support/memory-hot-user-store.ts';
import { MemoryWriteBehindQueue } from '../../support/memory-write-behind-queue.ts';
import { MemoryUsersRepository } from '../../support/memory-users-repository.ts';
import { RecordingLog } from '../../support/recording-log.ts';
import { OutageError } from '../../../domains/core/outage-error.ts';

const ME = 7;
const ann = { userId: ME, firstName: 'Ann', lastName: null, username: 'ann' } as const;

describe('which character a user plays', () => {
  test('is known to a new hot store, which asks only once', async () => {
    const { players, renewed, users, charId } = await house();
    await players.setActiveCharacter(ME, charId);
    const { players: later, hot } = renewed();
    expect(await later.getActiveCharacter(ME)).toBe(charId);
    expect((await hot.read(ME)).character).toBe(charId);
    const asked = vi.spyOn(users, 'find');
    expect(await later.getActiveCharacter(ME)).toBe(charId);
    expect(asked).not.toHaveBeenCalled();
  });

  test('is forgotten for good when he leaves', async () => {
    const { players, renewed, charId } = await house();
    await players.setActiveCharacter(ME, charId);
    await players.setActiveCharacter(ME, null);
    expect(await players.getActiveCharacter(ME)).toBeNull();
    expect(await renewed().players.getActiveCharacter(ME)).toBeNull();
  });

  test("is never one that is gone, or somebody else's", async () => {
    const { players, log, charId } = await house();
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

  test('that is none is remembered as well: nobody is asked again', async () => {
    const { players, users } = await house();
    await players.registerUser({ ...ann, language: 'en' });
    expect(await players.getActiveCharacter(ME)).toBeNull();
    const asked = vi.spyOn(users, 'find');
    expect(await players.getActiveCharacter(ME)).toBeNull();
    expect(asked).not.toHaveBeenCalled();
  });
});

describe('entering a character', () => {
  test('answers what is kept of it, and makes it the one that is played', async () => {
    const { players, renewed, charId } = await house();
    const entered = await players.enterCharacter(ME, charId);
    expect(entered).toMatchObject({
      kind: 'entered',
      character: { character_id: charId },
      saved: null,
    });
    expect(await renewed().players.getActiveCharacter(ME)).toBe(charId);
  });

  test("is refused where it is not one's own", async () => {
    const { players, charId } = await house();
    expect(await players.enterCharacter(8, charId)).toEqual({ kind: 'not_owner' });
    expect(await players.getActiveCharacter(8)).toBeNull();
  });

  test('of a row that cannot be parsed is refused, and every other player is served', async () => {
    const { players, users, charId } = await house();
    const broken = new TypeError('no such gender');
    vi.spyOn(users, 'enterCharacter').mockRejectedValueOnce(broken);
    await expect(players.enterCharacter(8, 99)).rejects.toBe(broken);
    expect(await players.enterCharacter(ME, charId)).toMatchObject({ kind: 'entered' });
  });

  test('while the database is away changes nothing', async () => {
    const { players, users, hot, charId } = await house();
    vi.spyOn(users, 'enterCharacter').mockRejectedValueOnce(new OutageError('away'));
    expect(await players.enterCharacter(ME, charId)).toEqual({ kind: 'unavailable' });
    expect((await hot.read(ME)).character).toBeNull();
  });
});

describe('the language of a user', () => {
  test('is guessed at the first greeting, and never again after he has chosen', async () => {
    const { players, renewed } = await house();
    await players.registerUser({ ...ann, language: 'ru' });
    expect(await players.getLanguage(ME)).toBe('ru');
    await players.setLanguage(ME, 'en');
    const { players: later } = renewed();
    await later.registerUser({ ...ann, language: 'ru' });
    expect(await later.getLanguage(ME)).toBe('en');
  });

  test('that Redis alone knows is kept for good with the next greeting', async () => {
    const { players, hot, users } = await house();
    await hot.setLanguage(ME, 'ru');
    await players.registerUser({ ...ann, language: 'en' });
    expect((await users.find(ME))?.language).toBe('ru');
  });
});

describe('a greeting', () => {
  test('writes only what has changed', async () => {
    const { players, users } = await house();
    const written = vi.spyOn(users, 'registerUser');
    await players.registerUser({ ...ann, language: 'en' });
    await players.registerUser({ ...ann, language: 'en' });
    expect(written).toHaveBeenCalledTimes(1);
    await players.registerUser({ ...ann, username: null, language: 'en' });
    expect(await users.find(ME)).toMatchObject({ firstName: 'Ann', username: null });
  });
});

describe('of ten thousand users who have been greeted', () => {
  test('the next one makes nobody be greeted in the database again, but who was away for longest', async () => {
    const { players, users } = await house();
    const greet = (userId: number) => players.registerUser({ ...ann, userId, language: 'en' });
    for (let userId = 1; userId <= 10_000; userId += 1) await greet(userId);
    const written = vi.spyOn(users, 'registerUser');
    // He taps again, and so is not the one who was away for longest.
    await greet(1);
    await greet(10_001);
    expect(written).toHaveBeenCalledTimes(1);
    for (let userId = 3; userId <= 10_000; userId += 1) await greet(userId);
    await greet(1);
    expect(written).toHaveBeenCalledTimes(1);
    await greet(2);
    expect(written).toHaveBeenCalledTimes(2);
  });
});

describe('a repository that is away', () => {
  test('stops nobody whom the hot store knows, is told once, and asked again later', async () => {
    const { players, users, hot, log, clock, charId } = await house();
    await hot.setActiveCharacter(ME, charId);
    const away = new OutageError('away');
    const find = vi.spyOn(users, 'find').mockRejectedValue(away);
    const greet = vi.spyOn(users, 'registerUser').mockRejectedValue(away);
    await players.registerUser({ ...ann, language: 'en' });
    expect(await players.getActiveCharacter(ME)).toBe(charId);
    expect(await players.getActiveCharacter(8)).toBeNull();
    await players.setLanguage(ME, 'ru');
    expect(await players.getLanguage(ME)).toBe('ru');
    expect(find).not.toHaveBeenCalled();
    clock.advance(5_000);
    expect(await players.getActiveCharacter(8)).toBeNull();
    expect(find).toHaveBeenCalledTimes(1);
    expect(log.lines.map(({ level }) => level)).toEqual(['error']);
    find.mockRestore();
    greet.mockRestore();
    clock.advance(5_000);
    await players.registerUser({ ...ann, language: 'en' });
    expect(await users.find(ME)).toMatchObject({ firstName: 'Ann', language: 'ru' });
    expect(log.lines.map(({ level }) => level)).toEqual(['error', 'info']);
  });

  test('costs no choice: what was chosen meanwhile is owed, and kept when that can be', async () => {
    const { players, users, ledger, clock, charId } = await house();
    await players.registerUser({ ...ann, language: 'en' });
    const away = new OutageError('away');
    const setLanguage = vi.spyOn(users, 'setLanguage').mockRejectedValue(away);
    const setActive = vi.spyOn(users, 'setActiveCharacter').mockRejectedValue(away);
    await players.setLanguage(ME, 'ru');
    await players.setActiveCharacter(ME, charId);
    expect(await players.getActiveCharacter(ME)).toBe(charId);
    const owed = await ledger.leaseDirty('user', { sinceMs: clock.now(), limit: 10 });
    expect(owed).toEqual([ME]);
    clock.advance(5_000);
    expect(await players.save(owed)).toBe(false);
    setLanguage.mockRestore();
    setActive.mockRestore();
    clock.advance(5_000);
    expect(await players.save(owed)).toBe(true);
    expect(await users.find(ME)).toMatchObject({ language: 'ru', activeCharacterId: charId });
  });

  test('undoes no logout when it is back', async () => {
    const { players, users, charId, clock } = await house();
    await players.registerUser({ ...ann, language: 'en' });
    await players.setActiveCharacter(ME, charId);
    const setActive = vi
      .spyOn(users, 'setActiveCharacter')
      .mockRejectedValue(new OutageError('away'));
    await players.setActiveCharacter(ME, null);
    setActive.mockRestore();
    clock.advance(5_000);
    expect(await players.getActiveCharacter(ME)).toBeNull();
    expect(await players.save([ME])).toBe(true);
    expect((await users.find(ME))?.activeCharacterId).toBeNull();
  });

  test('a character that was deleted meanwhile is played no longer', async () => {
    const { players, hot, log } = await house();
    await hot.setActiveCharacter(ME, 99);
    expect(await players.save([ME])).toBe(true);
    expect(await players.getActiveCharacter(ME)).toBeNull();
    expect(log.lines.map(({ facts }) => facts)).toEqual([{ userId: ME, charId: 99 }]);
  });
});

/** A user with a character; `renewed`: the same after the hot store has lost everything. */
async function house() {
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
    ledger: writeBehind,
    clock,
    log,
    charId: made.character.character_id,
  };
}
