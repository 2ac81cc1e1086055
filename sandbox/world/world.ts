import { BotProfile } from './bot-profile.ts';
import type { BotUser } from './bot-user.ts';
import { CallbackStore } from './callback-store.ts';
import { Chats } from './chats.ts';
import { Feed } from './feed.ts';
import { FileStore } from './file-store.ts';
import type { Message } from './message.ts';
import { messageJson } from './message-json.ts';
import type { Json } from './json.ts';
import { MessageStore } from './message-store.ts';
import { PeopleStore } from './people-store.ts';
import type { Person } from './people-store.ts';
import type { Time } from './time.ts';
import { UpdateQueue } from './update-queue.ts';
import { WebhookStore } from './webhook-store.ts';

export interface WorldOptions {
  readonly bot: BotUser;
  readonly time: Time;
  readonly firstUpdateId: number;
  readonly callbackLifetimeMs: number;
}

/** The state of the sandbox: the bot, the people, their chats and the unconfirmed updates. */
export class World {
  readonly bot: BotUser;
  readonly time: Time;
  readonly feed = new Feed();
  readonly people = new PeopleStore((person) => {
    this.feed.add({ kind: 'person', person });
  });
  readonly messages = new MessageStore();
  readonly files = new FileStore();
  readonly profile = new BotProfile();
  readonly webhook = new WebhookStore();
  readonly chats: Chats;
  readonly callbacks: CallbackStore;
  readonly updates: UpdateQueue;
  #isBotStarted = false;

  constructor(options: WorldOptions) {
    this.bot = options.bot;
    this.time = options.time;
    this.chats = new Chats(this.messages, {
      now: options.time.now,
      onEvent: (personId, event) => {
        this.feed.add({ kind: 'chat', personId, event });
      },
    });
    this.callbacks = new CallbackStore(options.callbackLifetimeMs);
    this.updates = new UpdateQueue(options.time, options.firstUpdateId);
  }

  /** Whether the bot has asked for updates or set a webhook. */
  get isBotStarted(): boolean {
    return this.#isBotStarted;
  }

  noteBotStarted(): void {
    if (this.#isBotStarted) return;
    this.#isBotStarted = true;
    this.feed.add({ kind: 'bot' });
  }

  /** The message as the Bot API shows it now. */
  show(message: Message, person: Person): Json {
    return messageJson(message, { bot: this.bot, person, messages: this.messages });
  }
}
