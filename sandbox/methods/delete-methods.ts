import { badRequest } from '../errors/api-error.ts';
import type { Message } from '../world/message.ts';
import { toSeconds } from '../world/time.ts';
import { defineMethod } from './method.ts';
import type { MethodCall } from './method.ts';
import { personOf, targetOf } from './target.ts';

const DELETABLE_FOR_S = 48 * 3600;
const MOST_AT_ONCE = 100;

export const deleteMethods = [
  defineMethod('deleteMessage', 'chat_id message_id', (call) => {
    const { parameters, world } = call;
    if (parameters.text('chat_id') === '') throw badRequest('Chat identifier is not specified');
    if ((parameters.integer('message_id') ?? 0) === 0) {
      throw badRequest('Message identifier is not specified');
    }
    const { message, person } = targetOf(call, 'message to delete');
    checkAge(message, call);
    world.chats.remove(message, person);
    return true;
  }),
  defineMethod('deleteMessages', 'chat_id message_ids', (call) => {
    const { world } = call;
    const ids = readMessageIds(call);
    const person = personOf(call);
    const messages = ids
      .map((id) => world.messages.find(person.id, id))
      .filter((message) => message !== null);
    for (const message of messages) checkAge(message, call);
    for (const message of messages) world.chats.remove(message, person);
    return true;
  }),
];

function checkAge(message: Message, { world }: MethodCall): void {
  if (toSeconds(world.time.now()) - message.dateS > DELETABLE_FOR_S) {
    throw badRequest("Message can't be deleted for everyone");
  }
}

function readMessageIds({ parameters }: MethodCall): number[] {
  const value = parameters.json('message_ids', () =>
    badRequest("Can't parse message_ids JSON object"),
  );
  if (value === undefined) throw badRequest('Message identifiers are not specified');
  if (!Array.isArray(value)) throw badRequest('Expected an Array of message identifiers');
  if (value.length > MOST_AT_ONCE) throw badRequest('Too many message identifiers specified');
  if (value.length === 0) throw badRequest('Message identifiers are not specified');
  return [...new Set(value.map(readMessageId))];
}

function readMessageId(value: unknown): number {
  if (typeof value !== 'number' && typeof value !== 'string') {
    throw badRequest('Message identifier must be a Number');
  }
  const id = Number(value);
  if (!Number.isInteger(id)) throw badRequest("Can't parse message identifier as a Number");
  if (id <= 0) throw badRequest('Invalid message identifier specified');
  return id;
}
