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

/** The step of onboarding that an entered shell is at; null: nothing is at one. */
function stepIn(reply: LoginReply): OnboardingStep | null {
  const isShell = reply.kind === 'entered' && reply.account.state === 'ONBOARDING';
  return isShell ? stepOf(reply.account.bio) : null;
}

describe('entering a character', () => {
  test('a shell is entered at the step that it has reached', async () => {
    const house = accountServices();
    const charId = await enterNewShell(house, ME);
    expect(stepIn(await house.login.login(ME, charId))).toBe('name');
    await house.onboarding.setName(charId, 'Bobby');
    const entered = await house.login.login(ME, charId);
    expect(entered).toMatchObject({ charId, account: { bio: { name: 'Bobby' } } });
    expect(stepIn(entered)).toBe('gender');
  });

  test.each(['SCENARIO', 'EXPLORATION'] as const)(
    'a character in state %s is entered',
    async (state) => {
      const house = accountServices();
      const charId = await finishedCharacter(house, ME, { name: 'Bobby' });
      await house.sessions.updateState(charId, state);
      expect(await house.login.login(ME, charId)).toMatchObject({ kind: 'entered', charId });
    },
  );

  test('a character in a battle is entered and gone on with as it fights', async () => {
    const house = accountServices();
    const charId = await finishedCharacter(house, ME, { name: 'Bobby' });
    await house.accounts.setCombatSession(charId, 'c123');
    await house.sessions.updateState(charId, 'COMBAT');
    const fighting = { charId, account: { state: 'COMBAT', sessions: { combat_id: 'c123' } } };
    expect(await house.login.login(ME, charId)).toMatchObject(fighting);
    expect(await house.login.resume(ME)).toMatchObject(fighting);
  });

  test.each([
    ['its state alone', 'COMBAT', null],
    ['its id alone', 'EXPLORATION', 'c123'],
  ] as const)('a character with half a battle, %s, is entered', async (_half, state, battleId) => {
    const house = accountServices();
    const charId = await finishedCharacter(house, ME, { name: 'Bobby' });
    await house.sessions.updateState(charId, state);
    await house.accounts.setCombatSession(charId, battleId);
    expect((await house.login.login(ME, charId)).kind).toBe('entered');
  });

  test("somebody else's cannot be entered", async () => {
    const house = accountServices();
    const charId = await finishedCharacter(house, OTHER, { name: 'Bobby' });
    expect(await house.login.login(ME, charId)).toEqual({ kind: 'not_yours' });
    expect(await house.players.getActiveCharacter(ME)).toBeNull();
  });

  test('one that does not exist cannot be entered', async () => {
    const house = accountServices();
    await enterNewShell(house, ME);
    expect(await house.login.login(ME, 99)).toEqual({ kind: 'not_yours' });
    expect(await house.players.getActiveCharacter(ME)).toBe(1);
  });

  test('whoever was played before is saved and leaves', async () => {
    const house = accountServices();
    const first = await finishedCharacter(house, ME, { name: 'Bobby' });
    await house.accounts.updateStatCurrent(first, 'hp', 5);
    await house.accounts.setLocation(first, 'dark_forest');
    const second = await finishedCharacter(house, ME, { name: 'Anna' });
    expect(await house.players.getActiveCharacter(ME)).toBe(second);
    expect(await house.accounts.accountExists(first)).toBe(false);
    expect(await house.login.login(ME, first)).toMatchObject({
      kind: 'entered',
      account: { stats: { hp: { cur: 5 } }, location: { current: 'dark_forest' } },
    });
  });

  test('nobody is left behind in a queue or a battle', async () => {
    const house = accountServices();
    const second = await finishedCharacter(house, ME, { name: 'Anna' });
    const first = await finishedCharacter(house, ME, { name: 'Bobby' });
    house.busy.add(first);
    expect(await house.login.login(ME, second)).toEqual({ kind: 'busy' });
    expect(await house.players.getActiveCharacter(ME)).toBe(first);
    expect(await house.login.login(ME, first)).toMatchObject({ kind: 'entered', charId: first });
  });

  test('an unfinished one keeps its answers while another is played', async () => {
    const house = accountServices();
    const other = await finishedCharacter(house, ME, { name: 'Anna' });
    const shell = await enterNewShell(house, ME);
    await house.onboarding.setName(shell, 'Bobby');
    await house.onboarding.setGender(shell, 'male');
    await house.login.login(ME, other);
    expect(await house.login.login(ME, shell)).toMatchObject({
      account: { bio: { name: 'Bobby', gender: 'male', archetype: null } },
    });
  });

  test('that Redis does not know to be played leaves the one that the database knows of', async () => {
    const house = accountServices();
    const first = await finishedCharacter(house, ME, { name: 'Bobby' });
    const second = await finishedCharacter(house, ME, { name: 'Anna' });
    house.hot.forget(ME);
    house.busy.add(second);
    expect(await house.login.login(ME, first)).toEqual({ kind: 'busy' });
    expect(await house.players.getActiveCharacter(ME)).toBe(second);
    house.hot.forget(ME);
    house.busy.delete(second);
    expect(await house.login.login(ME, first)).toMatchObject({ kind: 'entered', charId: first });
    expect(await house.accounts.accountExists(second)).toBe(false);
  });

  test('while the database is away is for whoever has a live session', async () => {
    const house = accountServices();
    const first = await finishedCharacter(house, ME, { name: 'Bobby' });
    await house.login.logout(ME);
    const second = await finishedCharacter(house, ME, { name: 'Anna' });
    vi.spyOn(house.savedSessions, 'save').mockRejectedValueOnce(new OutageError('away'));
    await house.login.logout(ME);
    vi.spyOn(house.users, 'enterCharacter').mockRejectedValue(new OutageError('away'));
    expect(await house.login.login(ME, second)).toMatchObject({ kind: 'entered', charId: second });
    expect(await house.login.login(ME, first)).toEqual({ kind: 'unavailable' });
    expect(await house.login.login(OTHER, second)).toEqual({ kind: 'unavailable' });
    expect(await house.players.getActiveCharacter(ME)).toBe(second);
    expect(await house.players.getActiveCharacter(OTHER)).toBeNull();
  });

  test('twice at once is once', async () => {
    const house = accountServices();
    const charId = await finishedCharacter(house, ME, { name: 'Bobby' });
    const replies = await Promise.all([
      house.login.login(ME, charId),
      house.login.login(ME, charId),
    ]);
    expect(replies[0]).toEqual(replies[1]);
    expect(await house.players.getActiveCharacter(ME)).toBe(charId);
  });
});

