import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { PHOTO, PNG, uploadPhoto } from './photo-fixture.ts';
import { keyboard, openSandbox, SENT, START_S, TOKEN } from './sandbox-fixture.ts';

describe('sendMessage', () => {
  test('returns the message', async () => {
    const { ok, started } = await openSandbox();
    const ann = await started();
    const sent = await ok(
      'sendMessage',
      { chat_id: ann.id, text: ' <b>Hi</b> 😀 ', parse_mode: 'html' },
      SENT,
    );
    expect(sent).toEqual({
      message_id: 2,
      from: { id: 4242, is_bot: true, first_name: 'Sandbox bot', username: 'sandbox_bot' },
      chat: { id: ann.id, first_name: 'Ann', type: 'private' },
      date: START_S,
      text: 'Hi 😀',
      entities: [{ type: 'bold', offset: 0, length: 2 }],
    });
  });

  test('numbers messages of all chats in one sequence', async () => {
    const { ok, started } = await openSandbox();
    const [ann, bob] = [await started('Ann'), await started('Bob')];
    const ids = [];
    for (const person of [ann, bob, ann]) {
      ids.push((await ok('sendMessage', { chat_id: person.id, text: 'x' }, SENT)).message_id);
    }
    expect(ids).toEqual([3, 4, 5]);
  });

  test('reaches a person whose id has 52 bits, and nobody by a longer number', async () => {
    const { call, refused, sandbox } = await openSandbox();
    const ann = sandbox.people.add({ id: 2 ** 52 - 1, firstName: 'Ann' });
    ann.say('/start');
    expect((await call('sendMessage', { chat_id: ann.id, text: 'x' })).status).toBe(200);
    expect(ann.lastScreen()?.text).toBe('x');
    expect(await refused('sendMessage', { chat_id: `${ann.id}0`, text: 'x' })).toBe(
      '400 Bad Request: chat not found',
    );
  });

  test('does not find a message of another chat', async () => {
    const { ok, refused, started } = await openSandbox();
    const [ann, bob] = [await started('Ann'), await started('Bob')];
    const { message_id } = await ok('sendMessage', { chat_id: ann.id, text: 'x' }, SENT);
    expect(await refused('editMessageText', { chat_id: bob.id, message_id, text: 'y' })).toBe(
      '400 Bad Request: message to edit not found',
    );
  });

  test.each<[string, object, string]>([
    ['no text', { text: '' }, '400 Bad Request: message text is empty'],
    ['no text at all', {}, '400 Bad Request: message text is empty'],
    ['only blanks', { text: ' \n ' }, '400 Bad Request: text must be non-empty'],
    [
      'only tags',
      { text: '<b></b>', parse_mode: 'HTML' },
      '400 Bad Request: text must be non-empty',
    ],
    ['4097 code points', { text: '😀'.repeat(4097) }, '400 Bad Request: message is too long'],
    ['more than 32 KiB', { text: 'x'.repeat(32769) }, '400 Bad Request: text is too long'],
    [
      'a wrong tag',
      { text: '<hr>', parse_mode: 'HTML' },
      '400 Bad Request: can\'t parse entities: Unsupported start tag "hr" at byte offset 0',
    ],
    [
      'an unknown mode',
      { text: 'x', parse_mode: 'BBCode' },
      '400 Bad Request: unsupported parse_mode',
    ],
    [
      'Markdown, which is not served',
      { text: '*x*', parse_mode: 'MarkdownV2' },
      "400 Bad Request: can't parse entities: the sandbox reads HTML only",
    ],
    ['chat_id "0"', { text: 'x', chat_id: 0 }, '400 Bad Request: chat not found'],
    ['an empty chat_id', { text: 'x', chat_id: '' }, '400 Bad Request: chat_id is empty'],
    ['a channel', { text: 'x', chat_id: '@arena' }, '400 Bad Request: chat not found'],
    ['a stranger', { text: 'x', chat_id: 99 }, '400 Bad Request: chat not found'],
    [
      'no such reply',
      { text: 'x', reply_parameters: { message_id: 77 } },
      '400 Bad Request: message to be replied not found',
    ],
    [
      'entities past the end',
      { text: 'x', entities: [{ type: 'bold', offset: 0, length: 9 }] },
      '400 Bad Request: entity beginning at UTF-16 offset 0 ends after the end of the text at UTF-16 offset 9',
    ],
    [
      'an unknown entity',
      { text: 'x', entities: [{ type: 'loud', offset: 0, length: 1 }] },
      "400 Bad Request: can't parse MessageEntity: Unsupported type specified",
    ],
  ])('is refused with %s', async (_what, parameters, expected) => {
    const { refused, started } = await openSandbox();
    const ann = await started();
    expect(await refused('sendMessage', { chat_id: ann.id, ...parameters })).toBe(expected);
    expect(ann.chat().messages).toHaveLength(1);
  });

  test('counts 4096 code points after parsing', async () => {
    const { ok, started } = await openSandbox();
    const ann = await started();
    const text = `<b>${'😀'.repeat(4096)}</b>&#32;`;
    const sent = await ok('sendMessage', { chat_id: ann.id, text, parse_mode: 'HTML' }, SENT);
    expect(sent.text).toHaveLength(8192);
  });

  test('takes entities instead of a parse mode, as a list or as JSON', async () => {
    const { ok, started } = await openSandbox();
    const ann = await started();
    const entities = [
      { type: 'date_time', offset: 0, length: 4, unix_time: 1_700_000_600, date_time_format: 'r' },
    ];
    for (const given of [entities, JSON.stringify(entities)]) {
      const sent = await ok(
        'sendMessage',
        { chat_id: ann.id, text: 'soon', entities: given },
        SENT,
      );
      expect(sent['entities']).toEqual(entities);
    }
  });

  test('a reply includes the message it replies to', async () => {
    const { ok, started } = await openSandbox();
    const ann = await started();
    const reply_parameters = { message_id: 1 };
    const sent = await ok('sendMessage', { chat_id: ann.id, text: 'x', reply_parameters }, SENT);
    expect(sent['reply_to_message']).toMatchObject({ message_id: 1, text: '/start' });
  });

  test('a reply to a missing message is sent when that is allowed', async () => {
    const { ok, started } = await openSandbox();
    const ann = await started();
    const reply_parameters = { message_id: 77, allow_sending_without_reply: true };
    const sent = await ok('sendMessage', { chat_id: ann.id, text: 'x', reply_parameters }, SENT);
    expect(sent['reply_to_message']).toBeUndefined();
  });

  test('keeps mentions of known people only', async () => {
    const { ok, started } = await openSandbox();
    const ann = await started();
    const mention = (id: number) => `<a href="tg://user?id=${id}">x</a>`;
    const text = `${mention(ann.id)} ${mention(5)}`;
    const sent = await ok('sendMessage', { chat_id: ann.id, text, parse_mode: 'HTML' }, SENT);
    expect(sent['entities']).toMatchObject([
      { type: 'text_mention', offset: 0, length: 1, user: { id: ann.id, first_name: 'Ann' } },
    ]);
  });

  test('returns the link preview options that are set', async () => {
    const { ok, started } = await openSandbox();
    const ann = await started();
    const link_preview_options = { is_disabled: true, show_above_text: false };
    const sent = await ok(
      'sendMessage',
      { chat_id: ann.id, text: 'x', link_preview_options },
      SENT,
    );
    expect(sent['link_preview_options']).toEqual({ is_disabled: true });
  });
});

