import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { openSandbox } from './sandbox-fixture.ts';

const start = { command: 'start', description: 'Begin' };

describe('commands', () => {
  test('are stored by scope and language', async () => {
    const { call, ok, started } = await openSandbox();
    const ann = await started();
    const chat = { type: 'chat', chat_id: ann.id };
    await call('setMyCommands', { commands: [start] });
    await call('setMyCommands', {
      commands: [{ ...start, description: 'Начать' }],
      language_code: 'ru',
    });
    await call('setMyCommands', { commands: [{ ...start, description: 'Mine' }], scope: chat });
    const get = (parameters: object) =>
      ok(
        'getMyCommands',
        parameters,
        z.array(z.object({ command: z.string(), description: z.string() })),
      );
    expect(await get({})).toEqual([start]);
    expect((await get({ language_code: 'ru' }))[0]?.description).toBe('Начать');
    expect((await get({ scope: chat }))[0]?.description).toBe('Mine');
    expect(await get({ scope: { type: 'all_private_chats' } })).toEqual([]);
  });

  test('deleteMyCommands deletes them', async () => {
    const { call } = await openSandbox();
    await call('setMyCommands', { commands: [start] });
    await call('deleteMyCommands');
    expect((await call('getMyCommands')).body.result).toEqual([]);
  });

  test('are stored without a slash', async () => {
    const { call } = await openSandbox();
    await call('setMyCommands', { commands: [{ command: '/start', description: ' Begin ' }] });
    expect((await call('getMyCommands')).body.result).toEqual([start]);
  });

  const many = Array.from({ length: 101 }, (_, n) => ({ ...start, command: `c${n}` }));
  test.each<[string, object, string]>([
    ['a capital', { commands: [{ ...start, command: 'Start' }] }, 'BOT_COMMAND_INVALID'],
    [
      '33 letters',
      { commands: [{ ...start, command: 'x'.repeat(33) }] },
      'command length must not exceed 32',
    ],
    [
      'no description',
      { commands: [{ command: 'x', description: '' }] },
      'command description must be non-empty',
    ],
    [
      'a description too long',
      { commands: [{ command: 'x', description: 'x'.repeat(257) }] },
      'command description length must not exceed 256',
    ],
    [
      'a missing field',
      { commands: [{ command: 'x' }] },
      'can\'t parse BotCommand: Can\'t find field "description"',
    ],
    ['101 of them', { commands: many }, 'BOT_COMMANDS_TOO_MUCH'],
    [
      'an unknown language',
      { commands: [start], language_code: 'eng' },
      'invalid language code specified',
    ],
    [
      'an unknown scope',
      { commands: [start], scope: { type: 'x' } },
      "can't parse BotCommandScope: Unsupported type specified",
    ],
    [
      'an unknown chat',
      { commands: [start], scope: { type: 'chat', chat_id: 9 } },
      'chat not found',
    ],
  ])('are refused with %s', async (_what, parameters, expected) => {
    const { refused } = await openSandbox();
    expect(await refused('setMyCommands', parameters)).toBe(`400 Bad Request: ${expected}`);
  });
});

describe('texts of the profile', () => {
  test.each([
    ['Name', 'name', 64],
    ['Description', 'description', 512],
    ['ShortDescription', 'short_description', 120],
  ])('%s is stored by language with a default, up to its limit', async (method, field, longest) => {
    const { call, refused } = await openSandbox();
    await call(`setMy${method}`, { [field]: 'Everybody' });
    await call(`setMy${method}`, { [field]: 'ж'.repeat(longest), language_code: 'ru' });
    const get = async (language_code: string) =>
      (await call(`getMy${method}`, { language_code })).body.result;
    expect([await get('ru'), await get('de')]).toEqual([
      { [field]: 'ж'.repeat(longest) },
      { [field]: 'Everybody' },
    ]);
    expect(await refused(`setMy${method}`, { [field]: 'x'.repeat(longest + 1) })).toContain(
      'too long',
    );
  });
});
