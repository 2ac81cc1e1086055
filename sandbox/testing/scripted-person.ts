import type { ButtonWish } from '../people/find-button.ts';
import { findButton } from '../people/find-button.ts';
import { lastKeyboard, lastScreen } from '../people/chat-view.ts';
import type { ChatView } from '../people/chat-view.ts';
import type { SandboxPerson } from '../people/sandbox-person.ts';
import type { Sandbox } from '../start-sandbox.ts';
import type { Toast } from '../world/journal.ts';
import type { MessageView } from '../world/message-view.ts';

/** Somebody on a journey: does one thing, waits for what it brings, does the next. */
export interface Traveller {
  readonly id: number;
  /** The same person, for what a journey seldom does. */
  readonly client: SandboxPerson;
  readonly say: (text: string) => void;
  /** Resolves with the bot's newest message as soon as its text fits. */
  readonly sees: (text: string | RegExp) => Promise<MessageView>;
  /** Waits until the button is there, taps it, and resolves with the bot's answer to the tap. */
  readonly tap: (button: ButtonWish) => Promise<Toast>;
  /** Resolves as soon as an answer to a tap has said this. */
  readonly hears: (text: string | RegExp) => Promise<Toast>;
  /** Resolves as soon as a toast or, where the action took long, the screen has said this. */
  readonly isTold: (text: string | RegExp) => Promise<unknown>;
}

export function newTraveller(sandbox: Sandbox, firstName: string, languageCode = 'en'): Traveller {
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
    hears: (text) => client.waitFor((chat) => chat.toasts.find((toast) => fits(toast.text, text))),
    isTold: (text) =>
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
