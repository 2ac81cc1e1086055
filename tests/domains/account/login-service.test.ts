import { describe, expect, test, vi } from 'vitest';
import type { LoginReply } from '../../../domains/account/login-service.ts';
import { type OnboardingStep, stepOf } from '../../../domains/account/onboarding-service.ts';
import {
  accountServices,
  enterNewShell,
  finishedCharacter,
} from '../../support/account-services.ts';
import { OutageError } from '../../../domains/core/outage-error.ts';

const ME = 7;
const OTHER = 8;

/** The onboarding step of an entered shell; null if it is not one. */
function stepIn(reply: LoginReply): OnboardingStep | null {
  const isShell = reply.kind === 'entered' && reply.account.state === 'ONBOARDING';
  return isShell ? stepOf(reply.account.bio) : null;
}

describe('login', () => {
  test('enters a shell at the step that it has reached', async () => {
    const services = accountServices();
    const charId = await enterNewShell(services, ME);
    expect(stepIn(await services.login.login(ME, charId))).toBe('name');
    await services.onboarding.setName(charId, 'Bobby');
    const entered = await services.login.login(ME, charId);
    expect(entered).toMatchObject({ charId, account: { bio: { name: 'Bobby' } } });
    expect(stepIn(entered)).toBe('gender');
  });

  test.each(['SCENARIO', 'EXPLORATION'] as const)(
    'enters a character in state %s',
    async (state) => {
      const services = accountServices();
      const charId = await finishedCharacter(services, ME, { name: 'Bobby' });
      await services.sessions.updateState(charId, state);
      expect(await services.login.login(ME, charId)).toMatchObject({ kind: 'entered', charId });
    },
  );

  test('enters a character in a battle with its battle session, as does resume', async () => {
    const services = accountServices();
    const charId = await finishedCharacter(services, ME, { name: 'Bobby' });
    await services.accounts.setCombatSession(charId, 'c123');
    await services.sessions.updateState(charId, 'COMBAT');
    const fighting = { charId, account: { state: 'COMBAT', sessions: { combat_id: 'c123' } } };
    expect(await services.login.login(ME, charId)).toMatchObject(fighting);
    expect(await services.login.resume(ME)).toMatchObject(fighting);
  });

  test.each([
    ['its state alone', 'COMBAT', null],
    ['its id alone', 'EXPLORATION', 'c123'],
  ] as const)('enters a character that has of a battle %s', async (_half, state, battleId) => {
    const services = accountServices();
    const charId = await finishedCharacter(services, ME, { name: 'Bobby' });
    await services.sessions.updateState(charId, state);
    await services.accounts.setCombatSession(charId, battleId);
    expect((await services.login.login(ME, charId)).kind).toBe('entered');
  });

  test("answers not_yours for another user's character", async () => {
    const services = accountServices();
    const charId = await finishedCharacter(services, OTHER, { name: 'Bobby' });
    expect(await services.login.login(ME, charId)).toEqual({ kind: 'not_yours' });
    expect(await services.players.getActiveCharacter(ME)).toBeNull();
  });

  test('answers not_yours for a character that does not exist', async () => {
    const services = accountServices();
    await enterNewShell(services, ME);
    expect(await services.login.login(ME, 99)).toEqual({ kind: 'not_yours' });
    expect(await services.players.getActiveCharacter(ME)).toBe(1);
  });

  test('saves and closes the session of the character that was active before', async () => {
    const services = accountServices();
    const first = await finishedCharacter(services, ME, { name: 'Bobby' });
    await services.accounts.updateStatCurrent(first, 'hp', 5);
    await services.accounts.setLocation(first, 'dark_forest');
    const second = await finishedCharacter(services, ME, { name: 'Anna' });
    expect(await services.players.getActiveCharacter(ME)).toBe(second);
    expect(await services.accounts.accountExists(first)).toBe(false);
    expect(await services.login.login(ME, first)).toMatchObject({
      kind: 'entered',
      account: { stats: { hp: { cur: 5 } }, location: { current: 'dark_forest' } },
    });
  });

  test('answers busy while another character is in a queue or a battle', async () => {
    const services = accountServices();
    const second = await finishedCharacter(services, ME, { name: 'Anna' });
    const first = await finishedCharacter(services, ME, { name: 'Bobby' });
    services.busy.add(first);
    expect(await services.login.login(ME, second)).toEqual({ kind: 'busy' });
    expect(await services.players.getActiveCharacter(ME)).toBe(first);
    expect(await services.login.login(ME, first)).toMatchObject({ kind: 'entered', charId: first });
  });

  test('restores the answers of a shell after another character was played', async () => {
    const services = accountServices();
    const other = await finishedCharacter(services, ME, { name: 'Anna' });
    const shell = await enterNewShell(services, ME);
    await services.onboarding.setName(shell, 'Bobby');
    await services.onboarding.setGender(shell, 'male');
    await services.login.login(ME, other);
    expect(await services.login.login(ME, shell)).toMatchObject({
      account: { bio: { name: 'Bobby', gender: 'male', archetype: null } },
    });
  });

  test('closes or keeps the active character from the database if Redis has lost it', async () => {
    const services = accountServices();
    const first = await finishedCharacter(services, ME, { name: 'Bobby' });
    const second = await finishedCharacter(services, ME, { name: 'Anna' });
    services.hot.forget(ME);
    services.busy.add(second);
    expect(await services.login.login(ME, first)).toEqual({ kind: 'busy' });
    expect(await services.players.getActiveCharacter(ME)).toBe(second);
    services.hot.forget(ME);
    services.busy.delete(second);
    expect(await services.login.login(ME, first)).toMatchObject({ kind: 'entered', charId: first });
    expect(await services.accounts.accountExists(second)).toBe(false);
  });

  test('enters only characters with a live session while the database is unavailable', async () => {
    const services = accountServices();
    const first = await finishedCharacter(services, ME, { name: 'Bobby' });
    await services.login.logout(ME);
    const second = await finishedCharacter(services, ME, { name: 'Anna' });
    vi.spyOn(services.savedSessions, 'save').mockRejectedValueOnce(new OutageError('unavailable'));
    await services.login.logout(ME);
    vi.spyOn(services.users, 'enterCharacter').mockRejectedValue(new OutageError('unavailable'));
    expect(await services.login.login(ME, second)).toMatchObject({
      kind: 'entered',
      charId: second,
    });
    expect(await services.login.login(ME, first)).toEqual({ kind: 'unavailable' });
    expect(await services.login.login(OTHER, second)).toEqual({ kind: 'unavailable' });
    expect(await services.players.getActiveCharacter(ME)).toBe(second);
    expect(await services.players.getActiveCharacter(OTHER)).toBeNull();
  });

  test('enters once when called twice at once', async () => {
    const services = accountServices();
    const charId = await finishedCharacter(services, ME, { name: 'Bobby' });
    const replies = await Promise.all([
      services.login.login(ME, charId),
      services.login.login(ME, charId),
    ]);
    expect(replies[0]).toEqual(replies[1]);
    expect(await services.players.getActiveCharacter(ME)).toBe(charId);
  });
});

