import { composeText, countCodePoints } from '../text/compose-text.ts';
import type { FormattedText } from '../text/entity.ts';
import { chatJson, userJson } from '../world/message-json.ts';
import { messageView } from '../world/message-view.ts';
import type { MessageView } from '../world/message-view.ts';
import type { Person } from '../world/people-store.ts';
import { toSeconds } from '../world/time.ts';
import { UPDATE_LIFETIME_MS } from '../world/update-lifetimes.ts';
import type { World } from '../world/world.ts';
import { PersonError } from './person-error.ts';

const LONGEST_TEXT = 4096;

export interface NewText {
  readonly text: string;
  readonly replyToId: number | null;
}

/** Writes into the chat with the bot. Throws PersonError. */
export function say(world: World, person: Person, { text, replyToId }: NewText): MessageView {
  requireUnblocked(person);
  const formatted = readText(text);
  if (replyToId !== null && world.messages.find(person.id, replyToId) === null) {
    throw new PersonError(`there is no message ${replyToId} to reply to`);
  }
  const content = { kind: 'text', linkPreview: null, ...formatted } as const;
  const message = world.chats.send({ chatId: person.id, from: 'person', content, replyToId });
  start(world, person);
  world.updates.push('message', world.show(message, person), UPDATE_LIFETIME_MS);
  return messageView(message);
}

/** A bot may write to a person after their first message. */
export function start(world: World, person: Person): void {
  if (person.hasStarted) return;
  person.hasStarted = true;
  world.people.notifyChange(person);
}

/** Edits a text of the person's own. Throws PersonError. */
export function editMessage(
  world: World,
  person: Person,
  { messageId, text }: { readonly messageId: number; readonly text: string },
): MessageView {
  requireUnblocked(person);
  const message = world.messages.find(person.id, messageId);
  if (message?.from !== 'person' || message.content.kind !== 'text') {
    throw new PersonError(`message ${messageId} is no text of the person's own`);
  }
  const content = { ...message.content, ...readText(text) };
  const edited = world.chats.edit(message, content, null);
  world.updates.push('edited_message', world.show(edited, person), UPDATE_LIFETIME_MS);
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
  world.people.notifyChange(person);
  pushMembership(world, person, ['member', 'kicked']);
}

export function unblock(world: World, person: Person): void {
  if (!person.hasBlockedBot) return;
  person.hasBlockedBot = false;
  world.people.notifyChange(person);
  pushMembership(world, person, ['kicked', 'member']);
}

/** Throws PersonError for a person who has blocked the bot: their client only offers to unblock it. */
export function requireUnblocked(person: Person): void {
  if (person.hasBlockedBot) throw new PersonError(`${person.firstName} has blocked the bot`);
}

type Status = 'member' | 'kicked';

/** No update for a bot that the person never started. */
function pushMembership(world: World, person: Person, [before, after]: [Status, Status]): void {
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
  world.updates.push('my_chat_member', update, UPDATE_LIFETIME_MS);
}
