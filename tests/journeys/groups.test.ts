import type { Message } from 'grammy/types';
import { expect, test } from 'vitest';
import type { TestPlayer } from 'telegram-sandbox/testing';
import { withAction } from '../support/duel-steps.ts';
import { type WebhookArena, openWebhookArena } from '../support/webhook-arena.ts';

const GROUP = { id: -1_001_234_567_890, type: 'supergroup', title: 'A group' } as const;

type Extra = Partial<Pick<Message, 'message_thread_id' | 'is_topic_message' | 'entities'>>;

/** A message that the player writes in the group; without other entities none of it is a command. */
function groupMessage(who: TestPlayer, text: string, extra: Extra = {}) {
  const from = { id: who.id, is_bot: false, first_name: 'Ann', language_code: 'en' };
  return { message: { message_id: 5, date: 1, from, chat: GROUP, text, ...extra } } as const;
}

function command(who: TestPlayer, text: string, extra: Extra = {}) {
  const length = text.split(' ')[0]?.length ?? 0;
  const entities = [{ type: 'bot_command' as const, offset: 0, length }];
  return groupMessage(who, text, { entities, ...extra });
}

/** What was sent to the group, without its text. */
function sentToGroup({ open }: WebhookArena) {
  const calls = open.sandbox.calls.list('sendMessage').map((call) => call.parameters);
  return calls
    .filter((sent) => Number(sent['chat_id']) === GROUP.id)
    .map((sent) => ({ topic: sent['message_thread_id'] ?? null }));
}

/** Once; again and again if the flood of the message before keeps the group silent. */
async function askUntilAnswered(arena: WebhookArena, asked: object): Promise<void> {
  const before = sentToGroup(arena).length;
  const isInFlood = arena.open.sandbox.calls.list('sendMessage').at(-1)?.fault === 'flood';
  if (!isInFlood) await arena.deliver(asked);
  const hears = async () => {
    if (isInFlood && sentToGroup(arena).length === before) await arena.deliver(asked);
    return sentToGroup(arena).length;
  };
  await expect.poll(hears, { interval: 250 }).toBe(before + 1);
}

test('text written in a group while the bot asks for a name in private names nobody', async () => {
  const arena = await openWebhookArena();
  const { open, deliver } = arena;
  const ann = open.newPlayer('Ann');
  ann.say('/start');
  await ann.tap(withAction('lobby.new'));
  await ann.sees(/What is your name/);
  ann.say('/menu');
  await ann.client.waitFor((chat) => chat.messages.at(-2)?.text === '/menu');
  await deliver(groupMessage(ann, 'Groupword'));
  ann.say('Annabel');
  await ann.sees(/Annabel it is/);
  expect((await open.arena.services.accounts.getFullAccount(1))?.bio.name).toBe('Annabel');
  expect(sentToGroup(arena)).toEqual([]);
});

test('a group command is answered if it is an own one, once, in its topic', async () => {
  const arena = await openWebhookArena();
  const { open, deliver } = arena;
  const ann = open.newPlayer('Ann');
  const name = '@sandbox_bot';
  for (const foreign of ['/ban@other_bot', '/start@other_bot', '/ban', `/ban${name}`])
    await deliver(command(ann, foreign));
  await deliver(groupMessage(ann, '/usr/bin is full'));
  await deliver(groupMessage(ann, '/ 2'));
  const topic = { message_thread_id: 77, is_topic_message: true } as const;
  await deliver(command(ann, '/start', topic));
  await expect.poll(() => sentToGroup(arena)).toEqual([{ topic: 77 }]);
  // A thread of replies is no topic.
  await askUntilAnswered(arena, command(ann, `/menu${name}`, { message_thread_id: 78 }));
  expect(sentToGroup(arena)).toEqual([{ topic: 77 }, { topic: null }]);
});

test('a group that is in a flood gets no answer until it is over', async () => {
  const arena = await openWebhookArena();
  const { open, deliver } = arena;
  const ann = open.newPlayer('Ann');
  open.sandbox.faults.add({ method: 'sendMessage', kind: 'flood', retryAfterS: 3, times: 1 });
  await deliver(command(ann, '/start'));
  await expect.poll(() => sentToGroup(arena)).toHaveLength(1);
  await askUntilAnswered(arena, command(ann, '/menu'));
  expect(sentToGroup(arena)).toHaveLength(2);
});