describe('a lost or broken session', () => {
  const broken = {
    missing: undefined,
    'no JSON object': 'rubbish',
    'half a session': { state: 'SCENARIO' },
    'in an unknown state': { state: 'DANCING' },
  };

  test.each(Object.entries(broken))(
    'is restored by resume when it is %s',
    async (_mismatch, value) => {
      const services = accountServices();
      const charId = await finishedCharacter(services, ME, { name: 'Bobby', archetype: 'duelist' });
      if (value === undefined) await services.accounts.deleteAccount(charId);
      else services.accounts.corrupt(charId, value);
      const logged = vi.spyOn(services.log, 'debug');
      expect(await services.login.resume(ME)).toMatchObject({
        account: { user_id: ME, bio: { name: 'Bobby', archetype: 'duelist' } },
      });
      expect(logged.mock.calls).toEqual([[{ charId }, 'session opened']]);
      const writes = vi.spyOn(services.accounts, 'createAccount');
      await services.login.login(ME, charId);
      expect(writes).not.toHaveBeenCalled();
    },
  );

  test('is restored by resume when it belongs to another user', async () => {
    const services = accountServices();
    const charId = await finishedCharacter(services, ME, { name: 'Bobby' });
    const session = await services.sessions.getSession(charId);
    services.accounts.corrupt(charId, { ...session, user_id: OTHER });
    expect(await services.login.resume(ME)).toMatchObject({ account: { user_id: ME } });
  });

  test('is restored by login when it belongs to a former character with the same id', async () => {
    const services = accountServices();
    const charId = await finishedCharacter(services, ME, { name: 'Bobby' });
    const old = await services.sessions.getSession(charId);
    const shell = await enterNewShell(services, ME);
    services.accounts.corrupt(shell, old);
    expect(stepIn(await services.login.login(ME, shell))).toBe('name');
  });

  test('is restored by login as finished when only the session missed finalize', async () => {
    const services = accountServices();
    const charId = await enterNewShell(services, ME);
    await services.onboarding.setName(charId, 'Bobby');
    await services.characters.update(charId, { gender: 'male', archetype: 'mystic' });
    expect(await services.login.login(ME, charId)).toMatchObject({ kind: 'entered', charId });
  });

  test('is not touched by login when it is sound', async () => {
    const services = accountServices();
    const charId = await finishedCharacter(services, ME, { name: 'Bobby' });
    await services.accounts.updateStatCurrent(charId, 'hp', 5);
    const logged = services.log.lines.length;
    await services.login.login(ME, charId);
    expect((await services.sessions.getSession(charId))?.stats.hp.cur).toBe(5);
    expect(services.log.lines).toHaveLength(logged);
  });
});