describe('a session that is lost or broken', () => {
  const flaws = {
    missing: undefined,
    'no JSON object': 'rubbish',
    'half a session': { state: 'SCENARIO' },
    'in a state that nobody knows': { state: 'DANCING' },
  };

  test.each(Object.entries(flaws))('is restored when it is %s', async (_flaw, value) => {
    const house = accountServices();
    const charId = await finishedCharacter(house, ME, { name: 'Bobby', archetype: 'duelist' });
    if (value === undefined) await house.accounts.deleteAccount(charId);
    else house.accounts.corrupt(charId, value);
    const logged = house.log.lines.length;
    expect(await house.login.resume(ME)).toMatchObject({
      account: { user_id: ME, bio: { name: 'Bobby', archetype: 'duelist' } },
    });
    expect(house.log.lines.slice(logged)).toMatchObject([{ facts: { charId } }]);
    const writes = vi.spyOn(house.accounts, 'createAccount');
    await house.login.login(ME, charId);
    expect(writes).not.toHaveBeenCalled();
  });

  test('is restored when it is of another user', async () => {
    const house = accountServices();
    const charId = await finishedCharacter(house, ME, { name: 'Bobby' });
    const session = await house.sessions.getSession(charId);
    house.accounts.corrupt(charId, { ...session, user_id: OTHER });
    expect(await house.login.resume(ME)).toMatchObject({ account: { user_id: ME } });
  });

  test('is restored when it is of an earlier character with the same id', async () => {
    const house = accountServices();
    const charId = await finishedCharacter(house, ME, { name: 'Bobby' });
    const old = await house.sessions.getSession(charId);
    const shell = await enterNewShell(house, ME);
    house.accounts.corrupt(shell, old);
    expect(stepIn(await house.login.login(ME, shell))).toBe('name');
  });

  test('is restored as finished when only the session missed the last word', async () => {
    const house = accountServices();
    const charId = await enterNewShell(house, ME);
    await house.onboarding.setName(charId, 'Bobby');
    await house.characters.update(charId, { gender: 'male', archetype: 'mystic' });
    expect(await house.login.login(ME, charId)).toMatchObject({ kind: 'entered', charId });
  });

  test('that is sound is left as it is', async () => {
    const house = accountServices();
    const charId = await finishedCharacter(house, ME, { name: 'Bobby' });
    await house.accounts.updateStatCurrent(charId, 'hp', 5);
    const logged = house.log.lines.length;
    await house.login.login(ME, charId);
    expect((await house.sessions.getSession(charId))?.stats.hp.cur).toBe(5);
    expect(house.log.lines).toHaveLength(logged);
  });
});

