import { describe, expect, test, vi } from 'vitest';
import {
  IDLE_AFTER_MS,
  SAVE_AFTER_MS,
  accountServices,
  finishedCharacter,
} from '../../support/account-services.ts';
import { LogoutWorker } from '../../../domains/account/logout-worker.ts';
import { OutageError } from '../../../domains/core/outage-error.ts';

const ME = 7;

/** Services with one character whose changes are marked dirty, as the Redis store does. */
async function openWorker() {
  const services = accountServices();
  const charId = await finishedCharacter(services, ME, { name: 'Bobby' });
  const hurt = async (hp: number) => {
    await services.writeBehind.markDirty('session', charId);
    await services.accounts.updateStatCurrent(charId, 'hp', hp);
  };
  const savedHp = async () => (await services.savedSessions.load(charId))?.stats.hp.cur ?? null;
  return { ...services, charId, hurt, savedHp };
}

describe('a changed session', () => {
  test('is saved with all others that are due, however many', async () => {
    const { logout, writeBehind, clock } = accountServices();
    const ids = Array.from({ length: 1_201 }, (_, index) => index + 1);
    for (const charId of ids) await writeBehind.markDirty('session', charId);
    clock.advance(SAVE_AFTER_MS);
    await logout.work();
    const left = { sinceMs: clock.now(), limit: 10 };
    expect(await writeBehind.leaseDirty('session', left)).toEqual([]);
  });

  test('is saved once after saveAfterMs, not before', async () => {
    const { logout, hurt, savedHp, clock, savedSessions } = await openWorker();
    await hurt(7);
    clock.advance(SAVE_AFTER_MS - 1);
    await logout.work();
    expect(await savedHp()).toBeNull();
    const saves = vi.spyOn(savedSessions, 'save');
    clock.advance(1);
    await logout.work();
    await logout.work();
    expect(await savedHp()).toBe(7);
    expect(saves).toHaveBeenCalledTimes(1);
  });

  test('is saved saveAfterMs after its first change, and again after the next one', async () => {
    const { logout, hurt, savedHp, clock } = await openWorker();
    await hurt(7);
    clock.advance(SAVE_AFTER_MS);
    await hurt(6);
    await logout.work();
    expect(await savedHp()).toBe(6);
    await hurt(5);
    clock.advance(SAVE_AFTER_MS);
    await logout.work();
    expect(await savedHp()).toBe(5);
  });

  test('is saved again if it changes during its save', async () => {
    const { logout, hurt, savedHp, clock, savedSessions } = await openWorker();
    await hurt(7);
    clock.advance(SAVE_AFTER_MS);
    const save = savedSessions.save.bind(savedSessions);
    vi.spyOn(savedSessions, 'save').mockImplementationOnce(async (sessions) => {
      await hurt(3);
      return save(sessions);
    });
    await logout.work();
    expect(await savedHp()).toBe(7);
    clock.advance(SAVE_AFTER_MS);
    await logout.work();
    expect(await savedHp()).toBe(3);
  });

  test('is saved later if a process with a clock ahead has saved it', async () => {
    const { logout, hurt, savedHp, clock, savedSessions, accounts, charId } = await openWorker();
    const context = await accounts.getFullAccount(charId);
    if (context === null) throw new Error('There is a session');
    const savedAtMs = clock.now() + SAVE_AFTER_MS + 30_000;
    await savedSessions.save([{ charId, context, savedAtMs, seenAtMs: clock.now() }]);
    await hurt(3);
    clock.advance(SAVE_AFTER_MS);
    await logout.work();
    expect(await savedHp()).not.toBe(3);
    clock.advance(SAVE_AFTER_MS);
    await logout.work();
    expect(await savedHp()).toBe(3);
  });

  test('stays dirty while the database is unavailable, with one log line', async () => {
    const { logout, hurt, savedHp, clock, savedSessions, log } = await openWorker();
    await hurt(7);
    clock.advance(SAVE_AFTER_MS);
    const save = vi.spyOn(savedSessions, 'save').mockRejectedValue(new OutageError('unavailable'));
    for (let minute = 0; minute < 3; minute += 1) {
      await logout.work();
      clock.advance(60_000);
    }
    expect(log.lines.filter(({ level }) => level === 'error')).toHaveLength(1);
    save.mockRestore();
    await logout.work();
    expect(await savedHp()).toBe(7);
    expect(log.lines.at(-1)).toMatchObject({ message: 'session save available again' });
  });

  test('is saved by another process if the one with the lease has died', async () => {
    const { logout, hurt, savedHp, clock, writeBehind } = await openWorker();
    await hurt(7);
    clock.advance(SAVE_AFTER_MS);
    const leased = await writeBehind.leaseDirty('session', { sinceMs: clock.now(), limit: 9 });
    expect(leased).toHaveLength(1);
    await logout.work();
    expect(await savedHp()).toBeNull();
    clock.advance(60_000);
    await logout.work();
    expect(await savedHp()).toBe(7);
  });

  test('is saved at once by flush', async () => {
    const { logout, hurt, savedHp } = await openWorker();
    await hurt(7);
    await logout.flush();
    expect(await savedHp()).toBe(7);
  });

  test('of an unknown character is logged and no longer dirty', async () => {
    const { logout, writeBehind, accounts, log, clock, charId } = await openWorker();
    const context = await accounts.getFullAccount(charId);
    if (context === null) throw new Error('There is no session');
    await accounts.createAccount(99, context);
    await writeBehind.markDirty('session', 99);
    clock.advance(SAVE_AFTER_MS);
    await logout.work();
    expect(log.lines.at(-1)).toMatchObject({ level: 'warn', facts: { charIds: [99] } });
    expect(await writeBehind.leaseDirty('session', { sinceMs: clock.now(), limit: 9 })).toEqual([]);
  });
});

