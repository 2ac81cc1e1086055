import { describe, expect, test } from 'vitest';
import { keyboard, openSandbox, SENT, START_S } from './sandbox-fixture.ts';

const NOT_MODIFIED =
  '400 Bad Request: message is not modified: specified new message content and reply markup are exactly the same ' +
  'as a current content and reply markup of the message';

/** A sandbox in which Ann has been sent `<b>HP</b> 10` with buttons A and B, as message 2. */
async function withScreen() {
  const fixture = await openSandbox();
  const ann = await fixture.started();
  const parameters = { text: '<b>HP</b> 10', parse_mode: 'HTML', reply_markup: keyboard('A B') };
  await fixture.ok('sendMessage', { chat_id: ann.id, ...parameters }, SENT);
  return { ...fixture, ann, target: { chat_id: ann.id, message_id: 2 } };
}

describe('editMessageText', () => {
  test('returns the message with the date of the edit', async () => {
    const { ok, target, clock } = await withScreen();
    clock.passS(60);
    const edited = await ok(
      'editMessageText',
      { ...target, text: '<i>HP</i> 9', parse_mode: 'HTML' },
      SENT,
    );
    expect(edited).toMatchObject({
      message_id: 2,
      date: START_S,
      edit_date: START_S + 60,
      text: 'HP 9',
    });
    expect(edited['entities']).toEqual([{ type: 'italic', offset: 0, length: 2 }]);
  });

  test('removes the keyboard unless it is sent again', async () => {
    const { ok, target } = await withScreen();
    const kept = await ok(
      'editMessageText',
      { ...target, text: 'x', reply_markup: keyboard('A B') },
      SENT,
    );
    const gone = await ok('editMessageText', { ...target, text: 'y' }, SENT);
    expect([kept['reply_markup'], gone['reply_markup']]).toEqual([keyboard('A B'), undefined]);
  });

  const same = { text: '<b>HP</b> 10', parse_mode: 'HTML', reply_markup: keyboard('A B') };
  test.each<[string, object]>([
    ['the text', { ...same, text: '<b>HP</b> 9' }],
    ['the formatting', { ...same, text: '<i>HP</i> 10' }],
    ['a label', { ...same, reply_markup: keyboard('A C:B') }],
    ["a button's data", { ...same, reply_markup: keyboard('A B:b') }],
    ['the rows', { ...same, reply_markup: keyboard('A | B') }],
    ['the keyboard, by leaving it out', { text: same.text, parse_mode: 'HTML' }],
  ])('accepts a change of %s', async (_what, change) => {
    const { call, target } = await withScreen();
    expect((await call('editMessageText', { ...target, ...change })).status).toBe(200);
  });

  test.each<[string, object]>([
    ['as before', same],
    ['with other tags of the same meaning', { ...same, text: '<strong>HP</strong> 10' }],
    ['with blanks around it', { ...same, text: '\n<b>HP</b> 10 ' }],
    [
      'by entities',
      {
        ...same,
        parse_mode: '',
        text: 'HP 10',
        entities: [{ type: 'bold', offset: 0, length: 2 }],
      },
    ],
  ])('refuses the same content %s as not modified', async (_what, change) => {
    const { refused, target, ann } = await withScreen();
    expect(await refused('editMessageText', { ...target, ...change })).toBe(NOT_MODIFIED);
    expect(ann.lastScreen()?.editDateS).toBeNull();
  });

  test.each<[string, object, string]>([
    ['an unknown message', { message_id: 99 }, '400 Bad Request: message to edit not found'],
    ['no message', { message_id: '' }, '400 Bad Request: message to edit not found'],
    [
      'neither chat nor message',
      { chat_id: '', message_id: '' },
      '400 Bad Request: message identifier is not specified',
    ],
    ['an unknown chat', { chat_id: 99 }, '400 Bad Request: chat not found'],
    ["the person's own message", { message_id: 1 }, "400 Bad Request: message can't be edited"],
    ['an empty text', { text: '' }, '400 Bad Request: message text is empty'],
    ['a text too long', { text: 'x'.repeat(4097) }, '400 Bad Request: MESSAGE_TOO_LONG'],
    [
      'a reply keyboard',
      { reply_markup: { keyboard: [['x']] } },
      '400 Bad Request: inline keyboard expected',
    ],
    [
      'an inline message',
      { inline_message_id: 'x' },
      '400 Bad Request: the sandbox does not serve the parameter "inline_message_id" of editMessageText',
    ],
  ])('is refused for %s', async (_what, parameters, expected) => {
    const { refused, target } = await withScreen();
    expect(await refused('editMessageText', { ...target, text: 'new', ...parameters })).toBe(
      expected,
    );
  });

  test.each<[string, object]>([
    ['a reply keyboard', { keyboard: [[{ text: 'Fight' }]] }],
    ["a keyboard's removal", { remove_keyboard: true }],
    ['a forced reply', { force_reply: true }],
  ])('refuses to edit a message that was sent with %s', async (_what, reply_markup) => {
    const { ok, refused, ann } = await withScreen();
    const { message_id } = await ok(
      'sendMessage',
      { chat_id: ann.id, text: 'x', reply_markup },
      SENT,
    );
    expect(await refused('editMessageText', { chat_id: ann.id, message_id, text: 'y' })).toBe(
      "400 Bad Request: message can't be edited",
    );
  });

  test('refuses a deleted message as not found', async () => {
    const { refused, target, ann } = await withScreen();
    ann.deleteMessage(2);
    expect(await refused('editMessageText', { ...target, text: 'x' })).toBe(
      '400 Bad Request: message to edit not found',
    );
  });

  test('edits messages of any age', async () => {
    const { call, target, clock } = await withScreen();
    clock.passS(30 * 24 * 3600);
    expect((await call('editMessageText', { ...target, text: 'x' })).status).toBe(200);
  });
});

