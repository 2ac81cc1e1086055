import { composeText, countCodePoints } from '../text/compose-text.ts';
import type { FormattedText } from '../text/entity.ts';
import { chatJson, userJson } from '../world/message-json.ts';
import { messageView } from '../world/message-view.ts';
import type { MessageView } from '../world/message-view.ts';
import type { Person } from '../world/people-store.ts';
import { toSeconds } from '../world/time.ts';
import { DAY_MS } from '../world/update-life.ts';
import type { World } from '../world/world.ts';
import { PersonError } from './person-error.ts';

const LONGEST_TEXT = 4096;

export interface Utterance {
  readonly text: string;
  readonly replyToId: number | null;
}

/** Writes into the chat with the bot. Throws PersonError. */
export function say(world: World, person: Person, { text, replyToId }: Utterance): MessageView {
  requireUnblocked(person);
  const formatted = readText(text);
  if (replyToId !== null && world.messages.find(person.id, replyToId) === null) {
    throw new PersonError(`there is no message ${replyToId} to reply to`);
  }
  const content = { kind: 'text', linkPreview: null, ...formatted } as const;
  const message = world.chats.send({ chatId: person.id, from: 'person', content, replyToId });
  start(world, person);
  world.updates.push('message', world.show(message, person), DAY_MS);
  return messageView(message);
}

/** Whoever writes for the first time lets the bot write back. */
export function start(world: World, person: Person): void {
  if (person.hasStarted) return;
  person.hasStarted = true;
  world.people.tell(person);
}

/** Writes an own text anew. Throws PersonError. */
export function editMessage(
  world: World,
  person: Person,
  { messageId, text }: { readonly messageId: number; readonly text: string },
): MessageView {
  requireUnblocked(person);
  const message = world.messages.find(person.id, messageId);
  if (message?.from !== 'person' || message.content.kind !== 'text') {
    throw new PersonError(`there is no text of one's own in message ${messageId}`);
  }
  const content = { ...message.content, ...readText(text) };
  const edited = world.chats.edit(message, content, null);
  world.updates.push('edited_message', world.show(edited, person), DAY_MS);
  return messageView(edited);
}

/** Throws PersonError. */
export function deleteMessage(world: World, person: Person, messageId: number): void {
  const message = world.messages.find(person.id, messageId);
  if (message === null) throw new PersonError(`there is no message ${messageId}`);
  world.chats.remove(message, person);
}

function readText(text: string): FormattedText {
  const formatted = composeText({ text, parseMode: '', entities: [] });
  if (formatted.text === '') throw new PersonError('there is nothing to say');
  if (countCodePoints(formatted.text) > LONGEST_TEXT) {
    throw new PersonError(`more than ${LONGEST_TEXT} characters: a client would send two messages`);
  }
  return formatted;
}

export function block(world: World, person: Person): void {
  if (person.hasBlockedBot) return;
  person.hasBlockedBot = true;
  world.people.tell(person);
  tellMembership(world, person, ['member', 'kicked']);
}

export function unblock(world: World, person: Person): void {
  if (!person.hasBlockedBot) return;
  person.hasBlockedBot = false;
  world.people.tell(person);
  tellMembership(world, person, ['kicked', 'member']);
}

/** Throws PersonError for somebody whose client would offer to unblock the bot first. */
export function requireUnblocked(person: Person): void {
  if (person.hasBlockedBot) throw new PersonError(`${person.firstName} has blocked the bot`);
}

type Status = 'member' | 'kicked';

/** A bot that was never started is not told. */
function tellMembership(world: World, person: Person, [before, after]: [Status, Status]): void {
  if (!person.hasStarted) return;
  const member = (status: Status) => ({
    user: world.bot.json(),
    status,
    ...(status === 'kicked' ? { until_date: 0 } : {}),
  });
  const update = {
    chat: chatJson(person),
    from: userJson(person),
    date: toSeconds(world.time.now()),
    old_chat_member: member(before),
    new_chat_member: member(after),
  };
  world.updates.push('my_chat_member', update, DAY_MS);
}