describe('resume', () => {
  test('answers null for a new user', async () => {
    expect(await accountServices().login.resume(ME)).toBeNull();
  });

  test('reads no repository while there is a live session', async () => {
    const services = accountServices();
    const charId = await finishedCharacter(services, ME, { name: 'Bobby' });
    const reads = vi.spyOn(services.characters, 'find');
    expect(await services.login.resume(ME)).toMatchObject({ charId });
    expect(reads).not.toHaveBeenCalled();
  });

  test("answers null and clears the active character if it is another user's", async () => {
    const services = accountServices();
    const charId = await finishedCharacter(services, OTHER, { name: 'Bobby' });
    await services.players.setActiveCharacter(ME, charId);
    expect(await services.login.resume(ME)).toBeNull();
    expect(await services.players.getActiveCharacter(ME)).toBeNull();
    expect((await services.sessions.getSession(charId))?.user_id).toBe(OTHER);
  });
});

describe('logout', () => {
  test('saves the session before it deletes it', async () => {
    const services = accountServices();
    const charId = await finishedCharacter(services, ME, { name: 'Bobby' });
    await services.accounts.updateStatCurrent(charId, 'mp', 3);
    await services.accounts.setLocation(charId, 'dark_forest');
    const saved = vi.spyOn(services.savedSessions, 'save');
    const deleted = vi.spyOn(services.accounts, 'deleteIfUnchanged');
    expect(await services.login.logout(ME)).toBe('logged_out');
    expect(await services.characters.find(charId)).toMatchObject({
      vitals_snapshot: { mp: { cur: 3 } },
      location_id: 'dark_forest',
    });
    expect(await services.accounts.accountExists(charId)).toBe(false);
    expect(await services.login.resume(ME)).toBeNull();
    expect(saved.mock.invocationCallOrder[0]).toBeLessThan(
      deleted.mock.invocationCallOrder[0] ?? 0,
    );
  });

  test('closes the open bag together with the session', async () => {
    const services = accountServices();
    const charId = await finishedCharacter(services, ME, { name: 'Bobby' });
    await services.login.logout(ME);
    expect(services.closedBags).toEqual([]);
    await services.login.login(ME, charId);
    await services.accounts.setInventorySession(charId, 'k3j9abcdef01');
    await services.login.logout(ME);
    expect(services.closedBags).toEqual(['k3j9abcdef01']);
    const again = await services.login.login(ME, charId);
    expect(again).toMatchObject({ account: { sessions: { inventory_id: null } } });
  });

  test('keeps the session for a later login as it was left', async () => {
    const services = accountServices();
    const charId = await finishedCharacter(services, ME, { name: 'Bobby' });
    await services.accounts.setLocation(charId, 'dark_forest');
    const left = await services.sessions.getSession(charId);
    await services.login.logout(ME);
    expect(await services.login.login(ME, charId)).toEqual({
      kind: 'entered',
      charId,
      account: left,
    });
  });

  test('leaves the session open and dirty while the database is unavailable', async () => {
    const services = accountServices();
    const charId = await finishedCharacter(services, ME, { name: 'Bobby' });
    vi.spyOn(services.savedSessions, 'save').mockRejectedValueOnce(new OutageError('unavailable'));
    expect(await services.login.logout(ME)).toBe('logged_out');
    expect(await services.login.resume(ME)).toBeNull();
    expect(await services.accounts.accountExists(charId)).toBe(true);
    const sinceMs = services.clock.now();
    expect(await services.writeBehind.leaseDirty('session', { sinceMs, limit: 9 })).toEqual([
      charId,
    ]);
  });

  test('answers busy in queue and battle', async () => {
    const services = accountServices();
    const charId = await finishedCharacter(services, ME, { name: 'Bobby' });
    services.busy.add(charId);
    expect(await services.login.logout(ME)).toBe('busy');
    expect(await services.players.getActiveCharacter(ME)).toBe(charId);
    expect(await services.accounts.accountExists(charId)).toBe(true);
  });

  test('answers logged_out when called twice', async () => {
    const services = accountServices();
    await finishedCharacter(services, ME, { name: 'Bobby' });
    expect(await services.login.logout(ME)).toBe('logged_out');
    expect(await services.login.logout(ME)).toBe('logged_out');
  });
});

describe('a character that the repository has lost', () => {
  test('keeps its session after logout, which is the only copy', async () => {
    const services = accountServices();
    const charId = await finishedCharacter(services, ME, { name: 'Bobby' });
    await services.characters.delete(charId);
    expect(await services.login.logout(ME)).toBe('logged_out');
    expect(await services.accounts.accountExists(charId)).toBe(true);
  });
});