describe('permission to write', () => {
  test('a person who never wrote to the bot is refused with 403', async () => {
    const { sandbox, refused } = await openSandbox();
    const ann = sandbox.people.add({ firstName: 'Ann' });
    expect(await refused('sendMessage', { chat_id: ann.id, text: 'x' })).toBe(
      "403 Forbidden: bot can't initiate conversation with a user",
    );
  });

  test.each(['sendMessage', 'sendPhoto', 'sendChatAction'])(
    'somebody who blocked the bot, by %s: 403, and no more once they unblock it',
    async (method) => {
      const { url, refused, started, ok } = await openSandbox();
      const ann = await started();
      const wanted = { chat_id: ann.id, ...(await parametersOf(method, ann.id, url)) };
      ann.block();
      expect(await refused(method, wanted)).toBe('403 Forbidden: bot was blocked by the user');
      ann.unblock();
      await ok(method, wanted, z.unknown());
    },
  );

  test('messages to a person who blocked the bot can be edited and deleted', async () => {
    const { call, ok, started } = await openSandbox();
    const ann = await started();
    const { message_id } = await ok('sendMessage', { chat_id: ann.id, text: 'x' }, SENT);
    ann.block();
    const target = { chat_id: ann.id, message_id };
    expect((await call('editMessageText', { ...target, text: 'y' })).status).toBe(200);
    expect((await call('deleteMessage', target)).status).toBe(200);
  });
});

