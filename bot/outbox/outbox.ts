import type { Api } from 'grammy';
import { boundedMap } from '../../domains/core/bounded-map.ts';
import type { Announcement, Announcer } from '../../domains/core/announcer.ts';
import type { Clock } from '../../domains/core/clock.ts';
import type { Messenger } from '../../domains/core/messenger.ts';
import type { ActionShape, UiPayload } from '../../domains/core/ui-payload.ts';
import type { Language } from '../../resources/texts/index.ts';
import { floodWaitMs } from '../api-errors.ts';
import { type Timing, systemTiming } from '../timing.ts';
import { answerTap } from './answer-tap.ts';
import { BulkBudget } from './bulk-budget.ts';
import { CallLimiter } from './call-limiter.ts';
import { ChatLock } from './chat-lock.ts';
import { ChatMemory, type ChatMemoryDeps, type CurrentScreen } from './chat-memory.ts';
import { ChatQueue, type ChatQueueDeps } from './chat-queue.ts';
import { DirectMessages } from './direct-messages.ts';
import { type GroupMessage, type PrivateChat, privateChatOf } from './delivery-target.ts';
import { type OutboxMetrics, emptyMetrics } from './outbox-metrics.ts';
import type { DeliveryMode, Priority } from './queued-screen.ts';
import { ScreenWriter } from './screen-writer.ts';
import { GROUP_CHAT, TokenBucket } from './token-bucket.ts';

export interface OutboxDeps extends ChatMemoryDeps {
  readonly api: Api;
  readonly clock: Clock;
  readonly clientTime: boolean;
  /** A button's action as callback data; throws for one that no feature knows. */
  readonly pack: (action: ActionShape) => string;
  readonly timing?: Timing;
  readonly onAnswered?: ChatQueueDeps['onAnswered'];
}

export interface ShowOptions {
  readonly mode: DeliveryMode;
  /** `reply` by default. */
  readonly priority?: Priority;
  readonly language?: Language;
  /** The reader's language, if it has just been read. */
  readonly readerLanguage?: Language | null;
  /** `outbox.now()` from before the shown state was read; by default the present. */
  readonly asOfMs?: number;
  /** When the tap or message arrived, as the outbox's timing measures it. */
  readonly askedMs?: number | undefined;
}

export interface TapFacts {
  readonly queryId: string;
  readonly userId: number;
}

/** With this many chats, those that need no state are forgotten. */
const MAX_CHATS = 5_000;

/**
 * Sends everything: the one screen of every chat, from a queue per chat, and the answers to taps,
 * which go first. Never rejects: failures are logged.
 */
export class Outbox implements Announcer {
  readonly metrics: Readonly<OutboxMetrics>;
  readonly messenger: Messenger;
  readonly #clock: Clock;
  readonly #memory: ChatMemory;
  readonly #deps: ChatQueueDeps;
  readonly #queues = new Map<number, ChatQueue>();
  readonly #groups = boundedMap<number, TokenBucket>(MAX_CHATS);

  constructor(deps: OutboxDeps) {
    const { api, chats, clock, log, timing = systemTiming, onAnswered } = deps;
    const limiter = new CallLimiter(timing);
    const budget = new BulkBudget(timing);
    const metrics = emptyMetrics();
    const memory = new ChatMemory(deps);
    // The store measures leases, so a test's faster timing must not apply here.
    const lock = new ChatLock({ chats, memory, timing: systemTiming });
    const writer = new ScreenWriter({ ...deps, limiter, memory, metrics });
    this.metrics = metrics;
    this.messenger = new DirectMessages({ api, limiter, budget, timing, memory, log });
    this.#clock = clock;
    this.#memory = memory;
    this.#deps = { api, writer, lock, limiter, budget, timing, metrics, log, onAnswered };
  }

  /** Shows a user a screen; resolves when it, or a newer one, is shown or dropped. */
  show(userId: number, payload: UiPayload, options: ShowOptions): Promise<void> {
    const { mode, priority = 'reply', language = null, readerLanguage = null } = options;
    const { asOfMs = this.now(), askedMs } = options;
    const { metrics, timing } = this.#deps;
    metrics.requested += 1;
    const how = { mode, priority, language, readerLanguage };
    const item = { payload, ...how, createdMs: timing.now(), asOfMs, askedMs };
    return this.#queue(privateChatOf(userId)).show(item);
  }

  now(): number {
    return this.#clock.now();
  }

  announce(userId: number, payload: UiPayload, { delivery, cause }: Announcement): void {
    const priority = cause === 'tap' ? 'reply' : 'clock';
    const how: ShowOptions =
      delivery === 'ambient' ? { mode: 'edit', priority: 'ambient' } : { mode: delivery, priority };
    void this.show(userId, payload, how);
  }

