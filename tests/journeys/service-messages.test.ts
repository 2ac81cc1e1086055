import { expect, test } from 'vitest';
import { makeCharacter, withAction } from '../support/duel-steps.ts';
import { loggedProblems } from '../support/open-arena.ts';
import { openWebhookArena } from '../support/webhook-arena.ts';

const file = { file_id: 'one', file_unique_id: 'one', duration: 1 };

async function openWithAnn() {
  const { open, deliver } = await openWebhookArena();
  const ann = open.newPlayer('Ann');
  await makeCharacter(ann, { name: 'Ann' });
  await open.arena.idle();
  let messageId = 1_000;
  const chat = { id: ann.id, type: 'private', first_name: 'Ann' };
  /** A message in Ann's private chat, from Ann if nobody else is given. */
  const send = (content: object) => {
    const from = { id: ann.id, is_bot: false, first_name: 'Ann', language_code: 'en' };
    messageId += 1;
    return deliver({ message: { message_id: messageId, date: 1, chat, from, ...content } });
  };
  return { open, ann, chat, send };
}

test('a message that nobody wrote, of a known or an unknown kind, gets no answer', async () => {
  const { open, ann, chat, send } = await openWithAnn();
  const screen = ann.client.lastScreen();
  const pin = { pinned_message: { message_id: screen?.messageId, date: 1, chat } };
  const calls = open.sandbox.calls.list().length;
  await send({ ...pin, from: { id: 4242, is_bot: true, first_name: 'Arena' } });
  await send(pin);
  await send({ message_auto_delete_timer_changed: { message_auto_delete_time: 86_400 } });
  await send({ write_access_allowed: {} });
  await send({ kind_of_a_later_telegram: { is_on: true } });
  // Updates of one user are handled in order: an answer to one of these would be visible now.
  await ann.tap(withAction('character'));
  await open.arena.idle();
  const methods = open.sandbox.calls.list().map(({ method }) => method);
  expect(methods.slice(calls)).not.toContain('sendMessage');
  expect(ann.client.lastScreen()?.messageId).toBe(screen?.messageId);
  expect(loggedProblems(open)).toEqual([]);
});

test('a message of a person that is no text is answered with the screen and a hint', async () => {
  const { open, ann, send } = await openWithAnn();
  const before = ann.client.lastScreen();
  await send({ voice: file });
  await ann.sees(/I only understand the buttons/);
  await send({ dice: { emoji: '🎲', value: 3 } });
  await ann.client.waitFor(
    (chat) => (chat.messages.at(-1)?.messageId ?? 0) > (before?.messageId ?? 0) + 1,
  );
  expect(loggedProblems(open)).toEqual([]);
});
