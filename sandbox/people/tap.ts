import { inaccessibleJson, userJson } from '../world/message-json.ts';
import type { Json } from '../world/json.ts';
import { messageView } from '../world/message-view.ts';
import type { Person } from '../world/people-store.ts';
import { CALLBACK_LIFETIME_MS } from '../world/update-lifetimes.ts';
import type { World } from '../world/world.ts';
import { chatView, lastKeyboard, lastScreen } from './chat-view.ts';
import { findButton } from './find-button.ts';
import type { ButtonSelector } from './find-button.ts';
import { PersonError } from './person-error.ts';
import { requireUnblocked } from './person-actions.ts';

export interface TapOptions {
  /** The newest message with a keyboard by default. */
  readonly messageId?: number;
  /**
   * Send the given text as callback data, even if the message has no such button or is deleted: a late tap, or a
   * forged one.
   */
  readonly force?: boolean;
}

export interface TapRequest extends TapOptions {
  readonly button: ButtonSelector;
}

export interface TappedButton {
  readonly callbackQueryId: string;
  readonly messageId: number;
  readonly data: string;
}

/** Taps an inline button. Throws PersonError. */
export function tap(world: World, person: Person, wish: TapRequest): TappedButton {
  requireUnblocked(person);
  const target =
    wish.force === true ? forcedTarget(world, person, wish) : visibleTarget(world, person, wish);
  const query = world.callbacks.open({
    ...target,
    personId: person.id,
    askedAtMs: world.time.now(),
  });
  const update = {
    id: query.id,
    from: userJson(person),
    message: snapshot(world, person, target.messageId),
    chat_instance: person.chatInstance,
    data: query.data,
  };
  world.updates.push('callback_query', update, CALLBACK_LIFETIME_MS);
  return { callbackQueryId: query.id, messageId: query.messageId, data: query.data };
}

interface TapTarget {
  readonly messageId: number;
  readonly data: string;
}

function visibleTarget(world: World, person: Person, { messageId, button }: TapRequest): TapTarget {
  const message =
    messageId === undefined
      ? lastKeyboard(chatView(world, person))
      : viewOf(world, person, messageId);
  if (message === null) {
    throw new PersonError(
      messageId === undefined
        ? 'no message has a keyboard now'
        : `there is no message ${messageId}`,
    );
  }
  const found = findButton(message, button);
  if (found.data === null) {
    throw new PersonError(`the button "${found.text}" (${found.action}) tells the bot nothing`);
  }
  return { messageId: message.messageId, data: found.data };
}

function forcedTarget(world: World, person: Person, { messageId, button }: TapRequest): TapTarget {
  if (typeof button !== 'string') throw new PersonError('a forced tap takes callback data');
  const chat = chatView(world, person);
  const target = messageId ?? (lastKeyboard(chat) ?? lastScreen(chat))?.messageId;
  if (target === undefined) throw new PersonError('the bot has not written anything yet');
  return { messageId: target, data: button };
}

function viewOf(world: World, person: Person, messageId: number) {
  const message = world.messages.find(person.id, messageId);
  return message === null ? null : messageView(message);
}

/** The message as it is at the moment of the tap. */
function snapshot(world: World, person: Person, messageId: number): Json {
  const message = world.messages.find(person.id, messageId);
  return message === null ? inaccessibleJson(messageId, person) : world.show(message, person);
}
