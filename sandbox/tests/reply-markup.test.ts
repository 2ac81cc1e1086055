import { describe, expect, test } from 'vitest';
import { keyboard, openSandbox, SENT } from './sandbox-fixture.ts';
import type { Fixture } from './sandbox-fixture.ts';

const inline = (...buttons: unknown[]) => ({ inline_keyboard: [buttons] });

async function trySending(fixture: Fixture, reply_markup: unknown): Promise<unknown> {
  const ann = await fixture.started();
  const { body } = await fixture.call('sendMessage', { chat_id: ann.id, text: 'x', reply_markup });
  if (!body.ok) return body.description;
  return SENT.parse(body.result)['reply_markup'];
}

describe('a keyboard is returned in its normalised form', () => {
  test.each<[string, unknown, unknown]>([
    [
      '64 bytes of data',
      inline({ text: 'A', callback_data: 'Ж'.repeat(32) }),
      inline({ text: 'A', callback_data: 'Ж'.repeat(32) }),
    ],
    [
      'a number as data',
      inline({ text: 'A', callback_data: 7 }),
      inline({ text: 'A', callback_data: '7' }),
    ],
    [
      'a style',
      inline({ text: 'A', callback_data: 'a', style: 'danger' }),
      inline({ text: 'A', style: 'danger', callback_data: 'a' }),
    ],
    [
      'the default style',
      inline({ text: 'A', callback_data: 'a', style: 'default' }),
      inline({ text: 'A', callback_data: 'a' }),
    ],
    [
      'a link',
      inline({ text: 'A', url: 'example.com/x' }),
      inline({ text: 'A', url: 'http://example.com/x' }),
    ],
    [
      'a text to copy',
      inline({ text: 'A', copy_text: { text: 'x' } }),
      inline({ text: 'A', copy_text: { text: 'x' } }),
    ],
    [
      'an inline query',
      inline({ text: 'A', switch_inline_query: '' }),
      inline({ text: 'A', switch_inline_query: '' }),
    ],
    ['a disabled button', inline({ text: 'A', disabled: {} }), inline({ text: 'A', disabled: {} })],
    [
      'a button without a label, which is left out',
      inline({ text: '', callback_data: 'a' }, { text: 'B', callback_data: 'b' }),
      inline({ text: 'B', callback_data: 'b' }),
    ],
    ['no buttons', { inline_keyboard: [[]] }, undefined],
    ['a reply keyboard, which is not shown', { keyboard: [['A']] }, undefined],
    [
      '100 buttons',
      {
        inline_keyboard: Array.from({ length: 100 }, (_, n) => [
          { text: 'x', callback_data: `${n}` },
        ]),
      },
      {
        inline_keyboard: Array.from({ length: 100 }, (_, n) => [
          { text: 'x', callback_data: `${n}` },
        ]),
      },
    ],
  ])('%s', async (_what, given, expected) => {
    expect(await trySending(await openSandbox(), given)).toEqual(expected);
  });
});

describe('a keyboard is refused', () => {
  const button = "can't parse inline keyboard button: ";
  test.each<[string, unknown, string]>([
    [
      '65 bytes of data',
      inline({ text: 'A', callback_data: `${'Ж'.repeat(32)}x` }),
      'BUTTON_DATA_INVALID',
    ],
    [
      'empty data',
      inline({ text: 'A', callback_data: '' }),
      `${button}Text buttons are unallowed in the inline keyboard`,
    ],
    [
      'no action',
      inline({ text: 'A' }),
      `${button}Text buttons are unallowed in the inline keyboard`,
    ],
    [
      'two actions',
      inline({ text: 'A', callback_data: 'a', url: 'a.b' }),
      `${button}exactly one action is wanted, but there are url, callback_data`,
    ],
    ['no label', inline({ callback_data: 'a' }), `${button}Can't find field "text"`],
    [
      'a label that is no text',
      inline({ text: {}, callback_data: 'a' }),
      `${button}Field "text" must be of type String`,
    ],
    [
      'an unknown style',
      inline({ text: 'A', callback_data: 'a', style: 'gold' }),
      `${button}invalid button style specified`,
    ],
    ['a text for a button', inline('A'), `${button}InlineKeyboardButton must be an Object`],
    [
      'a row that is none',
      { inline_keyboard: [{}] },
      'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
    ],
    [
      'a link without a dot',
      inline({ text: 'A', url: 'localhost:80' }),
      "inline keyboard button URL 'localhost:80' is invalid: Wrong HTTP URL",
    ],
    [
      'a web app without https',
      inline({ text: 'A', web_app: { url: 'http://a.b' } }),
      "inline keyboard button Web App URL 'http://a.b' is invalid: Only HTTPS links are allowed",
    ],
    [
      'too long a text to copy',
      inline({ text: 'A', copy_text: { text: 'x'.repeat(257) } }),
      'BUTTON_COPY_TEXT_INVALID',
    ],
    ['a pay button', inline({ text: 'A', pay: true }), 'BUTTON_TYPE_INVALID'],
    [
      '101 buttons',
      { inline_keyboard: Array.from({ length: 101 }, () => [{ text: 'x', callback_data: 'x' }]) },
      'reply markup is too long',
    ],
    [
      'more than 10 kB',
      inline(...Array.from({ length: 8 }, () => ({ text: 'x'.repeat(1300), callback_data: 'x' }))),
      'reply markup is too long',
    ],
    [
      'nine in a row',
      keyboard('1 2 3 4 5 6 7 8 9'),
      'a row of an inline keyboard shows at most 8 buttons',
    ],
    ['broken JSON', '{"inline_keyboard":', "can't parse reply keyboard markup JSON object"],
    ['a list', [], 'object expected as reply markup'],
  ])('%s', async (_what, given, expected) => {
    expect(await trySending(await openSandbox(), given)).toBe(`Bad Request: ${expected}`);
  });
});

test('without strict the first action counts and rows may be wide, as with Telegram', async () => {
  const lax = await openSandbox({ strict: false });
  const both = inline({ text: 'A', callback_data: 'a', url: 'a.b' });
  expect(await trySending(lax, both)).toEqual(inline({ text: 'A', url: 'http://a.b/' }));
  expect(await trySending(lax, keyboard('1 2 3 4 5 6 7 8 9'))).toEqual(
    keyboard('1 2 3 4 5 6 7 8 9'),
  );
});

test('a reply keyboard is shown below the chat until it is removed', async () => {
  const { call, sandbox, started } = await openSandbox();
  const ann = await started();
  const send = (reply_markup: object) =>
    call('sendMessage', { chat_id: ann.id, text: 'x', reply_markup });
  await send({ keyboard: [['Yes', { text: 'No' }]] });
  const shown = sandbox.people.find(ann.id)?.chat().replyKeyboard;
  await send({ remove_keyboard: true });
  expect([shown, ann.chat().replyKeyboard]).toEqual([[['Yes', 'No']], null]);
});
