import { describe, expect, test, vi } from 'vitest';
import type { AccountAction } from '../../../domains/account/account-action.ts';
import { OutageError } from '../../../domains/core/outage-error.ts';
import {
  type AccountServices,
  accountServices,
  finishedCharacter,
} from '../../support/account-services.ts';
import { ME, taps } from '../../support/account-taps.ts';

const OTHER = 8;

describe('the name in Telegram', () => {
  const offered = async (services: AccountServices, action: AccountAction) => {
    const { payload } = await services.router.act(ME, action);
    const button = payload.buttons.flat().find((one) => one.action === 'quick_start');
    return button?.label.args?.['name'] ?? null;
  };
  const called = async (firstName: string) => {
    const services = accountServices();
    const names = { firstName, lastName: null, username: null, language: null };
    await services.players.registerUser({ userId: ME, ...names });
    return services;
  };

  test('is offered to a new user and at the name, and one tap takes it', async () => {
    const services = await called('✨ Ann ✨');
    expect(await offered(services, { action: 'lobby' })).toBe('Ann');
    expect(await offered(services, { action: 'lobby.new' })).toBe('Ann');
    expect(await taps(services, { action: 'quick_start' })).toEqual(['onboarding.gender']);
    expect((await services.characters.find(1))?.name).toBe('Ann');
  });

  test('tapped three times creates one character', async () => {
    const services = await called('Ann');
    const tap: AccountAction = { action: 'quick_start' };
    expect(new Set(await taps(services, tap, tap, tap))).toEqual(new Set(['onboarding.gender']));
    expect(await services.characters.listOf(ME)).toHaveLength(1);
  });

  test.each(['42', '', '\u{1F600}', 'x'.repeat(64), '<b>'])(
    'that no character may have is not offered: %s',
    async (firstName) => {
      const services = await called(firstName);
      expect(await offered(services, { action: 'lobby' })).toBeNull();
      expect(await taps(services, { action: 'quick_start' })).toEqual(['onboarding.name']);
    },
  );

  test('that a look-alike of another user has is not offered, and a late tap asks for another', async () => {
    const services = await called('Ann');
    await finishedCharacter(services, OTHER, { name: 'ANN' });
    expect(await offered(services, { action: 'lobby' })).toBeNull();
    expect(await services.router.act(ME, { action: 'quick_start' })).toMatchObject({
      payload: { screen: 'onboarding.name', body: [{ key: 'account.name.taken' }, null, {}] },
    });
  });

  test('is not offered while the database is unavailable', async () => {
    const services = await called('Ann');
    vi.spyOn(services.characters, 'isNameFree').mockRejectedValue(new OutageError('down'));
    expect(await offered(services, { action: 'lobby' })).toBeNull();
  });
});

describe('an unfinished character with a name', () => {
  test.each(['lobby.new', 'quick_start'] as const)(
    'is not opened by an old %s button, which leads to the lobby',
    async (action) => {
      const services = accountServices();
      await taps(services, { action: 'lobby.new' });
      await services.router.typeName(ME, 'Kate');
      expect(await taps(services, { action })).toEqual(['lobby !account.notice.unfinished']);
      expect(await services.characters.listOf(ME)).toHaveLength(1);
    },
  );
});
