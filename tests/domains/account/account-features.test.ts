import { describe, expect, test, vi } from 'vitest';
import type { AccountAction } from '../../../domains/account/account-action.ts';
import {
  type AccountServices,
  accountServices,
  finishedCharacter,
} from '../../support/account-services.ts';
import { ME, lineOf, taps } from '../../support/account-taps.ts';
import { lobbyCharacter } from '../../support/account-context.ts';

const OTHER = 8;

const SHE: AccountAction = { action: 'onboarding.gender', value: 'female' };
const MYSTIC: AccountAction = { action: 'onboarding.archetype', value: 'mystic' };

async function toTheConfirmation(services: AccountServices): Promise<void> {
  await taps(services, { action: 'lobby.new' });
  await services.router.typeName(ME, 'Bobby');
  await taps(services, SHE, MYSTIC);
}

async function currentStep({ onboarding }: AccountServices): Promise<string> {
  const reply = await onboarding.initialize(1);
  return reply.kind === 'done' ? reply.step : reply.kind;
}

/** The characters that the lobby offers to enter after this tap. */
async function shownBy(services: AccountServices, action: AccountAction): Promise<unknown[]> {
  const reply = await services.router.act(ME, action);
  const buttons = reply.payload.buttons.flat();
  return buttons.flatMap((one) => (one.action === 'lobby.enter' ? [one.value] : []));
}

