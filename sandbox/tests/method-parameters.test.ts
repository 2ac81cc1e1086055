import { describe, expect, test } from 'vitest';
import { METHOD_NAMES } from '../methods/method-names.ts';
import { findMethod, METHODS } from '../methods/method-table.ts';
import { kindOf } from '../methods/parameter-kinds.ts';
import { readApiTypes } from './api-types.ts';
import { openSandbox } from './sandbox-fixture.ts';

const TYPES = readApiTypes();

/** Telegram does without what the types require: no commands are an empty list, no url is an empty one. */
const NOT_MISSED: ReadonlySet<string> = new Set(['setMyCommands', 'setWebhook']);

const served = METHODS.map(({ name }) => name);
const ofKind = (...kinds: string[]) =>
  METHODS.flatMap(({ name, served: names }) =>
    names.filter((parameter) => kinds.includes(kindOf(parameter))).map((one) => [name, one]),
  );

describe.each(served)('%s', (name) => {
  test('has exactly the parameters of the installed types', () => {
    const method = findMethod(name);
    const own = [...(method?.served ?? []), ...(method?.unserved ?? [])];
    expect(own.sort()).toEqual([...(TYPES.get(name)?.keys() ?? ['none'])].sort());
  });

  test('has parameters of the types there', () => {
    for (const [parameter, { kind }] of TYPES.get(name) ?? []) {
      const isPrivateChat = parameter === 'chat_id' && kind === 'integer';
      expect([parameter, kindOf(parameter)]).toEqual([parameter, isPrivateChat ? 'id' : kind]);
    }
  });
});

test.each(
  served.filter(
    (name) =>
      !NOT_MISSED.has(name) && [...(TYPES.get(name)?.values() ?? [])].some((one) => one.isRequired),
  ),
)('%s is refused without what it requires', async (method) => {
  const { refused } = await openSandbox();
  expect(await refused(method)).toMatch(/^400 Bad Request: /);
});

describe('strict checks of types', () => {
  test.each(ofKind('integer'))('%s wants an integer as %s', async (method, parameter) => {
    const { refused } = await openSandbox();
    expect(await refused(method, { [parameter]: 'abc' })).toBe(
      `400 Bad Request: the sandbox wants an integer as the parameter "${parameter}", not abc`,
    );
  });

  test.each(ofKind('flag'))('%s wants true or false as %s', async (method, parameter) => {
    const { refused } = await openSandbox();
    expect(await refused(method, { [parameter]: 'maybe' })).toBe(
      `400 Bad Request: the sandbox wants true or false as the parameter "${parameter}", not maybe`,
    );
  });

  test('without strict a malformed number is 0 and a malformed flag false, as with Telegram', async () => {
    const { started, call, refused } = await openSandbox({ strict: false });
    const { id: chat_id } = await started();
    const message = { chat_id, text: 'x', protect_content: 'maybe' };
    const { body } = await call('sendMessage', message);
    expect(body.result).not.toHaveProperty('has_protected_content');
    expect(await refused('editMessageText', { chat_id, message_id: 'abc', text: 'x' })).toBe(
      '400 Bad Request: message to edit not found',
    );
  });
});

describe('a method that is not served', () => {
  const others = [...TYPES.keys()].filter((name) => findMethod(name) === null);

  test('is refused with a 400 when the Bot API has it', async () => {
    const { refused } = await openSandbox();
    for (const name of others) {
      expect(await refused(name)).toBe(`400 Bad Request: not implemented here: ${name}`);
    }
  });

  test('answers 404 when the Bot API has no such method', async () => {
    const { refused } = await openSandbox();
    expect(await refused('noSuchMethod')).toBe('404 Not Found: method not found');
  });

  test('the list of names is that of the installed types', () => {
    expect([...METHOD_NAMES].sort()).toEqual([...TYPES.keys()].sort());
  });
});
