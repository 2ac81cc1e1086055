import { badRequest } from '../errors/api-error.ts';
import { UPDATE_LIFETIME_MS } from '../world/update-lifetimes.ts';
import type { ReactionType } from '../world/message.ts';
import { isJsonObject, requiredText, within } from './json-fields.ts';
import { defineMethod } from './method.ts';
import type { MethodCall } from './method.ts';
import { isReactionEmoji } from './reaction-emoji.ts';
import { personOf, requireReachable, targetOf } from './target.ts';

const CHAT_ACTIONS: ReadonlySet<string> = new Set([
  ...['cancel', 'typing', 'upload_photo', 'upload_document', 'choose_sticker'],
  ...['record_video', 'upload_video', 'record_video_note', 'upload_video_note'],
  ...['record_voice', 'upload_voice', 'record_audio', 'upload_audio'],
  ...['find_location', 'pick_up_location'],
]);

export const chatMethods = [
  defineMethod(
    'sendChatAction',
    'chat_id action | business_connection_id message_thread_id',
    (call) => {
      const action = call.parameters.text('action').toLowerCase();
      if (!CHAT_ACTIONS.has(action)) throw badRequest('Wrong parameter action in request');
      const person = personOf(call);
      requireReachable(person);
      call.world.chats.showAction(person, action);
      return true;
    },
  ),
  defineMethod('setMessageReaction', 'chat_id message_id reaction is_big', (call) => {
    const reaction = readReactions(call);
    const { message } = targetOf(call, 'message to react');
    call.world.chats.react(message, reaction);
    return true;
  }),
  defineMethod(
    'pinChatMessage',
    'chat_id message_id disable_notification | business_connection_id',
    (call) => {
      const { world } = call;
      const { message, person } = targetOf(call, 'message to pin');
      world.chats.pin(message, person);
      const line = world.chats.send({
        chatId: person.id,
        from: 'bot',
        content: { kind: 'pin', messageId: message.id },
        isSilent: call.parameters.flag('disable_notification'),
      });
      world.updates.push('message', world.show(line, person), UPDATE_LIFETIME_MS);
      return true;
    },
  ),
  defineMethod('unpinChatMessage', 'chat_id message_id | business_connection_id', (call) => {
    const person = personOf(call);
    const id = call.parameters.integer('message_id') ?? Math.max(0, ...person.pinnedMessageIds);
    if (call.world.messages.find(person.id, id) === null) {
      throw badRequest('Message to unpin not found');
    }
    call.world.chats.unpin(id, person);
    return true;
  }),
  defineMethod('unpinAllChatMessages', 'chat_id', (call) => {
    const person = personOf(call);
    for (const id of person.pinnedMessageIds) call.world.chats.unpin(id, person);
    return true;
  }),
];

function readReactions({ parameters }: MethodCall): ReactionType[] {
  const value = parameters.json('reaction', () =>
    badRequest("Can't parse reaction types JSON object"),
  );
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw badRequest('Expected an Array of ReactionType');
  const reactions = value.map((type: unknown) =>
    within("Can't parse ReactionType", () => readReaction(type)),
  );
  if (reactions.length > 1) throw badRequest('REACTIONS_TOO_MANY');
  if (reactions.some(({ emoji }) => !isReactionEmoji(emoji ?? ''))) {
    throw badRequest('REACTION_INVALID');
  }
  return reactions;
}

/** A custom emoji is parsed, and then refused as an emoji that the chat does not allow. */
function readReaction(value: unknown): ReactionType {
  if (!isJsonObject(value)) throw badRequest('expected an Object');
  const type = requiredText(value, 'type');
  if (type === 'emoji') return { type, emoji: requiredText(value, 'emoji') };
  if (type === 'custom_emoji') {
    return { type, custom_emoji_id: requiredText(value, 'custom_emoji_id') };
  }
  throw badRequest('invalid reaction type specified');
}