describe('onboarding', () => {
  test('leads from lobby.new over name, gender, archetype and confirmation home', async () => {
    const services = accountServices();
    expect(await taps(services, { action: 'lobby' }, { action: 'lobby.new' })).toEqual([
      'lobby',
      'onboarding.name',
    ]);
    expect(lineOf(await services.router.typeName(ME, 'Bobby'))).toBe('onboarding.gender');
    const rest: AccountAction[] = [
      { action: 'onboarding.gender', value: 'female' },
      { action: 'onboarding.archetype', value: 'mystic' },
      { action: 'onboarding.confirm' },
    ];
    expect(await taps(services, ...rest)).toEqual([
      'onboarding.archetype',
      'onboarding.confirm',
      'home',
    ]);
    expect(await services.login.resume(ME)).toMatchObject({
      charId: 1,
      account: { state: 'SCENARIO' },
    });
  });

  test('lobby.new three times creates one character', async () => {
    const services = accountServices();
    await taps(services, { action: 'lobby.new' }, { action: 'lobby.new' }, { action: 'lobby.new' });
    expect(await services.characters.listOf(ME)).toHaveLength(1);
  });

  test('lobby.new is refused for a fifth character', async () => {
    const services = accountServices();
    for (const name of ['Ann', 'Bob', 'Cid', 'Dot'])
      await finishedCharacter(services, ME, { name });
    expect(await taps(services, { action: 'lobby.new' })).toEqual(['lobby !account.notice.full']);
    expect(await services.characters.listOf(ME)).toHaveLength(4);
  });

  test('a bad name shows the name screen again with the reason', async () => {
    const services = accountServices();
    await taps(services, { action: 'lobby.new' });
    const reply = await services.router.typeName(ME, '<b>Bobby</b> & "Co"');
    expect(reply).toMatchObject({
      kind: 'shown',
      payload: {
        screen: 'onboarding.name',
        asks: 'name',
        body: [{ key: 'account.name.problem.bad_characters' }, null, {}],
      },
    });
  });

  test('a taken name shows the name screen again with that name', async () => {
    const services = accountServices();
    await finishedCharacter(services, OTHER, { name: 'Bobby' });
    await taps(services, { action: 'lobby.new' });
    expect(await services.router.typeName(ME, 'BOBBY')).toMatchObject({
      payload: {
        asks: 'name',
        body: [{ key: 'account.name.taken', args: { name: 'BOBBY' } }, null, {}],
      },
    });
  });

  test.each(['name', 'gender', 'archetype'] as const)(
    'leads from the confirmation back to the %s and forward again',
    async (step) => {
      const services = accountServices();
      await taps(services, { action: 'lobby.new' });
      await services.router.typeName(ME, 'Bobby');
      const card: AccountAction[] = [
        { action: 'onboarding.gender', value: 'male' },
        { action: 'onboarding.archetype', value: 'warrior' },
      ];
      await taps(services, ...card);
      expect(await taps(services, { action: 'onboarding.step', value: step })).toEqual([
        `onboarding.${step}`,
      ]);
      const again =
        step === 'name'
          ? [lineOf(await services.router.typeName(ME, 'Anna'))]
          : await taps(services, ...card);
      expect(again.at(-1)).toBe('onboarding.confirm');
    },
  );

  test('the name screen has a button that keeps the present name', async () => {
    const services = accountServices();
    await taps(services, { action: 'lobby.new' });
    await services.router.typeName(ME, 'Bobby');
    const prompt = await services.router.act(ME, { action: 'onboarding.step', value: 'name' });
    expect(prompt.payload.buttons).toMatchObject([[{ action: 'onboarding.continue' }], [{}]]);
    expect(await taps(services, { action: 'onboarding.continue' })).toEqual(['onboarding.gender']);
    expect(await services.login.resume(ME)).toMatchObject({
      account: { state: 'ONBOARDING', bio: { name: 'Bobby', gender: null } },
    });
  });

  test.each(['name', 'gender', 'archetype'] as const)(
    'after a step back to the %s its screen stays the current one until it is answered',
    async (step) => {
      const services = accountServices();
      await toTheConfirmation(services);
      await taps(services, { action: 'onboarding.step', value: step });
      expect(await currentStep(services)).toBe(step);
      if (step === 'name') await services.router.typeName(ME, 'Anna');
      else await taps(services, ...(step === 'gender' ? [SHE] : [MYSTIC]));
      expect(await currentStep(services)).toBe('confirm');
    },
  );

  test('a step back to an answer that was never given changes nothing', async () => {
    const services = accountServices();
    await taps(services, { action: 'lobby.new' });
    const forged: AccountAction = { action: 'onboarding.step', value: 'archetype' };
    expect(await taps(services, forged)).toEqual(['onboarding.name']);
  });

  test('the confirmation leads to the first screen of the character', async () => {
    const services = accountServices();
    await toTheConfirmation(services);
    expect(await taps(services, { action: 'onboarding.confirm' })).toEqual(['home']);
    expect(services.firstScreens).toEqual([1]);
  });

  test('old buttons of onboarding change nothing on a finished character', async () => {
    const services = accountServices();
    await finishedCharacter(services, ME, { name: 'Bobby' });
    const stale: AccountAction[] = [
      { action: 'onboarding.gender', value: 'male' },
      { action: 'onboarding.archetype', value: 'mystic' },
      { action: 'onboarding.step', value: 'name' },
      { action: 'onboarding.confirm' },
    ];
    expect(new Set(await taps(services, ...stale))).toEqual(
      new Set(['home !account.notice.onboarded']),
    );
    expect(lineOf(await services.router.typeName(ME, 'Anna'))).toBe(
      'home !account.notice.onboarded',
    );
    expect(await services.characters.find(1)).toMatchObject({ name: 'Bobby', gender: 'female' });
  });
});

describe('the lobby', () => {
  test("another user's character can be neither entered nor deleted", async () => {
    const services = accountServices();
    const value = await finishedCharacter(services, OTHER, { name: 'Bobby' });
    expect(
      await taps(
        services,
        { action: 'lobby.enter', value },
        { action: 'lobby.delete', value },
        { action: 'lobby.delete_confirmed', value },
      ),
    ).toEqual(Array(3).fill('lobby !account.notice.not_yours'));
    expect(await services.characters.find(value)).not.toBeNull();
  });

  test('a character is deleted after a confirmation, and only once', async () => {
    const services = accountServices();
    const value = await finishedCharacter(services, ME, { name: 'Bobby' });
    expect(
      await taps(
        services,
        { action: 'lobby.delete', value },
        { action: 'lobby.delete_confirmed', value },
        { action: 'lobby.delete_confirmed', value },
      ),
    ).toEqual(['delete', 'lobby', 'lobby !account.notice.not_yours']);
    expect(await services.characters.listOf(ME)).toEqual([]);
  });

  test('a busy character can be neither left nor deleted', async () => {
    const services = accountServices();
    const other = await finishedCharacter(services, ME, { name: 'Anna' });
    const value = await finishedCharacter(services, ME, { name: 'Bobby' });
    services.busy.add(value);
    expect(
      await taps(
        services,
        { action: 'lobby.enter', value: other },
        { action: 'lobby.delete_confirmed', value },
        { action: 'lobby.logout' },
      ),
    ).toEqual(Array(3).fill('home !account.notice.busy'));
    expect(await services.players.getActiveCharacter(ME)).toBe(value);
  });

  test('a character that was logged out can be entered again', async () => {
    const services = accountServices();
    const value = await finishedCharacter(services, ME, { name: 'Bobby' });
    expect(await taps(services, { action: 'lobby.logout' })).toEqual(['lobby']);
    expect(await services.login.resume(ME)).toBeNull();
    expect(await taps(services, { action: 'lobby.enter', value })).toEqual(['home']);
    expect(await services.login.resume(ME)).toMatchObject({ charId: value });
  });
});