describe('editMessageReplyMarkup', () => {
  test('changes the keyboard and keeps the text', async () => {
    const { ok, target } = await withScreen();
    const edited = await ok(
      'editMessageReplyMarkup',
      { ...target, reply_markup: keyboard('C') },
      SENT,
    );
    expect(edited).toMatchObject({ text: 'HP 10', reply_markup: keyboard('C') });
  });

  test.each<[string, object]>([
    ['left out', {}],
    ['without rows', { reply_markup: keyboard('') }],
    ['empty', { reply_markup: {} }],
  ])(
    'a keyboard that is %s is taken away; once more is not modified',
    async (_what, parameters) => {
      const { ok, refused, target } = await withScreen();
      const edited = await ok('editMessageReplyMarkup', { ...target, ...parameters }, SENT);
      expect(edited['reply_markup']).toBeUndefined();
      expect(await refused('editMessageReplyMarkup', { ...target, ...parameters })).toBe(
        NOT_MODIFIED,
      );
    },
  );
});

describe('deleting', () => {
  test('deleteMessage removes the message for both, a second call does not find it', async () => {
    const { call, refused, target, ann } = await withScreen();
    expect((await call('deleteMessage', target)).body.result).toBe(true);
    expect(ann.chat().messages.map(({ messageId }) => messageId)).toEqual([1]);
    expect(await refused('deleteMessage', target)).toBe(
      '400 Bad Request: message to delete not found',
    );
  });

  test('deleteMessage also deletes messages of the person', async () => {
    const { call, target, ann } = await withScreen();
    await call('deleteMessage', { ...target, message_id: 1 });
    expect(ann.chat().messages.map(({ messageId }) => messageId)).toEqual([2]);
  });

  test.each([
    [48 * 3600, '200'],
    [48 * 3600 + 1, "400 Bad Request: message can't be deleted for everyone"],
  ])('deleteMessage after %i s answers %s', async (ageS, expected) => {
    const { call, target, clock } = await withScreen();
    clock.passS(ageS);
    const { status, body } = await call('deleteMessage', target);
    expect([status, body.description].filter(Boolean).join(' ')).toBe(expected);
  });

  test.each<[string, object, string]>([
    ['no chat', { chat_id: '' }, '400 Bad Request: chat identifier is not specified'],
    ['no message', { message_id: '' }, '400 Bad Request: message identifier is not specified'],
  ])('deleteMessage is refused with %s', async (_what, parameters, expected) => {
    const { refused, target } = await withScreen();
    expect(await refused('deleteMessage', { ...target, ...parameters })).toBe(expected);
  });

  test('deleteMessages ignores messages that do not exist', async () => {
    const { call, ann } = await withScreen();
    const answer = await call('deleteMessages', { chat_id: ann.id, message_ids: [1, 2, 77] });
    expect([answer.body.result, ann.chat().messages]).toEqual([true, []]);
  });

  test.each<[unknown, string]>([
    ['', '400 Bad Request: message identifiers are not specified'],
    [[], '400 Bad Request: message identifiers are not specified'],
    ['{', "400 Bad Request: can't parse message_ids JSON object"],
    [{}, '400 Bad Request: expected an Array of message identifiers'],
    [[0], '400 Bad Request: invalid message identifier specified'],
    [
      Array.from({ length: 101 }, (_, index) => index + 1),
      '400 Bad Request: too many message identifiers specified',
    ],
  ])('deleteMessages is refused with %j', async (message_ids, expected) => {
    const { refused, ann } = await withScreen();
    expect(await refused('deleteMessages', { chat_id: ann.id, message_ids })).toBe(expected);
  });
});

