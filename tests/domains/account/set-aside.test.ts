import { describe, expect, test, vi } from 'vitest';
import { OutageError } from '../../../domains/core/outage-error.ts';
import { accountServices } from '../../support/account-services.ts';
import { characterRow } from '../../support/character-row.ts';
import { finishedSession } from '../../support/finished-session.ts';

const ME = 7;
const CHAR_ID = 41;

describe('a live session whose character this process has not seen in the database', () => {
  async function openUnseen() {
    const services = accountServices();
    await services.accounts.createAccount(CHAR_ID, finishedSession(CHAR_ID, ME));
    await services.hot.setActiveCharacter(ME, CHAR_ID);
    return services;
  }

  test('is set aside by resume if the database has no such character', async () => {
    const { login, accounts, memos, players, log } = await openUnseen();
    const session = await accounts.getFullAccount(CHAR_ID);
    expect(await login.resume(ME)).toBeNull();
    expect(await players.getActiveCharacter(ME)).toBeNull();
    expect(await accounts.accountExists(CHAR_ID)).toBe(false);
    expect(memos.get(`session:${CHAR_ID}`)).toEqual(session);
    expect(log.lines.map(({ message }) => message)).toContain('session set aside');
  });

  test('is played on while the database is unavailable, and set aside later', async () => {
    const { login, accounts, users, clock } = await openUnseen();
    const entered = vi.spyOn(users, 'enterCharacter');
    entered.mockRejectedValue(new OutageError('unavailable'));
    expect(await login.resume(ME)).toMatchObject({ charId: CHAR_ID });
    entered.mockRestore();
    clock.advance(60_000);
    expect(await login.resume(ME)).toBeNull();
    expect(await accounts.accountExists(CHAR_ID)).toBe(false);
  });

  test('is looked up once', async () => {
    const { login, users } = await openUnseen();
    const character = characterRow({ character_id: CHAR_ID, user_id: ME });
    const entered = vi.spyOn(users, 'enterCharacter');
    entered.mockResolvedValue({ character, saved: null, previousId: CHAR_ID });
    for (let taps = 0; taps < 3; taps += 1) {
      expect(await login.resume(ME)).toMatchObject({ account: { state: 'EXPLORATION' } });
    }
    expect(entered).toHaveBeenCalledTimes(1);
  });
});