describe('the session of an idle player', () => {
  test('is closed after idleAfterMs and restored as it was by resume', async () => {
    const { logout, hurt, clock, accounts, login, charId } = await openWorker();
    await login.resume(ME);
    await hurt(7);
    const left = await accounts.getFullAccount(charId);
    clock.advance(IDLE_AFTER_MS - 1);
    await logout.work();
    expect(await accounts.accountExists(charId)).toBe(true);
    clock.advance(1);
    await logout.work();
    expect(await accounts.accountExists(charId)).toBe(false);
    expect(await login.resume(ME)).toEqual({ charId, account: left });
  });

  test('stays open for another idleAfterMs after resume', async () => {
    const { logout, clock, accounts, login, charId } = await openWorker();
    await login.resume(ME);
    clock.advance(IDLE_AFTER_MS - 1);
    await login.resume(ME);
    clock.advance(IDLE_AFTER_MS - 1);
    await logout.work();
    expect(await accounts.accountExists(charId)).toBe(true);
  });

  test('is not closed while the character is busy', async () => {
    const { logout, clock, accounts, login, busy, charId } = await openWorker();
    await login.resume(ME);
    busy.add(charId);
    clock.advance(IDLE_AFTER_MS);
    await logout.work();
    expect(await accounts.accountExists(charId)).toBe(true);
  });

  test('is closed if it was opened again after Redis lost everything', async () => {
    const { logout, clock, accounts, login, writeBehind, charId } = await openWorker();
    await login.resume(ME);
    await writeBehind.forgetSeen(charId);
    await accounts.deleteAccount(charId);
    await login.resume(ME);
    clock.advance(IDLE_AFTER_MS);
    await logout.work();
    expect(await accounts.accountExists(charId)).toBe(false);
  });

  test('that cannot be closed is logged once and does not block others', async () => {
    const { charId, ...services } = await openWorker();
    const { logout, clock, accounts, login, log } = services;
    await login.resume(ME);
    const otherId = await finishedCharacter(services, 8, { name: 'Cid' });
    await login.resume(8);
    clock.advance(IDLE_AFTER_MS);
    const snapshot = accounts.snapshotAccount.bind(accounts);
    vi.spyOn(accounts, 'snapshotAccount').mockImplementation((id) =>
      id === charId ? Promise.reject(new Error('WRONGTYPE')) : snapshot(id),
    );
    await logout.work();
    await logout.work();
    expect(await accounts.accountExists(otherId)).toBe(false);
    const failures = log.lines.filter(({ message }) => message === 'idle session close failed');
    expect(failures.map(({ facts }) => facts['charId'])).toEqual([charId]);
  });

  test('is saved again if it changes between save and delete', async () => {
    const { logout, clock, accounts, login, savedSessions, hurt, savedHp } = await openWorker();
    await login.resume(ME);
    clock.advance(IDLE_AFTER_MS);
    const save = savedSessions.save.bind(savedSessions);
    vi.spyOn(savedSessions, 'save').mockImplementationOnce(async (sessions) => {
      const replies = await save(sessions);
      await hurt(4);
      return replies;
    });
    const deleted = vi.spyOn(accounts, 'deleteIfUnchanged');
    await logout.work();
    expect(await Promise.all(deleted.mock.results.map(({ value }) => value as unknown))).toEqual([
      false,
      true,
    ]);
    expect(await savedHp()).toBe(4);
  });

  test('is set aside once, with a copy that remains, if its character is missing', async () => {
    const { logout, clock, accounts, login, characters, memos, log, charId } = await openWorker();
    await login.resume(ME);
    const session = await accounts.getFullAccount(charId);
    await characters.delete(charId);
    clock.advance(IDLE_AFTER_MS);
    await logout.work();
    expect(await accounts.accountExists(charId)).toBe(false);
    expect(memos.get(`session:${charId}`)).toEqual(session);
    const events = ['session character missing', 'session set aside'];
    expect(log.lines.map(({ message }) => message).slice(-2)).toEqual(events);
    const logged = log.lines.length;
    clock.advance(IDLE_AFTER_MS);
    await logout.work();
    expect(log.lines).toHaveLength(logged);
  });

  test('stays open if it changes whenever it is set aside', async () => {
    const { logout, clock, accounts, login, characters, charId } = await openWorker();
    await login.resume(ME);
    await characters.delete(charId);
    clock.advance(IDLE_AFTER_MS);
    vi.spyOn(accounts, 'deleteIfUnchanged').mockResolvedValue(false);
    await logout.work();
    expect(await accounts.accountExists(charId)).toBe(true);
  });

  test('stays open while the database is unavailable, with its last-seen time', async () => {
    const { logout, clock, accounts, login, savedSessions, charId } = await openWorker();
    await login.resume(ME);
    const seenAtMs = clock.now();
    clock.advance(IDLE_AFTER_MS);
    const save = vi
      .spyOn(savedSessions, 'save')
      .mockRejectedValueOnce(new OutageError('unavailable'));
    await logout.work();
    expect(await accounts.accountExists(charId)).toBe(true);
    clock.advance(60_000);
    await logout.work();
    expect(await accounts.accountExists(charId)).toBe(false);
    expect(save.mock.lastCall?.[0]).toMatchObject([{ charId, seenAtMs }]);
  });
});

test('a language chosen while the database was unavailable is saved when it is available again', async () => {
  const { logout, players, users, clock } = await openWorker();
  vi.spyOn(users, 'setLanguage').mockRejectedValueOnce(new OutageError('unavailable'));
  await players.setLanguage(ME, 'ru');
  clock.advance(5_000);
  await logout.work();
  expect((await users.find(ME))?.language).toBe('ru');
});

test('two workers on one queue save each session once', async () => {
  const { hurt, clock, log, savedSessions, persister, players, writeBehind } = await openWorker();
  const rules = { saveAfterMs: SAVE_AFTER_MS, idleAfterMs: IDLE_AFTER_MS };
  const isBusy = () => Promise.resolve(false);
  const workers = [1, 2].map(
    () => new LogoutWorker({ persister, players, writeBehind, isBusy, clock, log, rules }),
  );
  await hurt(7);
  clock.advance(SAVE_AFTER_MS);
  const saves = vi.spyOn(savedSessions, 'save');
  await Promise.all(workers.map((worker) => worker.work()));
  expect(saves).toHaveBeenCalledTimes(1);
});
