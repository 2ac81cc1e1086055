import { beforeEach, describe, expect, test, vi } from 'vitest';
import { contextOf } from '../../../domains/account/account-session-service.ts';
import { JourneyService } from '../../../domains/inventory/journey-service.ts';
import { spendPoint } from '../../../domains/skills/points.ts';
import { characterRow } from '../../support/character-row.ts';
import { FixedClock } from '../../support/clock.ts';
import { MemoryAccountStore } from '../../support/memory-account-store.ts';
import { MemoryJourneys } from '../../support/memory-journeys.ts';
import { silentLog } from '../../support/silent-log.ts';
import { give } from '../../support/skills-features.ts';

const CHAR = 1;
const row = characterRow({ character_id: CHAR });
const spend = spendPoint({ attribute: 'endurance', version: 1 });

describe('a spent point', () => {
  let accounts: MemoryAccountStore;
  let service: JourneyService;
  const invalidateCharactersList = vi.fn(() => Promise.resolve());
  beforeEach(async () => {
    const clock = new FixedClock();
    accounts = new MemoryAccountStore(clock);
    invalidateCharactersList.mockClear();
    const journeys = new MemoryJourneys(() => Promise.resolve(row));
    const lobby = { invalidateCharactersList };
    const isBusy = () => Promise.resolve(false);
    service = new JourneyService({ journeys, accounts, lobby, isBusy, clock, log: silentLog });
    await give(journeys, CHAR, { xp: 30 });
  });

  const session = async () => {
    const account = await accounts.getFullAccount(CHAR);
    if (account === null) throw new Error('no session');
    return account;
  };
  const raised = { attributes: { endurance: 12 }, gear: { version: 2 } };

  test('reaches the live session by updateAttributes, then the rest of it', async () => {
    await accounts.createAccount(CHAR, contextOf(row));
    const { hp } = (await session()).stats;
    const update = vi.spyOn(accounts, 'updateAttributes');
    expect((await service.step(CHAR, spend)).kind).toBe('changed');
    expect(update).toHaveBeenCalledExactlyOnceWith(CHAR, (await session()).attributes);
    expect(await session()).toMatchObject(raised);
    expect((await session()).stats.hp.max).toBeGreaterThan(hp.max);
    expect(invalidateCharactersList).toHaveBeenCalledExactlyOnceWith(row.user_id);
  });

  test.each(['updateAttributes', 'changeAccount'] as const)(
    'is repaired by the next screen if the process dies before %s',
    async (method) => {
      await accounts.createAccount(CHAR, contextOf(row));
      vi.spyOn(accounts, method).mockRejectedValueOnce(new Error('killed'));
      await expect(service.step(CHAR, spend)).rejects.toThrow('killed');
      await service.read(CHAR, await session());
      expect(await session()).toMatchObject(raised);
      expect(invalidateCharactersList).toHaveBeenCalledExactlyOnceWith(row.user_id);
    },
  );

  test('of a character without a live session changes nothing but the database', async () => {
    const update = vi.spyOn(accounts, 'updateAttributes');
    const reply = await service.step(CHAR, spend);
    expect(reply).toMatchObject({ kind: 'changed', earnings: { attributes: { endurance: 12 } } });
    expect(update).not.toHaveBeenCalled();
    expect(await accounts.getFullAccount(CHAR)).toBeNull();
  });
});
