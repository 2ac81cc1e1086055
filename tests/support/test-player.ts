import type { ButtonWish } from '../../sandbox/people/find-button.ts';
import { findButton } from '../../sandbox/people/find-button.ts';
import { lastKeyboard, lastScreen } from '../../sandbox/people/chat-view.ts';
import type { ChatView } from '../../sandbox/people/chat-view.ts';
import type { SandboxPerson } from '../../sandbox/people/sandbox-person.ts';
import type { Sandbox } from '../../sandbox/start-sandbox.ts';
import type { Toast } from '../../sandbox/world/journal.ts';
import type { MessageView } from '../../sandbox/world/message-view.ts';

/** A player in a test, who does one thing at a time and waits for the result. */
export interface TestPlayer {
  readonly id: number;
  /** The same player in the sandbox. */
  readonly client: SandboxPerson;
  readonly say: (text: string) => void;
  /** Resolves with the newest message once its text matches. */
  readonly sees: (text: string | RegExp) => Promise<MessageView>;
  /** Waits for the button, taps it and resolves with the bot's answer to the tap. */
  readonly tap: (button: ButtonWish) => Promise<Toast>;
  /** Resolves once an answer to a tap has matched. */
  readonly seesToast: (text: string | RegExp) => Promise<Toast>;
  /** Resolves once a toast or, when the action took long, the screen has matched. */
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

function offers(chat: ChatView, button: ButtonWish): boolean {
  const message = lastKeyboard(chat);
  if (message === null) return false;
  try {
    return findButton(message, button).data !== null;
  } catch {
    return false;
  }
}