describe('reactions and pins', () => {
  test('setMessageReaction shows a reaction until it is removed', async () => {
    const { call, target, ann } = await withScreen();
    await call('setMessageReaction', {
      ...target,
      message_id: 1,
      reaction: [{ type: 'emoji', emoji: '❤️' }],
    });
    const [seen] = ann.chat().messages;
    await call('setMessageReaction', { ...target, message_id: 1, reaction: [] });
    expect([seen?.reactions, ann.chat().messages[0]?.reactions]).toEqual([['❤️'], []]);
  });

  test.each<[string, object, string]>([
    [
      'another emoji',
      { reaction: [{ type: 'emoji', emoji: '🗡' }] },
      '400 Bad Request: REACTION_INVALID',
    ],
    [
      'two',
      { reaction: ['👍', '🔥'].map((emoji) => ({ type: 'emoji', emoji })) },
      '400 Bad Request: REACTIONS_TOO_MANY',
    ],
    [
      'an unknown type',
      { reaction: [{ type: 'x' }] },
      "400 Bad Request: can't parse ReactionType: invalid reaction type specified",
    ],
    ['an unknown message', { message_id: 99 }, '400 Bad Request: message to react not found'],
  ])('setMessageReaction is refused with %s', async (_what, parameters, expected) => {
    const { refused, target } = await withScreen();
    expect(await refused('setMessageReaction', { ...target, ...parameters })).toBe(expected);
  });

  test('pinChatMessage adds a service message, of which the bot gets an update', async () => {
    const { call, target, ann } = await withScreen();
    await call('pinChatMessage', target);
    const { body } = await call('getUpdates');
    expect(ann.chat().pinnedMessageIds).toEqual([2]);
    expect(body.result).toMatchObject([
      { message: { message_id: 3, pinned_message: { message_id: 2 } } },
    ]);
  });

  test('unpinChatMessage without message_id unpins the newest pin', async () => {
    const { call, refused, target, ann } = await withScreen();
    for (const message_id of [2, 1]) await call('pinChatMessage', { ...target, message_id });
    await call('unpinChatMessage', { chat_id: ann.id });
    expect(ann.chat().pinnedMessageIds).toEqual([1]);
    await call('unpinAllChatMessages', { chat_id: ann.id });
    expect(await refused('unpinChatMessage', { chat_id: ann.id })).toBe(
      '400 Bad Request: message to unpin not found',
    );
  });

  test('pinChatMessage is refused for an unknown message', async () => {
    const { refused, target } = await withScreen();
    expect(await refused('pinChatMessage', { ...target, message_id: 99 })).toBe(
      '400 Bad Request: message to pin not found',
    );
  });
});

test.each([
  ['typing', '200'],
  ['TYPING', '200'],
  ['dancing', '400 Bad Request: wrong parameter action in request'],
])('sendChatAction with %s answers %s', async (action, expected) => {
  const { call, ann } = await withScreen();
  const { status, body } = await call('sendChatAction', { chat_id: ann.id, action });
  expect([status, body.description].filter(Boolean).join(' ')).toBe(expected);
  expect(ann.events().some((event) => event.kind === 'action')).toBe(status === 200);
});
