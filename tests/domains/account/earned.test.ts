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

async function openHouse() {
  const house = accountServices();
  return { ...house, charId: await finishedCharacter(house, ME, { name: 'Bobby' }) };
}

/** What the player plays with after they enter again, and what is kept for good. */
async function afterReturn(house: AccountServices, charId: number) {
  await house.login.login(ME, charId);
  return {
    session: await house.sessions.getSession(charId),
    row: await house.characters.find(charId),
  };
}

describe('what a character has earned', () => {
  test('survives a logout', async () => {
    const house = await openHouse();
    expect(await house.sessions.earn(house.charId, earned)).toBe(true);
    expect(await house.sessions.getSession(house.charId)).toMatchObject(earned);
    await house.login.logout(ME);
    const { session, row } = await afterReturn(house, house.charId);
    expect([session, row]).toMatchObject([earned, earned]);
  });

  test('survives a Redis that loses everything', async () => {
    const house = await openHouse();
    await house.sessions.earn(house.charId, earned);
    await house.accounts.deleteAccount(house.charId);
    const { session, row } = await afterReturn(house, house.charId);
    expect([session, row]).toMatchObject([earned, earned]);
  });

  test('survives a process that dies between row and session, and the saving of the old session', async () => {
    const house = await openHouse();
    vi.spyOn(house.accounts, 'changeAccount').mockRejectedValueOnce(new Error('killed'));
    await expect(house.sessions.earn(house.charId, earned)).rejects.toThrow('killed');
    await house.ledger.markDirty('session', house.charId);
    await house.logout.flush();
    expect(await house.characters.find(house.charId)).toMatchObject(earned);
    await house.login.logout(ME);
    const { session, row } = await afterReturn(house, house.charId);
    expect([session, row]).toMatchObject([earned, earned]);
  });

  test('is kept for a character without a live session, and for none that is not there', async () => {
    const house = await openHouse();
    await house.accounts.deleteAccount(house.charId);
    expect(await house.sessions.earn(house.charId, earned)).toBe(true);
    expect(await house.sessions.earn(99, earned)).toBe(false);
    expect(await house.characters.find(house.charId)).toMatchObject(earned);
  });
});
