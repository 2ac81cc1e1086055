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

/** A house with one character whose changes are noted, as the store of Redis notes them. */
async function workingHouse() {
  const house = accountServices();
  const charId = await finishedCharacter(house, ME, { name: 'Bobby' });
  const hurt = async (hp: number) => {
    await house.ledger.markDirty('session', charId);
    await house.accounts.updateStatCurrent(charId, 'hp', hp);
  };
  const savedHp = async () => (await house.savedSessions.load(charId))?.stats.hp.cur ?? null;
  return { ...house, charId, hurt, savedHp };
}

describe('a session that has changed', () => {
  test('is saved after a while, once, and not before', async () => {
    const { logout, hurt, savedHp, clock, savedSessions } = await workingHouse();
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

  test('all the time is saved since its first change, and again after the next', async () => {
    const { logout, hurt, savedHp, clock } = await workingHouse();
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

  test('while it is being saved is owed anew', async () => {
    const { logout, hurt, savedHp, clock, savedSessions } = await workingHouse();
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

  test('after a process with a clock ahead has saved it is saved once ours has come so far', async () => {
    const { logout, hurt, savedHp, clock, savedSessions, accounts, charId } = await workingHouse();
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

  test('stays owed while the database is away, which is told once', async () => {
    const { logout, hurt, savedHp, clock, savedSessions, log } = await workingHouse();
    await hurt(7);
    clock.advance(SAVE_AFTER_MS);
    const save = vi.spyOn(savedSessions, 'save').mockRejectedValue(new OutageError('away'));
    for (let minute = 0; minute < 3; minute += 1) {
      await logout.work();
      clock.advance(60_000);
    }
    expect(log.lines.filter(({ level }) => level === 'error')).toHaveLength(1);
    save.mockRestore();
    await logout.work();
    expect(await savedHp()).toBe(7);
    expect(log.lines.at(-1)).toMatchObject({ message: 'live sessions are saved again' });
  });

  test('of a process that died in between is saved by another', async () => {
    const { logout, hurt, savedHp, clock, ledger } = await workingHouse();
    await hurt(7);
    clock.advance(SAVE_AFTER_MS);
    const taken = await ledger.leaseDirty('session', { sinceMs: clock.now(), limit: 9 });
    expect(taken).toHaveLength(1);
    await logout.work();
    expect(await savedHp()).toBeNull();
    clock.advance(60_000);
    await logout.work();
    expect(await savedHp()).toBe(7);
  });

  test('is saved at once by a process that ends', async () => {
    const { logout, hurt, savedHp } = await workingHouse();
    await hurt(7);
    await logout.flush();
    expect(await savedHp()).toBe(7);
  });

  test('whose character the database does not know is told of, and owed no longer', async () => {
    const { logout, ledger, accounts, log, clock, charId } = await workingHouse();
    const context = await accounts.getFullAccount(charId);
    if (context === null) throw new Error('There is no session');
    await accounts.createAccount(99, context);
    await ledger.markDirty('session', 99);
    clock.advance(SAVE_AFTER_MS);
    await logout.work();
    expect(log.lines.at(-1)).toMatchObject({ level: 'warn', facts: { charIds: [99] } });
    expect(await ledger.leaseDirty('session', { sinceMs: clock.now(), limit: 9 })).toEqual([]);
  });
});

describe('a player who is gone for a day', () => {
  test('finds himself as he was: his session was saved, then closed', async () => {
    const { logout, hurt, clock, accounts, login, charId } = await workingHouse();
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

  test('and back, is there for another day', async () => {
    const { logout, clock, accounts, login, charId } = await workingHouse();
    await login.resume(ME);
    clock.advance(IDLE_AFTER_MS - 1);
    await login.resume(ME);
    clock.advance(IDLE_AFTER_MS - 1);
    await logout.work();
    expect(await accounts.accountExists(charId)).toBe(true);
  });

  test('is not closed while something in the arena holds him', async () => {
    const { logout, clock, accounts, login, busy, charId } = await workingHouse();
    await login.resume(ME);
    busy.add(charId);
    clock.advance(IDLE_AFTER_MS);
    await logout.work();
    expect(await accounts.accountExists(charId)).toBe(true);
  });

  test('opened again right after Redis lost everything is closed as well', async () => {
    const { logout, clock, accounts, login, ledger, charId } = await workingHouse();
    await login.resume(ME);
    await ledger.forgetSeen(charId);
    await accounts.deleteAccount(charId);
    await login.resume(ME);
    clock.advance(IDLE_AFTER_MS);
    await logout.work();
    expect(await accounts.accountExists(charId)).toBe(false);
  });

  test('that cannot be closed is logged once and keeps no other from it', async () => {
    const { charId, ...house } = await workingHouse();
    const { logout, clock, accounts, login, log } = house;
    await login.resume(ME);
    const otherId = await finishedCharacter(house, 8, { name: 'Cid' });
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

  test('loses nothing that changes between save and delete', async () => {
    const { logout, clock, accounts, login, savedSessions, hurt, savedHp } = await workingHouse();
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

  test('is not closed while the database is away, and last seen when he was', async () => {
    const { logout, clock, accounts, login, savedSessions, charId } = await workingHouse();
    await login.resume(ME);
    const seenAtMs = clock.now();
    clock.advance(IDLE_AFTER_MS);
    const save = vi.spyOn(savedSessions, 'save').mockRejectedValueOnce(new OutageError('away'));
    await logout.work();
    expect(await accounts.accountExists(charId)).toBe(true);
    clock.advance(60_000);
    await logout.work();
    expect(await accounts.accountExists(charId)).toBe(false);
    expect(save.mock.lastCall?.[0]).toMatchObject([{ charId, seenAtMs }]);
  });
});

test('what a user chose while the database was away is kept as soon as it is back', async () => {
  const { logout, players, users, clock } = await workingHouse();
  vi.spyOn(users, 'setLanguage').mockRejectedValueOnce(new OutageError('away'));
  await players.setLanguage(ME, 'ru');
  clock.advance(5_000);
  await logout.work();
  expect((await users.find(ME))?.language).toBe('ru');
});

test('two workers on one ledger save each session once', async () => {
  const {
    hurt,
    clock,
    log,
    savedSessions,
    keeper: persister,
    players,
    ledger: writeBehind,
  } = await workingHouse();
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