describe('with an outdated lobby cache', () => {
  test('lobby.new continues the unfinished character', async () => {
    const services = accountServices();
    await services.sessions.setLobbyCache(ME, []);
    await services.characters.createShell({ userId: ME, createdAt: '', limit: 4 });
    expect(await taps(services, { action: 'lobby.new' })).toEqual(['onboarding.name']);
    expect(await services.login.resume(ME)).toMatchObject({
      charId: 1,
      account: { state: 'ONBOARDING' },
    });
    expect(await services.characters.listOf(ME)).toHaveLength(1);
  });

  test('the lobby lists a new character', async () => {
    const services = accountServices();
    await services.sessions.setLobbyCache(ME, []);
    await taps(services, { action: 'lobby.new' });
    expect(await shownBy(services, { action: 'lobby' })).toEqual([1]);
  });

  test.each<[string, AccountAction, number[]]>([
    ['deleting a character', { action: 'lobby.delete_confirmed', value: 1 }, [2]],
    ['logging out', { action: 'lobby.logout' }, [1, 2]],
    ['entering a deleted character', { action: 'lobby.enter', value: 99 }, [1, 2]],
    ['deleting a deleted character', { action: 'lobby.delete_confirmed', value: 99 }, [1, 2]],
    ['asking to delete a deleted character', { action: 'lobby.delete', value: 99 }, [1, 2]],
  ])('%s reloads the list', async (_does, tap, ids) => {
    const services = accountServices();
    await finishedCharacter(services, ME, { name: 'Anna' });
    await finishedCharacter(services, ME, { name: 'Bobby' });
    const stale = [lobbyCharacter(1), lobbyCharacter(99)];
    await services.sessions.setLobbyCache(ME, stale);
    // As another process does that has read the list before the change.
    vi.spyOn(services.accounts, 'deleteLobbyCache').mockImplementation((userId) =>
      services.accounts.setLobbyCache(userId, stale),
    );
    expect(await shownBy(services, tap)).toEqual(ids);
    expect(await shownBy(services, { action: 'lobby' })).toEqual(ids);
  });

  test('a character that it does not list can be deleted', async () => {
    const services = accountServices();
    const value = await finishedCharacter(services, ME, { name: 'Anna' });
    await services.sessions.setLobbyCache(ME, []);
    expect(await taps(services, { action: 'lobby.delete', value })).toEqual(['delete']);
  });
});

describe('the guide', () => {
  test('shows help and languages to a user without a character, and home leads back', async () => {
    expect(
      await taps(accountServices(), { action: 'help' }, { action: 'language' }, { action: 'home' }),
    ).toEqual(['help', 'language', 'home']);
  });

  test('stores the chosen language and marks it', async () => {
    const services = accountServices();
    expect(await taps(services, { action: 'language.set', value: 'ru' })).toEqual(['home']);
    expect(await services.players.getLanguage(ME)).toBe('ru');
    const reply = await services.router.act(ME, { action: 'language' });
    const labels = reply.kind === 'shown' ? reply.payload.buttons.flat() : [];
    const marked = labels.filter(({ label }) => label.key === 'account.button.chosen');
    expect(marked).toMatchObject([{ value: 'ru' }]);
  });
});
