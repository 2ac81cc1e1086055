import type { ButtonSelector } from '../people/find-button.ts';
import { findButton } from '../people/find-button.ts';
import { lastKeyboard, lastScreen } from '../people/chat-view.ts';
import type { ChatView } from '../people/chat-view.ts';
import type { SandboxPerson } from '../people/sandbox-person.ts';
import type { Sandbox } from '../start-sandbox.ts';
import type { Toast } from '../world/chat-event-log.ts';
import type { MessageView } from '../world/message-view.ts';

/** A person in a test: does one thing, waits for its effect, does the next. */
export interface TestPlayer {
  readonly id: number;
  /** The same person, for rarer actions. */
  readonly client: SandboxPerson;
  readonly say: (text: string) => void;
  /** Resolves with the bot's newest message when its text matches. */
  readonly sees: (text: string | RegExp) => Promise<MessageView>;
  /** Waits for the button, taps it, and resolves with the bot's answer to the callback query. */
  readonly tap: (button: ButtonSelector) => Promise<Toast>;
  /** Resolves when a toast matches. */
  readonly seesToast: (text: string | RegExp) => Promise<Toast>;
  /** Resolves when a toast or the newest message matches: a slow action answers in the message. */
  readonly seesNotice: (text: string | RegExp) => Promise<unknown>;
}

export function newTestPlayer(
  sandbox: Sandbox,
  firstName: string,
  languageCode = 'en',
): TestPlayer {
  const client = sandbox.people.add({ firstName, languageCode });
  return {
    id: client.id,
    client,
    say: (text) => {
      client.say(text);
    },
    sees: (text) =>
      client.waitFor((chat) => {
        const screen = lastScreen(chat);
        return screen !== null && fits(screen.text, text) && screen;
      }),
    tap: async (button) => {
      await client.waitFor((chat) => offers(chat, button));
      return client.tap(button).answered();
    },
    seesToast: (text) =>
      client.waitFor((chat) => chat.toasts.find((toast) => fits(toast.text, text))),
    seesNotice: (text) =>
      client.waitFor((chat) =>
        [...chat.toasts, lastScreen(chat)].some((one) => one !== null && fits(one.text, text)),
      ),
  };
}

function fits(text: string, wanted: string | RegExp): boolean {
  return typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text);
}

function offers(chat: ChatView, button: ButtonSelector): boolean {
  const message = lastKeyboard(chat);
  if (message === null) return false;
  try {
    return findButton(message, button).data !== null;
  } catch {
    return false;
  }
}
