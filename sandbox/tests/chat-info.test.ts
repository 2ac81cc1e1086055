import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { openSandbox, SENT, TOKEN } from './sandbox-fixture.ts';

const BOT_ID = Number(TOKEN.split(':')[0]);
const ANYTHING = z.unknown();

test('getChat returns the person and the newest pinned message', async () => {
  const { sandbox, ok } = await openSandbox();
  const ann = sandbox.people.add({ firstName: 'Ann', username: 'ann' });
  ann.say('/start');
  await ok('sendMessage', { chat_id: ann.id, text: 'rules' }, SENT);
  await ok('pinChatMessage', { chat_id: ann.id, message_id: 2 }, ANYTHING);
  expect(await ok('getChat', { chat_id: ann.id }, ANYTHING)).toMatchObject({
    id: ann.id,
    type: 'private',
    first_name: 'Ann',
    active_usernames: ['ann'],
    pinned_message: { message_id: 2, text: 'rules' },
    max_reaction_count: 11,
  });
});

test('getChatMember finds the person and the bot', async () => {
  const { ok, refused, started } = await openSandbox();
  const [ann, bob] = [await started('Ann'), await started('Bob')];
  const member = (user_id: number) => ({ chat_id: ann.id, user_id });
  expect(await ok('getChatMember', member(ann.id), ANYTHING)).toMatchObject({
    status: 'member',
    user: { first_name: 'Ann', is_bot: false },
  });
  expect(await ok('getChatMember', member(BOT_ID), ANYTHING)).toMatchObject({
    status: 'member',
    user: { is_bot: true },
  });
  expect(await refused('getChatMember', member(bob.id))).toBe('400 Bad Request: member not found');
  expect(await refused('getChatMember', member(77))).toBe('400 Bad Request: user not found');
});

test('getUserProfilePhotos returns no photos', async () => {
  const { ok, refused, started } = await openSandbox();
  const ann = await started();
  expect(await ok('getUserProfilePhotos', { user_id: ann.id }, ANYTHING)).toEqual({
    total_count: 0,
    photos: [],
  });
  expect(await refused('getUserProfilePhotos', { user_id: 77 })).toBe(
    '400 Bad Request: user not found',
  );
});

describe('the menu button', () => {
  const app = { type: 'web_app', text: 'Play', web_app: { url: 'https://example.com/' } };

  test('has a default, and one per chat', async () => {
    const { ok, started } = await openSandbox();
    const chat = { chat_id: (await started()).id };
    const shown = async () => [
      await ok('getChatMenuButton', {}, ANYTHING),
      await ok('getChatMenuButton', chat, ANYTHING),
    ];
    expect(await shown()).toEqual([{ type: 'commands' }, { type: 'default' }]);
    await ok('setChatMenuButton', { menu_button: app }, ANYTHING);
    await ok('setChatMenuButton', { ...chat, menu_button: { type: 'commands' } }, ANYTHING);
    expect(await shown()).toEqual([app, { type: 'commands' }]);
    await ok('setChatMenuButton', chat, ANYTHING);
    expect(await shown()).toEqual([app, { type: 'default' }]);
  });

  test.each<[button: unknown, reason: string]>([
    [{}, 'can\'t parse MenuButton: Can\'t find field "type"'],
    [{ type: 'x' }, "can't parse MenuButton: invalid button type specified"],
    [
      { ...app, web_app: { url: 'http://a.b' } },
      "can't parse MenuButton: menu button Web App URL 'http://a.b' is invalid: Only HTTPS links are allowed",
    ],
  ])('%j is refused', async (menu_button, reason) => {
    const { refused } = await openSandbox();
    expect(await refused('setChatMenuButton', { menu_button })).toBe(`400 Bad Request: ${reason}`);
  });
});
