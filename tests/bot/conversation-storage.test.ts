import { Api, Context } from 'grammy';
import { expect, test } from 'vitest';
import { conversationStorage } from '../../bot/conversation-storage.ts';
import { botInfo } from '../support/bot-info.ts';

const state = { version: [0, 1] as [0, number], state: {} };

/** A storage on an empty store, and the ids of what it has written. */
function openStorage() {
  const memos = new Map<string, unknown>();
  const { adapter } = conversationStorage({
    read: (_, id) => Promise.resolve(memos.get(id)),
    write: (_, id, { value }) => Promise.resolve(void memos.set(id, value)),
    erase: (_, id) => Promise.resolve(void memos.delete(id)),
  });
  return { adapter, memos };
}

function typedBy(userId: number, { botId = 1, groupId = 0 } = {}): Context {
  const user = { id: userId, first_name: 'Ann' };
  const group = { id: groupId, type: 'supergroup', title: 'A group' } as const;
  const chat = groupId === 0 ? ({ ...user, type: 'private' } as const) : group;
  const message = { message_id: 1, date: 1, from: { ...user, is_bot: false }, chat, text: 'Ann' };
  const me = { ...botInfo, id: botId };
  return new Context({ update_id: 1, message }, new Api('1:token'), me);
}

test('a conversation belongs to its bot, chat and user', async () => {
  const { adapter, memos } = openStorage();
  await adapter.write(typedBy(7), state);
  expect([...memos.keys()]).toEqual(['1:7:7']);
  expect(await adapter.read(typedBy(7))).toEqual(state);
  expect(await adapter.read(typedBy(7, { botId: 2 }))).toBeUndefined();
  expect(await adapter.read(typedBy(8))).toBeUndefined();
  expect(await adapter.read(typedBy(7, { groupId: -100 }))).toBeUndefined();
});

test('a conversation of the release before, which names the user alone, is not read', async () => {
  const { adapter, memos } = openStorage();
  memos.set('7', state);
  expect(await adapter.read(typedBy(7))).toBeUndefined();
});
