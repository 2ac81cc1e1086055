import { badRequest, forbidden } from '../errors/api-error.ts';
import type { Message } from '../world/message.ts';
import type { Person } from '../world/people-store.ts';
import type { MethodCall } from './method.ts';

export interface Target {
  readonly person: Person;
  readonly message: Message;
}

/** The person whose chat the parameter `name` is. Throws a 400 for an unknown chat. */
export function personOf({ world, parameters }: MethodCall, name = 'chat_id'): Person {
  if (parameters.text(name) === '') throw badRequest('chat_id is empty');
  const person = world.people.find(parameters.integer(name) ?? 0);
  if (person === null) throw badRequest('chat not found');
  return person;
}

/** Throws a 403 for a person the bot may not write to. Edits and deletions are not checked, as with Telegram. */
export function requireReachable(person: Person): void {
  if (!person.hasStarted) throw forbidden("bot can't initiate conversation with a user");
  if (person.hasBlockedBot) throw forbidden('bot was blocked by the user');
}

/** The message that `chat_id` and `message_id` name; `what` is what Telegram calls it ("message to edit"). */
export function targetOf(call: MethodCall, what: string): Target {
  const person = personOf(call);
  const message = call.world.messages.find(person.id, call.parameters.integer('message_id') ?? 0);
  if (message === null) throw badRequest(`${what} not found`);
  return { person, message };
}

/** A message that the bot may edit: its own, no service message, and not sent with a reply keyboard. */
export function editTargetOf(call: MethodCall): Target {
  const { parameters } = call;
  if (parameters.text('chat_id') === '' && parameters.text('message_id') === '') {
    throw badRequest('Message identifier is not specified');
  }
  const target = targetOf(call, 'message to edit');
  const { from, content, hasForeignMarkup } = target.message;
  if (from !== 'bot' || content.kind === 'pin' || hasForeignMarkup) {
    throw badRequest("Message can't be edited");
  }
  return target;
}
