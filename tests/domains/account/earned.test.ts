import { describe, expect, test, vi } from 'vitest';
import { archetypeNumbers } from '../../../resources/numbers/archetypes.ts';
import {
  type AccountServices,
  accountServices,
  finishedCharacter,
} from '../../support/account-services.ts';

const ME = 7;
const earned = {
  attributes: { ...archetypeNumbers.mystic.attributes, luck: 31 },
  skills: { feint: 2 },
};

async function openWithCharacter() {
  const services = accountServices();
  return { ...services, charId: await finishedCharacter(services, ME, { name: 'Bobby' }) };
}

/** The live session after a new login, and the saved row. */
async function afterReturn(services: AccountServices, charId: number) {
  await services.login.login(ME, charId);
  return {
    session: await services.sessions.getSession(charId),
    row: await services.characters.find(charId),
  };
}

describe('earn', () => {
  test('survives a logout', async () => {
    const services = await openWithCharacter();
    expect(await services.sessions.earn(services.charId, earned)).toBe(true);
    expect(await services.sessions.getSession(services.charId)).toMatchObject(earned);
    await services.login.logout(ME);
    const { session, row } = await afterReturn(services, services.charId);
    expect([session, row]).toMatchObject([earned, earned]);
  });

  test('survives a loss of the live session', async () => {
    const services = await openWithCharacter();
    await services.sessions.earn(services.charId, earned);
    await services.accounts.deleteAccount(services.charId);
    const { session, row } = await afterReturn(services, services.charId);
    expect([session, row]).toMatchObject([earned, earned]);
  });

  test('survives a process that dies between row and session, and a save of the old session', async () => {
    const services = await openWithCharacter();
    vi.spyOn(services.accounts, 'changeAccount').mockRejectedValueOnce(new Error('killed'));
    await expect(services.sessions.earn(services.charId, earned)).rejects.toThrow('killed');
    await services.writeBehind.markDirty('session', services.charId);
    await services.logout.flush();
    expect(await services.characters.find(services.charId)).toMatchObject(earned);
    await services.login.logout(ME);
    const { session, row } = await afterReturn(services, services.charId);
    expect([session, row]).toMatchObject([earned, earned]);
  });

  test('saves for a character without a live session, and answers false for an unknown one', async () => {
    const services = await openWithCharacter();
    await services.accounts.deleteAccount(services.charId);
    expect(await services.sessions.earn(services.charId, earned)).toBe(true);
    expect(await services.sessions.earn(99, earned)).toBe(false);
    expect(await services.characters.find(services.charId)).toMatchObject(earned);
  });
});
