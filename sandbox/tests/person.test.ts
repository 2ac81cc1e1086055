import { describe, expect, test } from 'vitest';
import { newTestPlayer } from '../testing/test-player.ts';
import { keyboard, openSandbox } from './sandbox-fixture.ts';

async function withAnn() {
  const fixture = await openSandbox();
  const ann = await fixture.started();
  const write = (text: string, buttons = '') =>
    fixture.call('sendMessage', { chat_id: ann.id, text, reply_markup: keyboard(buttons) });
  return { ...fixture, ann, write };
}

describe('tap', () => {
  test.each([
    ['label', 'Go', 'a'],
    ['data', 'c', 'c'],
    ['pattern', /^St/, 'b'],
    ['place', [1, 0], 'c'],
    ['test of its own', (button: { data: string | null }) => button.data === 'b', 'b'],
  ] as const)('by %s', async (_how, wish, data) => {
    const { ann, write } = await withAnn();
    await write('x', 'Go:a Stop:b | Help:c');
    expect(ann.tap(wish).data).toBe(data);
  });

  test('chooses the newest message with a keyboard', async () => {
    const { ann, write } = await withAnn();
    await write('x', 'Go:old');
    await write('y', 'Go:new');
    await write('no buttons here');
    expect(ann.tap('Go')).toMatchObject({ messageId: 3, data: 'new' });
  });

  test('throws when the button is gone', async () => {
    const { ann, call, write } = await withAnn();
    await write('x', 'Go:a');
    await call('editMessageText', {
      chat_id: ann.id,
      message_id: 2,
      text: 'x',
      reply_markup: keyboard('Stop'),
    });
    expect(() => ann.tap('Go')).toThrow('there is no button "Go" in message 2 now; it has [Stop]');
  });

  test('throws for a button that sends no callback query', async () => {
    const { ann, call, sandbox } = await withAnn();
    const reply_markup = { inline_keyboard: [[{ text: 'Site', url: 'a.b' }]] };
    await call('sendMessage', { chat_id: ann.id, text: 'x', reply_markup });
    expect(() => ann.tap('Site')).toThrow('the button "Site" (url) tells the bot nothing');
    expect(sandbox.pendingUpdateCount()).toBe(0);
  });
});

test('a forced tap on a deleted message sends it as inaccessible', async () => {
  const { ann, call } = await withAnn();
  ann.tap('go', { force: true, messageId: 77 });
  const { body } = await call('getUpdates');
  expect(body.result).toMatchObject([
    { callback_query: { message: { message_id: 77, chat: { id: ann.id }, date: 0 } } },
  ]);
});

describe('waitFor', () => {
  test('resolves with the event waited for', async () => {
    const { ann, write } = await withAnn();
    const waiting = ann.waitFor((chat) => chat.messages.find(({ text }) => text === 'now'));
    await write('not yet');
    await write('now');
    expect(await waiting).toMatchObject({ messageId: 3, text: 'now' });
  });

  test('rejects after its timeout with an error that shows the chat', async () => {
    const { ann, write } = await withAnn();
    await write('Your move', 'Hit');
    await expect(ann.waitFor(() => false, 1)).rejects.toThrow(
      /Ann sees:\n.*\n#2 bot: Your move\n\[Hit\]/,
    );
  });

  test('resolves after the call that caused the change is recorded', async () => {
    const { ann, sandbox, write } = await withAnn();
    const waiting = ann.waitFor((chat) => chat.messages.length === 2);
    const sending = write('x');
    await waiting;
    expect(sandbox.calls.list('sendMessage')).toHaveLength(1);
    await sending;
  });
});

describe('the chat of a person', () => {
  test('the last screen is the newest message of the bot', async () => {
    const { ann, write } = await withAnn();
    expect(ann.lastScreen()).toBeNull();
    await write('a');
    ann.say('thanks');
    expect(ann.lastScreen()).toMatchObject({ text: 'a', buttons: [] });
  });

  test('events are listed in order', async () => {
    const { ann, call, write } = await withAnn();
    await write('a', 'Go');
    const target = { chat_id: ann.id, message_id: 2 };
    await call('editMessageText', { ...target, text: 'b' });
    await call('sendChatAction', { chat_id: ann.id, action: 'typing' });
    await call('pinChatMessage', target);
    await call('unpinChatMessage', target);
    await call('setMessageReaction', { ...target, reaction: [{ type: 'emoji', emoji: '🔥' }] });
    await call('deleteMessage', target);
    expect(ann.events().map(({ eventId, kind }) => `${eventId} ${kind}`)).toEqual([
      '1 sent',
      '2 sent',
      '3 edited',
      '4 action',
      '5 pinned',
      '6 sent',
      '7 unpinned',
      '8 reaction',
      '9 deleted',
    ]);
    expect(ann.events(8)).toEqual([expect.objectContaining({ kind: 'deleted', messageId: 2 })]);
  });

  test('a message shows whether it is silent, and the style of its buttons', async () => {
    const { ann, call } = await withAnn();
    const reply_markup = {
      inline_keyboard: [[{ text: 'Flee', callback_data: 'f', style: 'danger' }]],
    };
    await call('sendMessage', {
      chat_id: ann.id,
      text: 'x',
      disable_notification: true,
      reply_markup,
    });
    expect(ann.lastScreen()).toMatchObject({
      isSilent: true,
      buttons: [[{ text: 'Flee', action: 'callback', data: 'f', style: 'danger' }]],
    });
  });
});

test('a test player waits for a button, taps it and sees the answer', async () => {
  const { sandbox, call } = await openSandbox();
  const ann = newTestPlayer(sandbox, 'Ann', 'ru');
  ann.say('/start');
  const seen = ann.sees(/duel/i);
  const tapped = ann.tap('Go');
  await call('sendMessage', {
    chat_id: ann.id,
    text: 'Find a duel',
    reply_markup: keyboard('Go:go'),
  });
  expect((await seen).messageId).toBe(2);
  const [query] = await ann.client.waitFor(
    (chat) => chat.unansweredTaps.length > 0 && chat.unansweredTaps,
  );
  await call('answerCallbackQuery', { callback_query_id: query, text: 'Searching…' });
  expect((await tapped).text).toBe('Searching…');
  expect((await ann.seesToast('Searching')).isAlert).toBe(false);
});
