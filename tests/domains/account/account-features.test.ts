import { describe, expect, test, vi } from 'vitest';
import type { AccountAction } from '../../../domains/account/account-action.ts';
import type { Reply } from '../../../domains/core/reply.ts';
import {
  type AccountServices,
  accountServices,
  finishedCharacter,
} from '../../support/account-services.ts';
import { lobbyCharacter } from '../../support/account-context.ts';

const ME = 7;
const OTHER = 8;

/** A reply in a line: its screen, or where it sends the player; `!` and the notice of a refusal. */
function told(reply: Reply): string {
  const { screen } = reply.payload;
  return reply.kind === 'shown' ? screen : `${screen} !${reply.notice.key}`;
}

async function taps(house: AccountServices, ...actions: AccountAction[]): Promise<string[]> {
  const replies: string[] = [];
  for (const action of actions) replies.push(told(await house.router.act(ME, action)));
  return replies;
}

/** The characters that the lobby offers to enter after this tap. */
async function shownBy(house: AccountServices, action: AccountAction): Promise<unknown[]> {
  const reply = await house.router.act(ME, action);
  const buttons = reply.payload.buttons.flat();
  return buttons.flatMap((one) => (one.action === 'lobby.enter' ? [one.value] : []));
}

describe('the way to a character', () => {
  test('is new, a name, a gender, an archetype and a yes', async () => {
    const house = accountServices();
    expect(await taps(house, { action: 'lobby' }, { action: 'lobby.new' })).toEqual([
      'lobby',
      'onboarding.name',
    ]);
    expect(told(await house.router.typeName(ME, 'Bobby'))).toBe('onboarding.gender');
    const rest: AccountAction[] = [
      { action: 'onboarding.gender', value: 'female' },
      { action: 'onboarding.archetype', value: 'mystic' },
      { action: 'onboarding.confirm' },
    ];
    expect(await taps(house, ...rest)).toEqual([
      'onboarding.archetype',
      'onboarding.confirm',
      'home',
    ]);
    expect(await house.login.resume(ME)).toMatchObject({
      charId: 1,
      account: { state: 'SCENARIO' },
    });
  });

  test('tapping new again and again makes one character', async () => {
    const house = accountServices();
    await taps(house, { action: 'lobby.new' }, { action: 'lobby.new' }, { action: 'lobby.new' });
    expect(await house.characters.listOf(ME)).toHaveLength(1);
  });

  test('a fifth character is refused', async () => {
    const house = accountServices();
    for (const name of ['Ann', 'Bob', 'Cid', 'Dot']) await finishedCharacter(house, ME, { name });
    expect(await taps(house, { action: 'lobby.new' })).toEqual(['lobby !account.notice.full']);
    expect(await house.characters.listOf(ME)).toHaveLength(4);
  });

  test('a bad name is asked for again, and the screen says why', async () => {
    const house = accountServices();
    await taps(house, { action: 'lobby.new' });
    const reply = await house.router.typeName(ME, '<b>Bobby</b> & "Co"');
    expect(reply).toMatchObject({
      kind: 'shown',
      payload: {
        screen: 'onboarding.name',
        asks: 'name',
        body: [{ key: 'account.name.problem.bad_characters' }, null, {}],
      },
    });
  });

  test('a name that is taken is asked for again, and the screen says whose', async () => {
    const house = accountServices();
    await finishedCharacter(house, OTHER, { name: 'Bobby' });
    await taps(house, { action: 'lobby.new' });
    expect(await house.router.typeName(ME, 'BOBBY')).toMatchObject({
      payload: {
        asks: 'name',
        body: [{ key: 'account.name.taken', args: { name: 'BOBBY' } }, null, {}],
      },
    });
  });

  test.each(['name', 'gender', 'archetype'] as const)(
    'from the last card it goes back to the %s and forward again',
    async (step) => {
      const house = accountServices();
      await taps(house, { action: 'lobby.new' });
      await house.router.typeName(ME, 'Bobby');
      const card: AccountAction[] = [
        { action: 'onboarding.gender', value: 'male' },
        { action: 'onboarding.archetype', value: 'warrior' },
      ];
      await taps(house, ...card);
      expect(await taps(house, { action: 'onboarding.step', value: step })).toEqual([
        `onboarding.${step}`,
      ]);
      const again =
        step === 'name'
          ? [told(await house.router.typeName(ME, 'Anna'))]
          : await taps(house, ...card);
      expect(again.at(-1)).toBe('onboarding.confirm');
    },
  );

  test('who does not want another name after all keeps his', async () => {
    const house = accountServices();
    await taps(house, { action: 'lobby.new' });
    await house.router.typeName(ME, 'Bobby');
    const prompt = await house.router.act(ME, { action: 'onboarding.step', value: 'name' });
    expect(prompt).toMatchObject({ payload: { buttons: [[{ action: 'home' }], [{}]] } });
    expect(await house.login.resume(ME)).toMatchObject({
      account: { state: 'ONBOARDING', bio: { name: 'Bobby', gender: null } },
    });
  });

  test('an old button of onboarding does nothing to a finished character', async () => {
    const house = accountServices();
    await finishedCharacter(house, ME, { name: 'Bobby' });
    const stale: AccountAction[] = [
      { action: 'onboarding.gender', value: 'male' },
      { action: 'onboarding.archetype', value: 'mystic' },
      { action: 'onboarding.step', value: 'name' },
      { action: 'onboarding.confirm' },
    ];
    expect(new Set(await taps(house, ...stale))).toEqual(
      new Set(['home !account.notice.onboarded']),
    );
    expect(told(await house.router.typeName(ME, 'Anna'))).toBe('home');
    expect(await house.characters.find(1)).toMatchObject({ name: 'Bobby', gender: 'female' });
  });
});

