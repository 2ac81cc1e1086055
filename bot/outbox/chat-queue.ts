import type { UiPayload } from '../../domains/core/ui-payload.ts';
import { type ApiFailure, failureOf, floodWaitMs, isTransient } from '../api-errors.ts';
import { type CallController, SLOW_MS, newCallController } from './call-limiter.ts';
import type { ChatLock } from './chat-lock.ts';
import type { PrivateChat } from './delivery-target.ts';
import { errorScreen } from './error-screen.ts';
import { LatestScreens } from './latest-screens.ts';
import { MessageCleanup, type MessageCleanupDeps } from './message-cleanup.ts';
import { type QueuedScreen, copyOf, mergeScreens } from './queued-screen.ts';
import type { ChatNotes, ScreenWriter } from './screen-writer.ts';
import { PRIVATE_CHAT, TokenBucket } from './token-bucket.ts';

export interface ChatQueueDeps extends MessageCleanupDeps {
  readonly writer: ScreenWriter;
  readonly lock: ChatLock;
  /** How long a player waited for the screen that they asked for. */
  readonly onAnswered?: ((waitedMs: number) => void) | undefined;
}

/** A screen that could not be shown for this long is given up. */
const LIFE_MS = 10 * 60_000;
const FIRST_PAUSE_MS = 250;
const MAX_PAUSE_MS = 10_000;
/** Telegram may hold a call for 8 s: an aborted frame can overwrite the screen until then. */
const RECHECKS_MS = [3_000, 10_000];
/** The minimum time between two silent new messages: of a burst, the last one is enough. */
const RESEND_EVERY_MS = 1_200;
/** A stopping process waits no longer than this for a chat's rate limit. */
const MAX_LAST_WAIT_MS = 1_000;
const NEW_ATTEMPT = { calls: 0, slowestMs: 0, currentId: null, isUnanswered: false };

/** Sends screens to one chat: one call at a time, and the newest screen replaces the waiting one. */
export class ChatQueue {
  readonly notes: ChatNotes;
  readonly #deps: ChatQueueDeps;
  readonly #bucket = new TokenBucket(PRIVATE_CHAT);
  readonly #cleanup: MessageCleanup;
  readonly #latest = new LatestScreens();
  #next: QueuedScreen | null = null;
  #shown: QueuedScreen | null = null;
  #running: Promise<void> | null = null;
  #animationCall: CallController | null = null;
  #recheckAtMs: number[] = [];
  #lastResendMs = -Infinity;
  #reservedMs: number | null = null;
  #isClosing = false;
  #writing: QueuedScreen | null = null;
  #failures = 0;
  #sleep: AbortController | null = null;

  constructor(target: PrivateChat, deps: ChatQueueDeps) {
    this.notes = { target, ...NEW_ATTEMPT, isInvalid: false, unanswered: 0, oldMessageIds: [] };
    this.#deps = deps;
    this.#cleanup = new MessageCleanup(target.chatId, deps);
  }

