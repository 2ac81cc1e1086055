import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { PHOTO, uploadPhoto } from './photo-fixture.ts';
import { keyboard, openSandbox, SENT, START_S } from './sandbox-fixture.ts';

const MARKUP = { inline_keyboard: [[{ text: 'Go', callback_data: 'go', style: 'danger' }]] };
const TIMER = '<tg-time unix="1700000600" format="r">soon</tg-time>';
const OBJECT = z.record(z.string(), z.unknown());
const NOT_MODIFIED =
  '400 Bad Request: message is not modified: specified new message content and reply markup are exactly the same ' +
  'as a current content and reply markup of the message';

/** In Ann's chat: her /start as message 1, a screen with a timer as message 2, a picture "Map" as message 3. */
async function withChat() {
  const fixture = await openSandbox();
  const ann = await fixture.started();
  const chat = { chat_id: ann.id };
  const screen = { ...chat, text: TIMER, parse_mode: 'HTML', reply_markup: MARKUP };
  await fixture.ok('sendMessage', screen, SENT);
  const fileId = await uploadPhoto(ann.id, fixture.url);
  const map = { ...chat, message_id: 3, caption: 'Map' };
  await fixture.ok('editMessageCaption', map, PHOTO);
  return { ...fixture, chat, fileId };
}

/** `$photo` stands for the id of the picture. */
const send = (method: string, parameters: object) => async (): Promise<unknown> => {
  const { call, chat, fileId } = await withChat();
  const filled = JSON.stringify({ ...chat, ...parameters }).replaceAll('$photo', fileId);
  const { status, body } = await call(method, OBJECT.parse(JSON.parse(filled)));
  expect([200, body.error_code]).toContain(status);
  return body.ok ? body.result : `${status} ${body.description ?? ''}`;
};

type Row<Answer> = [what: string, ask: () => Promise<unknown>, answer: Answer];

const html = (text: string) => send('sendMessage', { text, parse_mode: 'HTML' });
const caption = (text: string) =>
  send('sendPhoto', { photo: '$photo', caption: text, parse_mode: 'HTML' });
const edit = (parameters: object) =>
  send('editMessageText', {
    message_id: 2,
    text: TIMER,
    parse_mode: 'HTML',
    reply_markup: MARKUP,
    ...parameters,
  });

describe('entities come back with UTF-16 offsets', () => {
  test.each<Row<object>>([
    [
      'after a character of two units',
      html('⚔️😀 <b>Ж</b>'),
      { text: '⚔️😀 Ж', entities: [{ type: 'bold', offset: 5, length: 1 }] },
    ],
    [
      'after what was trimmed',
      html(' \n <i>a</i> &lt;b&gt; '),
      { text: 'a <b>', entities: [{ type: 'italic', offset: 0, length: 1 }] },
    ],
    [
      'of a time which the client counts',
      html(`in ${TIMER}`),
      {
        text: 'in soon',
        entities: [
          {
            type: 'date_time',
            offset: 3,
            length: 4,
            unix_time: START_S + 600,
            date_time_format: 'r',
          },
        ],
      },
    ],
    [
      'of a caption',
      caption('😀<b>x</b>'),
      { caption: '😀x', caption_entities: [{ type: 'bold', offset: 2, length: 1 }] },
    ],
    [
      'of what Telegram finds by itself, inside what was marked',
      html('<b>go /menu</b>'),
      {
        entities: [
          { type: 'bold', offset: 0, length: 3 },
          { type: 'bot_command', offset: 3, length: 5 },
          { type: 'bold', offset: 3, length: 5 },
        ],
      },
    ],
  ])('%s', async (_what, ask, answer) => {
    expect(await ask()).toMatchObject(answer);
  });
});

