import type { Api } from 'grammy';
import type { Announcer } from '../../domains/core/announcer.ts';
import type { Clock } from '../../domains/core/clock.ts';
import type { Log } from '../../domains/core/log.ts';
import type { ActionShape, UiPayload } from '../../domains/core/ui-payload.ts';
import type { Language } from '../../resources/texts/index.ts';
import { factsOf, floodWaitMs } from '../api-errors.ts';
import { type Timing, systemTiming } from '../timing.ts';
import { type ErrorKind, errorScreen } from './error-screen.ts';
import { CallLimiter } from './call-limiter.ts';
import { ChatMemory, type ChatMemoryDeps, type CurrentScreen } from './chat-memory.ts';
import { ChatLock } from './chat-lock.ts';
import { type OutboxMetrics, emptyMetrics } from './outbox-metrics.ts';
import { type PrivateChat, privateChatOf } from './delivery-target.ts';
import type { DeliveryMode, Priority } from './queued-screen.ts';
import { ChatQueue, type ChatQueueDeps } from './chat-queue.ts';
import { GROUP_CHAT, TokenBucket } from './token-bucket.ts';
import { Remover } from './remover.ts';
import { ScreenWriter } from './screen-writer.ts';
import { TapAnswers } from './tap-answers.ts';

export interface OutboxDeps extends ChatMemoryDeps {
  readonly api: Api;
  readonly clock: Clock;
  readonly clientTime: boolean;
  /** A button's action as callback data; throws for one that no feature knows. */
  readonly pack: (action: ActionShape) => string;
  readonly timing?: Timing;
}

/** How a screen is to be shown; a reply to the player, unless it is said otherwise. */
export interface ShowOptions {
  readonly mode: DeliveryMode;
  readonly priority?: Priority;
  readonly language?: Language;
  /** The reader's language where it has just been read. */
  readonly readerLanguage?: Language | null;
  /** A `moment()` from before what the screen shows was read; by default it has been read just now. */
  readonly asOfMs?: number;
}

export interface ErrorOptions extends ShowOptions {
  readonly kind: ErrorKind;
}

export interface TapFacts {
  readonly queryId: string;
  readonly userId: number;
}

/** Lanes of chats that were written to lately; beyond this many the rested ones are forgotten. */
const MAX_QUEUES = 5_000;

/**
 * Everything that is sent goes through here: the one screen of every chat, in a lane of its own,
 * and the answers to taps, ahead of all. Nothing here rejects: what cannot be sent is logged.
 */
export class Outbox implements Announcer {
  readonly metrics: Readonly<OutboxMetrics>;
  readonly #log: Log;
  readonly #api: Api;
  readonly #clock: Clock;
  readonly #timing: Timing;
  readonly #memory: ChatMemory;
  readonly #answers: TapAnswers;
  readonly #limiter: CallLimiter;
  readonly #lock: ChatLock;
  readonly #queueDeps: ChatQueueDeps;
  readonly #queues = new Map<number, ChatQueue>();
  readonly #groups = new Map<number, TokenBucket>();

  constructor(deps: OutboxDeps) {
    const { api, clock, log, timing = systemTiming } = deps;
    const limiter = new CallLimiter(timing);
    const metrics = emptyMetrics();
    const memory = new ChatMemory(deps);
    const writer = new ScreenWriter({ ...deps, limiter, memory, metrics });
    const remover = new Remover({ api, limiter, log });
    this.metrics = metrics;
    this.#log = log;
    this.#api = api;
    this.#clock = clock;
    this.#timing = timing;
    this.#memory = memory;
    this.#limiter = limiter;
    this.#answers = new TapAnswers({ api, limiter, timing });
    // Leases run by the store's time, whatever the outbox measures by.
    const lock = new ChatLock({ chats: deps.chats, memory, timing: systemTiming });
    this.#lock = lock;
    this.#queueDeps = { writer, lock, remover, limiter, timing, metrics, log };
  }

