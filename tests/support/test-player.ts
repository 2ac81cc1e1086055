import type { ButtonWish } from '../../sandbox/people/find-button.ts';
import { findButton } from '../../sandbox/people/find-button.ts';
import { lastKeyboard, lastScreen } from '../../sandbox/people/chat-view.ts';
import type { ChatView } from '../../sandbox/people/chat-view.ts';
import type { SandboxPerson } from '../../sandbox/people/sandbox-person.ts';
import type { Sandbox } from '../../sandbox/start-sandbox.ts';
import type { Toast } from '../../sandbox/world/journal.ts';
import type { MessageView } from '../../sandbox/world/message-view.ts';

/** Somebody on a journey: does one thing, waits for what it brings, does the next. */
export interface TestPlayer {
  readonly id: number;
  /** The same person, for what a journey seldom does. */
  readonly client: SandboxPerson;
  readonly say: (text: string) => void;
  /** Resolves with the bot's newest message as soon as its text fits. */
  readonly sees: (text: string | RegExp) => Promise<MessageView>;
  /** Waits until the button is there, taps it, and resolves with the bot's answer to the tap. */
  readonly tap: (button: ButtonWish) => Promise<Toast>;
  /** Resolves as soon as an answer to a tap has said this. */
  readonly seesToast: (text: string | RegExp) => Promise<Toast>;
  /** Resolves as soon as a toast or, where the action took long, the screen has said this. */
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