describe('the lobby', () => {
  test("somebody else's character is neither entered nor deleted", async () => {
    const house = accountServices();
    const value = await finishedCharacter(house, OTHER, { name: 'Bobby' });
    expect(
      await taps(
        house,
        { action: 'lobby.enter', value },
        { action: 'lobby.delete', value },
        { action: 'lobby.delete_confirmed', value },
      ),
    ).toEqual(Array(3).fill('lobby !account.notice.not_yours'));
    expect(await house.characters.find(value)).not.toBeNull();
  });

  test('a character is deleted after a second look, and only once', async () => {
    const house = accountServices();
    const value = await finishedCharacter(house, ME, { name: 'Bobby' });
    expect(
      await taps(
        house,
        { action: 'lobby.delete', value },
        { action: 'lobby.delete_confirmed', value },
        { action: 'lobby.delete_confirmed', value },
      ),
    ).toEqual(['delete', 'lobby', 'lobby !account.notice.not_yours']);
    expect(await house.characters.listOf(ME)).toEqual([]);
  });

  test('whoever searches or fights is neither left nor deleted', async () => {
    const house = accountServices();
    const other = await finishedCharacter(house, ME, { name: 'Anna' });
    const value = await finishedCharacter(house, ME, { name: 'Bobby' });
    house.busy.add(value);
    expect(
      await taps(
        house,
        { action: 'lobby.enter', value: other },
        { action: 'lobby.delete_confirmed', value },
        { action: 'lobby.logout' },
      ),
    ).toEqual(Array(3).fill('home !account.notice.busy'));
    expect(await house.players.getActiveCharacter(ME)).toBe(value);
  });

  test('whoever rests is found again as he was', async () => {
    const house = accountServices();
    const value = await finishedCharacter(house, ME, { name: 'Bobby' });
    expect(await taps(house, { action: 'lobby.logout' })).toEqual(['lobby']);
    expect(await house.login.resume(ME)).toBeNull();
    expect(await taps(house, { action: 'lobby.enter', value })).toEqual(['home']);
    expect(await house.login.resume(ME)).toMatchObject({ charId: value });
  });
});

describe('whatever the cache of the lobby says,', () => {
  test('an unfinished character is gone on with', async () => {
    const house = accountServices();
    await house.sessions.setLobbyCache(ME, []);
    await house.characters.createShell({ userId: ME, createdAt: '', limit: 4 });
    expect(await taps(house, { action: 'lobby.new' })).toEqual(['onboarding.name']);
    expect(await house.login.resume(ME)).toMatchObject({
      charId: 1,
      account: { state: 'ONBOARDING' },
    });
    expect(await house.characters.listOf(ME)).toHaveLength(1);
  });

  test('whoever has made a character, sees it', async () => {
    const house = accountServices();
    await house.sessions.setLobbyCache(ME, []);
    await taps(house, { action: 'lobby.new' });
    expect(await shownBy(house, { action: 'lobby' })).toEqual([1]);
  });

  test.each<[string, AccountAction, number[]]>([
    ['has deleted one, sees it no more', { action: 'lobby.delete_confirmed', value: 1 }, [2]],
    ['rests, sees all of them', { action: 'lobby.logout' }, [1, 2]],
    ['enters one that is gone, sees it no more', { action: 'lobby.enter', value: 99 }, [1, 2]],
    ['deletes one that is gone', { action: 'lobby.delete_confirmed', value: 99 }, [1, 2]],
    ['asks to delete one that is gone', { action: 'lobby.delete', value: 99 }, [1, 2]],
  ])('whoever %s', async (_does, tap, ids) => {
    const house = accountServices();
    await finishedCharacter(house, ME, { name: 'Anna' });
    await finishedCharacter(house, ME, { name: 'Bobby' });
    const stale = [lobbyCharacter(1), lobbyCharacter(99)];
    await house.sessions.setLobbyCache(ME, stale);
    // As another process does that has read them before.
    vi.spyOn(house.accounts, 'deleteLobbyCache').mockImplementation((userId) =>
      house.accounts.setLobbyCache(userId, stale),
    );
    expect(await shownBy(house, tap)).toEqual(ids);
    expect(await shownBy(house, { action: 'lobby' })).toEqual(ids);
  });

  test('one that it does not show can be deleted', async () => {
    const house = accountServices();
    const value = await finishedCharacter(house, ME, { name: 'Anna' });
    await house.sessions.setLobbyCache(ME, []);
    expect(await taps(house, { action: 'lobby.delete', value })).toEqual(['delete']);
  });
});

describe('the house', () => {
  test('help and languages are there for everybody, and home brings one back', async () => {
    expect(
      await taps(accountServices(), { action: 'help' }, { action: 'language' }, { action: 'home' }),
    ).toEqual(['help', 'language', 'home']);
  });

  test('a language is chosen once and marked from then on', async () => {
    const house = accountServices();
    expect(await taps(house, { action: 'language.set', value: 'ru' })).toEqual(['home']);
    expect(await house.players.getLanguage(ME)).toBe('ru');
    const reply = await house.router.act(ME, { action: 'language' });
    const labels = reply.kind === 'shown' ? reply.payload.buttons.flat() : [];
    const marked = labels.filter(({ label }) => label.key === 'account.button.chosen');
    expect(marked).toMatchObject([{ value: 'ru' }]);
  });
});