  /** Shows a user a screen; resolves once it, or a newer one, is there or given up. */
  show(userId: number, payload: UiPayload, options: ShowOptions): Promise<void> {
    const { mode, priority = 'reply', language = null, readerLanguage = null } = options;
    const { asOfMs = this.now() } = options;
    this.#queueDeps.metrics.requested += 1;
    const times = { createdMs: this.#timing.now(), asOfMs };
    return this.#queue(privateChatOf(userId)).show({
      payload,
      mode,
      priority,
      language,
      readerLanguage,
      ...times,
    });
  }

  /** Now, by the arena's clock. */
  now(): number {
    return this.#clock.now();
  }

  announce(userId: number, payload: UiPayload, mode: 'edit' | 'notify' | 'ambient'): void {
    const how: ShowOptions =
      mode === 'ambient' ? { mode: 'edit', priority: 'ambient' } : { mode, priority: 'turn' };
    void this.show(userId, payload, how);
  }

  /** Something broke: says so in place of the screen, with a way on. */
  showError(userId: number, { kind, ...options }: ErrorOptions): Promise<void> {
    return this.show(userId, errorScreen(kind), options);
  }

  /** Ends a tapped button's spinner, with a toast or without one. */
  async answer(tap: TapFacts, toast: string | null): Promise<void> {
    try {
      await this.#answers.answer(tap.queryId, toast);
    } catch (error) {
      this.#log.warn({ ...tap, ...factsOf(error) }, 'a tap could not be acknowledged');
    }
  }

  /** A line in a group. A group that asks for more than its share is not answered. */
  async sendToGroup(chatId: number, line: string): Promise<void> {
    const pace = this.#groups.get(chatId) ?? new TokenBucket(GROUP_CHAT);
    this.#groups.set(chatId, pace);
    if (pace.waitMs(this.#timing.now()) > 0) return;
    pace.spend(this.#timing.now());
    evict(this.#groups, (one) => one.isFull(this.#timing.now()));
    try {
      await this.#limiter.run('reply', (signal) => this.#api.sendMessage(chatId, line, {}, signal));
    } catch (error) {
      const floodMs = floodWaitMs(error);
      if (floodMs !== null) pace.pauseFor(this.#timing.now(), floodMs);
      else this.#log.warn({ chatId, ...factsOf(error) }, 'a group could not be answered');
    }
  }

  /** The user's screen may look otherwise than remembered: the next one is written all the same. */
  invalidate(userId: number): void {
    this.#queue(privateChatOf(userId)).notes.isInvalid = true;
  }

  /** What is remembered of the user's present screen; never rejects. */
  currentScreen(userId: number): Promise<CurrentScreen | null> {
    return this.#memory.currentScreen(privateChatOf(userId).chatId);
  }

  /** What the next typed text answers; undefined if nobody remembers the present screen. */
  async asks(userId: number): Promise<string | null | undefined> {
    const coming = this.#queues.get(privateChatOf(userId).chatId)?.pendingScreen ?? null;
    if (coming !== null) return coming.asks ?? null;
    return (await this.currentScreen(userId))?.asks;
  }

  /**
   * Whether the message, which the user has tapped, is their present screen. A chat without
   * one takes it as such, and so does a chat where it can be one that we sent and never heard of.
   */
  async isCurrent(
    userId: number,
    messageId: number,
    known = this.currentScreen(userId),
  ): Promise<boolean> {
    const present = await known;
    if (present !== null && isKnown(messageId, present)) return present.messageId === messageId;
    // Not while another screen is on its way: each would know nothing of the other, and both stay.
    const target = privateChatOf(userId);
    return this.#lock.withLock(target.chatId, () => this.#adopt(target, messageId));
  }

  async #adopt(target: PrivateChat, messageId: number): Promise<boolean> {
    const { chatId, userId } = target;
    const present = await this.#memory.currentScreen(chatId);
    if (present !== null && isKnown(messageId, present)) return present.messageId === messageId;
    if (present?.messageId === messageId) {
      await this.#memory.remember(chatId, { ...present, unanswered: 0 });
      return true;
    }
    const unknown = { digest: '', screen: '', state: null, asOfMs: null, unanswered: 0 };
    await this.#memory.remember(chatId, { messageId, ...unknown });
    this.#queue(target).adopt(messageId);
    if (present !== null) void this.removeMessage(userId, present.messageId);
    return true;
  }

  /** Takes an old screen out of the chat; past 48 h, when it cannot be deleted, its keyboard. */
  removeMessage(userId: number, messageId: number): Promise<void> {
    return this.#queue(privateChatOf(userId)).remove(messageId);
  }

  /** Resolves once nothing is under way any more. */
  async idle(): Promise<void> {
    await Promise.all([...this.#queues.values()].map((lane) => lane.idle()));
  }

  /** Like `idle`, at the end: what is left is done at once, and nothing more is taken. */
  async drain(): Promise<void> {
    await Promise.all([...this.#queues.values()].map((lane) => lane.drain()));
  }

  #queue(target: PrivateChat): ChatQueue {
    const known = this.#queues.get(target.chatId);
    if (known !== undefined) return known;
    evict(this.#queues, (lane) => lane.isEvictable);
    const opened = new ChatQueue(target, this.#queueDeps);
    this.#queues.set(target.chatId, opened);
    return opened;
  }
}

/** Whether it is clear what the message is: the present screen, or an old one. */
function isKnown(messageId: number, { messageId: presentId, unanswered }: CurrentScreen): boolean {
  return unanswered === 0 && messageId <= presentId;
}

function evict<T>(map: Map<number, T>, isRested: (one: T) => boolean): void {
  if (map.size < MAX_QUEUES) return;
  for (const [chatId, one] of map) if (isRested(one)) map.delete(chatId);
}