  async answer(tap: TapFacts, toast: string | null): Promise<void> {
    try {
      await answerTap(this.#deps, tap.queryId, toast);
    } catch (error) {
      this.#deps.log.warn({ ...tap, err: error }, 'tap answer failed');
    }
  }

  /** Sends a line to a group, or to a topic of it; nothing if the group's rate limit is used up. */
  async sendToGroup(
    { chatId, topicId }: Pick<GroupMessage, 'chatId' | 'topicId'>,
    line: string,
  ): Promise<void> {
    const { api, limiter, log, timing } = this.#deps;
    const bucket = this.#groups.get(chatId) ?? new TokenBucket(GROUP_CHAT);
    this.#groups.set(chatId, bucket);
    if (bucket.waitMs(timing.now()) > 0) return;
    bucket.spend(timing.now());
    const where = topicId === null ? {} : { message_thread_id: topicId };
    try {
      await limiter.run('reply', (signal) => api.sendMessage(chatId, line, where, signal));
    } catch (error) {
      const floodMs = floodWaitMs(error);
      if (floodMs !== null) bucket.pauseFor(timing.now(), floodMs);
      else log.warn({ chatId, err: error }, 'group message failed');
    }
  }

  /** The chat may show something else than remembered: the next screen is written in any case. */
  invalidate(userId: number): void {
    this.#queue(privateChatOf(userId)).notes.isInvalid = true;
  }

  /** What is remembered of the user's screen; never rejects. */
  currentScreen(userId: number): Promise<CurrentScreen | null> {
    return this.#memory.currentScreen(privateChatOf(userId).chatId);
  }

  /** What the next typed text answers; null: nothing; undefined: the screen is unknown. */
  async asks(userId: number): Promise<string | null | undefined> {
    const pending = this.#queues.get(privateChatOf(userId).chatId)?.pendingScreen ?? null;
    if (pending !== null) return pending.asks ?? null;
    return (await this.currentScreen(userId))?.asks;
  }

  /**
   * Whether the tapped message is the user's current screen. It becomes that if the chat has none, or
   * if it may be a message that was sent without a response.
   */
  async isCurrent(
    userId: number,
    messageId: number,
    known = this.currentScreen(userId),
  ): Promise<boolean> {
    const current = await known;
    if (current !== null && isKnown(messageId, current)) return current.messageId === messageId;
    const target = privateChatOf(userId);
    // Under the lock: a screen that is being sent at this moment would be unknown, and both would stay.
    return this.#deps.lock.withLock(target.chatId, () => this.#adopt(target, messageId));
  }

  async #adopt(target: PrivateChat, messageId: number): Promise<boolean> {
    const { chatId, userId } = target;
    const current = await this.#memory.currentScreen(chatId);
    if (current !== null && isKnown(messageId, current)) return current.messageId === messageId;
    if (current?.messageId === messageId) {
      await this.#memory.remember(chatId, { ...current, unanswered: 0 });
      return true;
    }
    const unknown = { digest: '', screen: '', state: null, asOfMs: null, unanswered: 0 };
    await this.#memory.remember(chatId, { messageId, ...unknown });
    this.#queue(target).adopt(messageId);
    if (current !== null) void this.removeMessage(userId, current.messageId);
    return true;
  }

  removeMessage(userId: number, messageId: number): Promise<void> {
    return this.#queue(privateChatOf(userId)).remove(messageId);
  }

  /** How long the oldest screen of each priority has been waiting; 0: none does. */
  waitsMs(): Readonly<Record<Priority, number>> {
    const waits = { reply: 0, clock: 0, ambient: 0 };
    for (const { waiting } of this.#queues.values()) {
      if (waiting === null) continue;
      const ms = this.#deps.timing.now() - waiting.createdMs;
      waits[waiting.priority] = Math.max(waits[waiting.priority], ms);
    }
    return waits;
  }

  async idle(): Promise<void> {
    await Promise.all([...this.#queues.values()].map((queue) => queue.idle()));
  }

  /** Sends what is queued without waiting for quiet moments, and accepts nothing more. */
  async drain(): Promise<void> {
    await Promise.all([...this.#queues.values()].map((queue) => queue.drain()));
  }

  #queue(target: PrivateChat): ChatQueue {
    const known = this.#queues.get(target.chatId);
    if (known !== undefined) return known;
    if (this.#queues.size >= MAX_CHATS)
      for (const [id, queue] of this.#queues) if (queue.isEvictable) this.#queues.delete(id);
    const opened = new ChatQueue(target, this.#deps);
    this.#queues.set(target.chatId, opened);
    return opened;
  }
}

/** Whether the message is surely the current screen or surely an old one. */
function isKnown(messageId: number, { messageId: currentId, unanswered }: CurrentScreen): boolean {
  return unanswered === 0 && messageId <= currentId;
}