describe('sendPhoto', () => {
  test('takes an upload, returns its size, and takes its file id', async () => {
    const { url, ok, started } = await openSandbox();
    const ann = await started();
    const fileId = await uploadPhoto(ann.id, url);
    const again = await ok(
      'sendPhoto',
      {
        chat_id: ann.id,
        photo: fileId,
        caption: '<i>c</i>',
        parse_mode: 'HTML',
        reply_markup: keyboard('A'),
      },
      PHOTO,
    );
    expect(again).toMatchObject({
      photo: [{ file_id: fileId, width: 2, height: 3, file_size: PNG.length }],
      caption: 'c',
      caption_entities: [{ type: 'italic', offset: 0, length: 1 }],
      reply_markup: keyboard('A'),
    });
  });

  test('getFile returns a path that can be downloaded', async () => {
    const { url, ok, started } = await openSandbox();
    const ann = await started();
    const file_id = await uploadPhoto(ann.id, url);
    const { file_path } = await ok(
      'getFile',
      { file_id },
      z.looseObject({ file_path: z.string() }),
    );
    const response = await fetch(`${url}/file/bot${TOKEN}/${file_path}`);
    expect(Buffer.from(await response.arrayBuffer()).equals(PNG)).toBe(true);
  });

  test.each<[string, object, string]>([
    ['nothing', {}, '400 Bad Request: there is no photo in the request'],
    ['an unknown id', { photo: 'x' }, '400 Bad Request: wrong file identifier/HTTP URL specified'],
    [
      'an address',
      { photo: 'https://a.b/c.png' },
      '400 Bad Request: the sandbox fetches no photos from the net',
    ],
  ])('is refused with %s', async (_what, parameters, expected) => {
    const { refused, started } = await openSandbox();
    const ann = await started();
    expect(await refused('sendPhoto', { chat_id: ann.id, ...parameters })).toBe(expected);
  });

  test('is refused with bytes that are no image', async () => {
    const { url, started } = await openSandbox();
    const ann = await started();
    const body = new FormData();
    body.set('chat_id', String(ann.id));
    body.set('photo', new Blob(['text']), 'x.png');
    const response = await fetch(`${url}/bot${TOKEN}/sendPhoto`, { method: 'POST', body });
    expect(await response.json()).toMatchObject({
      description: 'Bad Request: IMAGE_PROCESS_FAILED',
    });
  });

  test('editMessageCaption edits the caption, editMessageText is refused', async () => {
    const { url, ok, refused, started } = await openSandbox();
    const ann = await started();
    await uploadPhoto(ann.id, url);
    const target = { chat_id: ann.id, message_id: 2 };
    expect(await refused('editMessageText', { ...target, text: 'x' })).toBe(
      '400 Bad Request: there is no text in the message to edit',
    );
    const edited = await ok('editMessageCaption', { ...target, caption: 'new' }, PHOTO);
    expect(edited['caption']).toBe('new');
  });
});

async function parametersOf(method: string, chatId: number, url: string): Promise<object> {
  if (method === 'sendPhoto') return { photo: await uploadPhoto(chatId, url) };
  return method === 'sendMessage' ? { text: 'x' } : { action: 'typing' };
}