  /** Resolves when the queue is empty; never rejects. */
  show(item: QueuedScreen): Promise<void> {
    const { metrics } = this.#deps;
    if (this.#isClosing || (item.priority === 'ambient' && !this.#hasTimeForAnimation())) {
      metrics[this.#isClosing ? 'dropped' : 'skipped'] += 1;
      return this.idle();
    }
    // A reply and the announcement of the same turn look the same: one of them is enough.
    const isRepeated = !this.notes.isInvalid && this.#latest.has(item);
    const current = isRepeated ? null : this.#latest.upToDate(item);
    if (this.#next !== null || current === null) metrics.superseded += 1;
    if (current === null) return this.idle();
    this.#next = mergeScreens(this.#next, current);
    // A reply does not wait for a running animation or removal.
    if (item.priority !== 'ambient') this.#animationCall?.abort();
    this.#cleanup.preempt();
    return this.#wake();
  }

  /** Removes an old message when nothing else is to be sent. */
  remove(messageId: number): Promise<void> {
    this.#cleanup.add(messageId);
    return this.#wake();
  }

  /** A tapped message has become the current screen; what it shows is unknown. */
  adopt(messageId: number): void {
    this.#cleanup.keep(messageId);
    this.notes.isInvalid = true;
    this.notes.unanswered = 0;
  }

  idle(): Promise<void> {
    return this.#running ?? Promise.resolve();
  }

  /** Like `idle`, without waiting for quiet moments; screens that come later are dropped. */
  drain(): Promise<void> {
    this.#isClosing = true;
    this.#recheckAtMs = [];
    this.#cleanup.flush();
    this.#sleep?.abort();
    return this.idle();
  }

  /** The newest screen until it is shown; null afterwards, when other processes may write. */
  get pendingScreen(): UiPayload | null {
    return this.waiting === null ? null : this.#latest.newest;
  }

  /** The screen that is being written, else the one that is written next. */
  get waiting(): QueuedScreen | null {
    return this.#writing ?? this.#next;
  }

  /** True if the queue holds no state that a new one would lack. */
  get isEvictable(): boolean {
    const isIdle = this.#running === null && !this.notes.isInvalid;
    return isIdle && this.#bucket.isFull(this.#deps.timing.now());
  }

  #hasTimeForAnimation(): boolean {
    const { limiter, budget, timing } = this.#deps;
    if (limiter.isOverloaded || budget.hasBacklog || this.#running !== null) return false;
    return this.#bucket.backgroundWaitMs(timing.now()) === 0;
  }

  #wake(): Promise<void> {
    this.#sleep?.abort();
    this.#running ??= this.#run();
    return this.#running;
  }

  async #run(): Promise<void> {
    // Screens that are requested in the same tick are merged first.
    await Promise.resolve();
    while (this.#next !== null || this.#cleanup.hasWork || this.#recheckAtMs.length > 0) {
      if (this.#next !== null) await this.#showNext(this.#next);
      else if (this.#cleanup.hasWork) await this.#cleanUp();
      else await this.#recheck();
    }
    // No await since the last check: nothing can be added to a queue that has ended.
    this.#running = null;
  }

  async #showNext(item: QueuedScreen): Promise<void> {
    const waitMs = this.#waitMs(item);
    if (waitMs > MAX_LAST_WAIT_MS && this.#isClosing) {
      this.#drop(item);
      return;
    }
    // The loop looks again afterwards: a newer screen may have replaced this one.
    if (waitMs > 0) return this.#sleepFor(waitMs);
    if (item.mode === 'resend' && this.#cleanup.isBacklogged())
      return this.#cleanup.removeNext(this.#bucket);
    this.#next = null;
    this.#writing = item;
    try {
      await this.#attempt(item);
      this.#failures = 0;
    } catch (error) {
      await this.#handleFailure(item, error);
    } finally {
      this.#writing = null;
    }
  }

  #waitMs({ mode, priority }: QueuedScreen): number {
    const nowMs = this.#deps.timing.now();
    const apartMs = mode === 'resend' ? this.#lastResendMs + RESEND_EVERY_MS - nowMs : 0;
    const waitMs = Math.max(this.#bucket.waitMs(nowMs), apartMs);
    if (waitMs > 0 || priority === 'reply' || this.#isClosing) return waitMs;
    this.#reservedMs ??= this.#deps.budget.reserve();
    return this.#reservedMs - nowMs;
  }

  async #attempt(item: QueuedScreen): Promise<void> {
    const { writer, lock, metrics, timing, onAnswered } = this.#deps;
    const controller = newCallController();
    if (item.priority === 'ambient') this.#animationCall = controller;
    this.#reservedMs = null;
    Object.assign(this.notes, NEW_ATTEMPT);
    // Until the last recheck it is unknown what the chat shows.
    if (this.#recheckAtMs.length > 0 || item.isRecheck) this.notes.isInvalid = true;
    try {
      const write = () => writer.write(item, this.notes, controller);
      const result = await lock.withLock(this.notes.target.chatId, write);
      metrics[result] += 1;
      if (result !== 'skipped') this.#shown = item;
      if (item.askedMs !== undefined) onAnswered?.(timing.now() - item.askedMs);
      if (result === 'sent' && item.mode === 'resend') this.#lastResendMs = timing.now();
    } finally {
      this.#animationCall = null;
      this.#applyResult();
    }
  }

  #applyResult(): void {
    const nowMs = this.#deps.timing.now();
    this.#bucket.spend(nowMs, this.notes.calls);
    for (const oldId of this.notes.oldMessageIds.splice(0)) this.#cleanup.add(oldId);
    if (this.notes.currentId !== null) this.#cleanup.keep(this.notes.currentId);
    if (this.notes.slowestMs > SLOW_MS) this.#bucket.slowDown(nowMs);
  }

  async #handleFailure(item: QueuedScreen, error: unknown): Promise<void> {
    const { timing, metrics } = this.#deps;
    const failure = failureOf(error);
    const floodMs = floodWaitMs(error);
    if (floodMs !== null) {
      metrics.floods += 1;
      this.#bucket.pauseFor(timing.now(), floodMs);
    }
    if (item.priority === 'ambient') {
      this.#endAnimation(item, failure);
      return;
    }
    if (!isTransient(failure) || timing.now() - item.createdMs > LIFE_MS) {
      this.#giveUp(item, error);
      return;
    }
    metrics.retried += 1;
    const again = this.notes.isUnanswered ? copyOf(item) : item;
    this.#next = this.#next === null ? again : mergeScreens(again, this.#next);
    // The first copy follows at once; so does the retry after a flood wait, which the bucket delays.
    if (floodMs === null && again.isCopy === item.isCopy) await this.#pause();
  }

  /** A frame without a response may arrive late: the screen is written again afterwards. */
  #endAnimation(item: QueuedScreen, failure: ApiFailure): void {
    const { timing, metrics } = this.#deps;
    metrics.skipped += 1;
    if (failure !== 'unknown' || item.isRecheck === true || this.#isClosing) return;
    // Without a newer screen, the frame itself is what the chat should show.
    if (this.#next === null) this.#shown = item;
    this.#recheckAtMs = RECHECKS_MS.map((ms) => timing.now() + ms);
  }

  async #recheck(): Promise<void> {
    const nowMs = this.#deps.timing.now();
    const [dueMs = 0] = this.#recheckAtMs;
    const waitMs = Math.max(dueMs - nowMs, this.#bucket.backgroundWaitMs(nowMs));
    if (waitMs > 0) return this.#sleepFor(waitMs);
    this.#recheckAtMs.shift();
    if (this.#shown === null) return;
    const how = { mode: 'edit', priority: 'ambient', askedMs: undefined, isRecheck: true } as const;
    this.#next = { ...this.#shown, ...how, createdMs: nowMs };
  }

  #giveUp(item: QueuedScreen, error: unknown): void {
    const { log, metrics, timing } = this.#deps;
    const failure = failureOf(error);
    const facts = { chatId: this.notes.target.chatId, screen: item.payload.screen };
    if (failure === 'unreachable') {
      log.debug(facts, 'user unreachable');
      return;
    }
    this.notes.isInvalid = true;
    metrics.dropped += 1;
    const payload = errorScreen('internal');
    // A failed error screen has been logged by its cause.
    if (item.payload.screen === payload.screen) return;
    log.error({ ...facts, err: error }, 'screen delivery failed');
    if (!isTransient(failure))
      this.#next ??= { ...item, payload, mode: 'edit', createdMs: timing.now() };
  }

  /** Waits longer after every failure in a row; a new screen ends the wait. */
  async #pause(): Promise<void> {
    const ms = Math.min(FIRST_PAUSE_MS * 2 ** this.#failures, MAX_PAUSE_MS);
    this.#failures += 1;
    await this.#sleepFor(ms);
  }

  /** The process stops while the chat may not be written to; the next tap brings the screen. */
  #drop(item: QueuedScreen): void {
    const { log, metrics } = this.#deps;
    this.#next = null;
    metrics.dropped += 1;
    const facts = { chatId: this.notes.target.chatId, screen: item.payload.screen };
    log.warn(facts, 'screen dropped at shutdown');
  }

  async #cleanUp(): Promise<void> {
    const waitMs = this.#cleanup.waitMs(this.#bucket);
    if (waitMs > 0) return this.#sleepFor(waitMs);
    await this.#cleanup.removeNext(this.#bucket);
  }

  async #sleepFor(ms: number): Promise<void> {
    const sleep = new AbortController();
    this.#sleep = sleep;
    await this.#deps.timing.wait(ms, sleep.signal);
    this.#sleep = null;
  }
}