describe('errors have the code and the description of Telegram', () => {
  const tag = "400 Bad Request: can't parse entities: ";
  test.each<Row<string>>([
    [
      'a tag that is none, at its byte',
      html('Ж 😀 <p>x</p>'),
      `${tag}Unsupported start tag "p" at byte offset 8`,
    ],
    [
      'a tag that is none, in a caption',
      caption('Ж<p>'),
      `${tag}Unsupported start tag "p" at byte offset 2`,
    ],
    [
      'a tag that is none, in an edit',
      edit({ text: '<p>' }),
      `${tag}Unsupported start tag "p" at byte offset 0`,
    ],
    [
      'a name with a "<" that was not escaped',
      html('<b>Ann <3</b>'),
      `${tag}Unsupported start tag "3</b" at byte offset 7`,
    ],
    ['blanks', html(' \n '), '400 Bad Request: text must be non-empty'],
    ['nothing', html(''), '400 Bad Request: message text is empty'],
    ['an edit to blanks', edit({ text: ' ' }), '400 Bad Request: text must be non-empty'],
    [
      '1025 in a caption',
      caption('x'.repeat(1025)),
      '400 Bad Request: message caption is too long',
    ],
    [
      '1025 in an edited caption',
      send('editMessageCaption', { message_id: 3, caption: '😀'.repeat(1025) }),
      '400 Bad Request: message caption is too long',
    ],
    [
      'a caption for a text',
      send('editMessageCaption', { message_id: 2, caption: 'x' }),
      '400 Bad Request: there is no caption in the message to edit',
    ],
    [
      'a keyboard for a message of the person',
      send('editMessageReplyMarkup', { message_id: 1, reply_markup: MARKUP }),
      "400 Bad Request: message can't be edited",
    ],
    [
      'an unknown message to delete',
      send('deleteMessage', { message_id: 77 }),
      '400 Bad Request: message to delete not found',
    ],
    [
      'an unknown message to react to',
      send('setMessageReaction', { message_id: 77, reaction: [{ type: 'emoji', emoji: '👍' }] }),
      '400 Bad Request: message to react not found',
    ],
    [
      'an unknown message to pin',
      send('pinChatMessage', { message_id: 77 }),
      '400 Bad Request: message to pin not found',
    ],
    [
      'an unknown file',
      send('getFile', { file_id: 'x', chat_id: undefined }),
      '400 Bad Request: invalid file_id',
    ],
  ])('%s', async (_what, ask, answer) => {
    expect(await ask()).toBe(answer);
  });
});

describe('limits count the parsed text and are inclusive', () => {
  test.each<Row<object>>([
    ['a text of 4096', html(`<b>${'&amp;'.repeat(4096)}</b>`), { text: '&'.repeat(4096) }],
    ['a caption of 1024', caption(`<b>${'😀'.repeat(1024)}</b>`), { caption: '😀'.repeat(1024) }],
    [
      '64 bytes of callback data',
      edit({ reply_markup: keyboard(`A:${'x'.repeat(64)}`) }),
      { reply_markup: keyboard(`A:${'x'.repeat(64)}`) },
    ],
    [
      '256 to copy',
      edit({
        reply_markup: { inline_keyboard: [[{ text: 'A', copy_text: { text: 'x'.repeat(256) } }]] },
      }),
      { message_id: 2 },
    ],
    ['eight in a row', edit({ reply_markup: keyboard('1 2 3 4 5 6 7 8') }), { message_id: 2 }],
  ])('%s', async (_what, ask, answer) => {
    expect(await ask()).toMatchObject(answer);
  });
});

describe('an edit is accepted when text, formatting or keyboard differ', () => {
  const styled = (style: string) => ({
    inline_keyboard: [[{ text: 'Go', callback_data: 'go', style }]],
  });
  test.each<Row<object | string>>([
    ['the same', edit({}), NOT_MODIFIED],
    [
      'the same caption',
      send('editMessageCaption', { message_id: 3, caption: 'Map' }),
      NOT_MODIFIED,
    ],
    [
      'the same keyboard',
      send('editMessageReplyMarkup', { message_id: 2, reply_markup: MARKUP }),
      NOT_MODIFIED,
    ],
    [
      'no keyboard where there was none',
      send('editMessageReplyMarkup', { message_id: 3 }),
      NOT_MODIFIED,
    ],
    ['another time', edit({ text: TIMER.replace('600', '601') }), { message_id: 2 }],
    ['another way to show it', edit({ text: TIMER.replace('"r"', '"t"') }), { message_id: 2 }],
    [
      'another style',
      edit({ reply_markup: styled('success') }),
      { reply_markup: styled('success') },
    ],
    [
      'another caption',
      send('editMessageCaption', { message_id: 3, caption: 'M' }),
      { caption: 'M' },
    ],
  ])('%s', async (_what, ask, answer) => {
    const given = await ask();
    if (typeof answer === 'string') expect(given).toBe(answer);
    else expect(given).toMatchObject({ ...answer, edit_date: START_S });
  });
});