describe('coming back', () => {
  test('a stranger is in the lobby', async () => {
    expect(await accountServices().login.resume(ME)).toBeNull();
  });

  test('needs no repository while the session lives', async () => {
    const house = accountServices();
    const charId = await finishedCharacter(house, ME, { name: 'Bobby' });
    const reads = vi.spyOn(house.characters, 'find');
    expect(await house.login.resume(ME)).toMatchObject({ charId });
    expect(reads).not.toHaveBeenCalled();
  });

  test("never leads to somebody else's character", async () => {
    const house = accountServices();
    const charId = await finishedCharacter(house, OTHER, { name: 'Bobby' });
    await house.players.setActiveCharacter(ME, charId);
    expect(await house.login.resume(ME)).toBeNull();
    expect(await house.players.getActiveCharacter(ME)).toBeNull();
    expect((await house.sessions.getSession(charId))?.user_id).toBe(OTHER);
  });
});

describe('leaving', () => {
  test('saves first and deletes after', async () => {
    const house = accountServices();
    const charId = await finishedCharacter(house, ME, { name: 'Bobby' });
    await house.accounts.updateStatCurrent(charId, 'mp', 3);
    await house.accounts.setLocation(charId, 'dark_forest');
    const saved = vi.spyOn(house.savedSessions, 'save');
    const deleted = vi.spyOn(house.accounts, 'deleteIfUnchanged');
    expect(await house.login.logout(ME)).toBe('logged_out');
    expect(await house.characters.find(charId)).toMatchObject({
      vitals_snapshot: { mp: { cur: 3 } },
      location_id: 'dark_forest',
    });
    expect(await house.accounts.accountExists(charId)).toBe(false);
    expect(await house.login.resume(ME)).toBeNull();
    expect(saved.mock.invocationCallOrder[0]).toBeLessThan(
      deleted.mock.invocationCallOrder[0] ?? 0,
    );
  });

  test('the session goes on later as it was left', async () => {
    const house = accountServices();
    const charId = await finishedCharacter(house, ME, { name: 'Bobby' });
    await house.accounts.setLocation(charId, 'dark_forest');
    const left = await house.sessions.getSession(charId);
    await house.login.logout(ME);
    expect(await house.login.login(ME, charId)).toEqual({ kind: 'entered', charId, account: left });
  });

  test('while the database is away costs nothing: the session stays, and is owed', async () => {
    const house = accountServices();
    const charId = await finishedCharacter(house, ME, { name: 'Bobby' });
    vi.spyOn(house.savedSessions, 'save').mockRejectedValueOnce(new OutageError('away'));
    expect(await house.login.logout(ME)).toBe('logged_out');
    expect(await house.login.resume(ME)).toBeNull();
    expect(await house.accounts.accountExists(charId)).toBe(true);
    const sinceMs = house.clock.now();
    expect(await house.ledger.leaseDirty('session', { sinceMs, limit: 9 })).toEqual([charId]);
  });

  test('is refused in queue and battle', async () => {
    const house = accountServices();
    const charId = await finishedCharacter(house, ME, { name: 'Bobby' });
    house.busy.add(charId);
    expect(await house.login.logout(ME)).toBe('busy');
    expect(await house.players.getActiveCharacter(ME)).toBe(charId);
    expect(await house.accounts.accountExists(charId)).toBe(true);
  });

  test('twice, or with nobody to leave, is answered', async () => {
    const house = accountServices();
    await finishedCharacter(house, ME, { name: 'Bobby' });
    expect(await house.login.logout(ME)).toBe('logged_out');
    expect(await house.login.logout(ME)).toBe('logged_out');
  });
});

describe('a character that the repository has forgotten', () => {
  test('keeps its session when it is left: it is the only copy', async () => {
    const house = accountServices();
    const charId = await finishedCharacter(house, ME, { name: 'Bobby' });
    await house.characters.delete(charId);
    expect(await house.login.logout(ME)).toBe('logged_out');
    expect(await house.accounts.accountExists(charId)).toBe(true);
  });
});
