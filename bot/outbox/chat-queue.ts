import type { Log } from '../../domains/core/log.ts';
import type { UiPayload } from '../../domains/core/ui-payload.ts';
import { type ApiFailure, factsOf, failureOf, floodWaitMs, isTransient } from '../api-errors.ts';
import { errorScreen } from './error-screen.ts';
import {
  type CallLimiter,
  type CallController,
  SLOW_MS,
  newCallController,
} from './call-limiter.ts';
import type { ChatLock } from './chat-lock.ts';
import type { PrivateChat } from './delivery-target.ts';
import { LatestScreens } from './latest-screens.ts';
import { type QueuedScreen, copyOf, mergeScreens } from './queued-screen.ts';
import { TokenBucket, PRIVATE_CHAT } from './token-bucket.ts';
import type { ChatNotes, ScreenWriter } from './screen-writer.ts';
import { MessageCleanup, type MessageCleanupDeps } from './message-cleanup.ts';

export interface ChatQueueDeps extends MessageCleanupDeps {
  readonly writer: ScreenWriter;
  readonly lock: ChatLock;
  readonly limiter: CallLimiter;
  readonly log: Log;
}

/** A screen that could not be shown for so long is not news any more. */
const LIFE_MS = 10 * 60_000;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 10_000;
/** When a frame that was broken off has come through at the server at last: it holds calls for 8 s. */
const RECHECKS_MS = [3_000, 10_000];
/** Screens in new messages come so far apart, unless they make a sound: the last of a burst will do. */
const BELOW_EVERY_MS = 1_200;
/** A process that ends does not wait longer than this for a chat that Telegram wants left alone. */
const LAST_WAIT_MS = 1_000;
/** What the notes say before an attempt. */
const NEW_ATTEMPT = { calls: 0, slowestMs: 0, currentId: null, isUnanswered: false };

/** What is on its way into one chat: one call at a time, the newest screen wins. */
export class ChatQueue {
  readonly notes: ChatNotes;
  readonly #deps: ChatQueueDeps;
  readonly #bucket = new TokenBucket(PRIVATE_CHAT);
  readonly #cleanup: MessageCleanup;
  #next: QueuedScreen | null = null;
  #running: Promise<void> | null = null;
  #animationCall: CallController | null = null;
  readonly #latest = new LatestScreens();
  /** The screen in the chat. */
  #shown: QueuedScreen | null = null;
  #recheckAtMs: number[] = [];
  #lastResendMs = -Infinity;
  #isClosing = false;
  #isWriting = false;
  #failures = 0;
  #sleep: AbortController | null = null;

  constructor(target: PrivateChat, deps: ChatQueueDeps) {
    this.notes = { target, ...NEW_ATTEMPT, isInvalid: false, unanswered: 0, oldMessageIds: [] };
    this.#deps = deps;
    this.#cleanup = new MessageCleanup(target.chatId, deps);
  }

  /** Resolves once the lane has nothing left to do; never rejects. */
  show(item: QueuedScreen): Promise<void> {
    const { metrics } = this.#deps;
    if (this.#isClosing || (item.priority === 'ambient' && !this.#hasTimeForAnimation())) {
      metrics[this.#isClosing ? 'dropped' : 'skipped'] += 1;
      return this.idle();
    }
    // Its reply and the announcement of a turn show a player the same: once is enough.
    if (!this.notes.isInvalid && this.#latest.has(item)) {
      metrics.superseded += 1;
      return this.idle();
    }
    const current = this.#latest.upToDate(item);
    if (this.#next !== null || current === null) metrics.superseded += 1;
    if (current === null) return this.idle();
    this.#next = mergeScreens(this.#next, current);
    // Nobody's reply waits for an animation, nor for a broom, not even for one under way.
    if (item.priority !== 'ambient') this.#animationCall?.abort();
    this.#cleanup.preempt();
    return this.#wake();
  }

  /** Takes an old message out of the chat when nothing else is to be done. */
  remove(messageId: number): Promise<void> {
    this.#cleanup.add(messageId);
    return this.#wake();
  }

  /** A message that the player has tapped is the screen now, and may look like anything. */
  adopt(messageId: number): void {
    this.#cleanup.keep(messageId);
    Object.assign(this.notes, { isSpoilt: true, unanswered: 0 });
  }

  idle(): Promise<void> {
    return this.#running ?? Promise.resolve();
  }

  /** Like `idle`, and what is left is done at once. */
  drain(): Promise<void> {
    this.#isClosing = true;
    this.#recheckAtMs = [];
    this.#cleanup.flush();
    this.#sleep?.abort();
    return this.idle();
  }

  /** The newest screen until it is shown; null once it is: from then on other processes may write. */
  get pendingScreen(): UiPayload | null {
    return this.#next === null && !this.#isWriting ? null : this.#latest.newest;
  }

  /** True if the lane can be forgotten. */
  get isEvictable(): boolean {
    const isIdle = this.#running === null && !this.notes.isInvalid;
    return isIdle && this.#bucket.isFull(this.#deps.timing.now());
  }

  #hasTimeForAnimation(): boolean {
    const { limiter, timing } = this.#deps;
    return (
      !limiter.isOverloaded &&
      this.#running === null &&
      this.#bucket.backgroundWaitMs(timing.now()) === 0
    );
  }

  #wake(): Promise<void> {
    this.#sleep?.abort();
    this.#running ??= this.#run();
    return this.#running;
  }

  async #run(): Promise<void> {
    // The caller has handed in what woke us; everything else happens in turns of its own.
    await Promise.resolve();
    while (this.#next !== null || this.#cleanup.hasWork || this.#recheckAtMs.length > 0) {
      if (this.#next !== null) await this.#showNext(this.#next);
      else if (this.#cleanup.hasWork) await this.#cleanUp();
      else await this.#recheck();
    }
    // In the same breath as the last look: nothing can be added to a lane that has ended.
    this.#running = null;
  }

  async #showNext(item: QueuedScreen): Promise<void> {
    // Newer screens take the place of this one while it waits for its turn.
    const waitMs = this.#waitMs(item);
    if (waitMs > 0 && this.#isClosing && waitMs > LAST_WAIT_MS) {
      this.#abandon(item);
      return;
    }
    if (waitMs > 0) return this.#sleepFor(waitMs);
    if (item.mode === 'resend' && this.#cleanup.isBacklogged())
      return this.#cleanup.removeNext(this.#bucket);
    this.#next = null;
    this.#isWriting = true;
    try {
      await this.#attempt(item);
      this.#failures = 0;
    } catch (error) {
      await this.#handleFailure(item, error);
    } finally {
      this.#isWriting = false;
    }
  }

  #waitMs({ mode }: QueuedScreen): number {
    const nowMs = this.#deps.timing.now();
    const apartMs = mode === 'resend' ? this.#lastResendMs + BELOW_EVERY_MS - nowMs : 0;
    return Math.max(this.#bucket.waitMs(nowMs), apartMs);
  }

  async #attempt(item: QueuedScreen): Promise<void> {
    const { writer, lock, metrics, timing } = this.#deps;
    const cut = newCallController();
    if (item.priority === 'ambient') this.#animationCall = cut;
    Object.assign(this.notes, NEW_ATTEMPT);
    // Until the last recheck nobody knows what the chat looks like.
    if (this.#recheckAtMs.length > 0 || item.isRecheck) this.notes.isInvalid = true;
    try {
      const write = () => writer.write(item, this.notes, cut);
      const how = await lock.withLock(this.notes.target.chatId, write);
      metrics[how] += 1;
      if (how !== 'skipped') this.#shown = item;
      if (how === 'sent' && item.mode === 'resend') this.#lastResendMs = timing.now();
    } finally {
      this.#animationCall = null;
      this.#applyResult();
    }
  }

  #applyResult(): void {
    const nowMs = this.#deps.timing.now();
    this.#bucket.spend(nowMs, this.notes.calls);
    for (const leftover of this.notes.oldMessageIds.splice(0)) this.#cleanup.add(leftover);
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
    // A newer screen may have come meanwhile: it wins, in the louder mode of both.
    this.#next = this.#next === null ? again : mergeScreens(again, this.#next);
    // The first copy follows at once.
    if (floodMs === null && again.isCopy === item.isCopy) await this.#pause();
  }

  /** A frame without an answer may come through at any time: the screen is written again after it. */
  #endAnimation(item: QueuedScreen, failure: ApiFailure): void {
    const { timing, metrics } = this.#deps;
    metrics.skipped += 1;
    if (failure !== 'unknown' || item.isRecheck === true || this.#isClosing) return;
    // Nothing newer has come: then it is the frame itself that should be there.
    if (this.#next === null) this.#shown = item;
    this.#recheckAtMs = RECHECKS_MS.map((ms) => timing.now() + ms);
  }

  async #recheck(): Promise<void> {
    const { timing } = this.#deps;
    const [dueMs = 0] = this.#recheckAtMs;
    const waitMs = Math.max(dueMs - timing.now(), this.#bucket.backgroundWaitMs(timing.now()));
    if (waitMs > 0) return this.#sleepFor(waitMs);
    this.#recheckAtMs.shift();
    if (this.#shown === null) return;
    const createdMs = timing.now();
    const rest = { mode: 'edit', priority: 'ambient' } as const;
    this.#next = { ...this.#shown, ...rest, createdMs, isRecheck: true };
  }

  #giveUp(item: QueuedScreen, error: unknown): void {
    const { log, metrics, timing } = this.#deps;
    const facts = { chatId: this.notes.target.chatId, screen: item.payload.screen };
    if (failureOf(error) === 'unreachable') {
      log.info(facts, 'the player cannot be reached');
      return;
    }
    this.notes.isInvalid = true;
    metrics.dropped += 1;
    const apology = errorScreen('internal');
    // Of an apology that fails as well the log knows already why.
    if (item.payload.screen === apology.screen) return;
    log.error({ ...facts, ...factsOf(error) }, 'a screen could not be shown');
    if (isTransient(failureOf(error))) return;
    this.#next ??= { ...item, payload: apology, mode: 'edit', createdMs: timing.now() };
  }

  /** Longer after every failure in a row; whoever brings something new ends it. */
  async #pause(): Promise<void> {
    const ms = Math.min(FIRST_PAUSE_MS * 2 ** this.#failures, LONGEST_PAUSE_MS);
    this.#failures += 1;
    await this.#sleepFor(ms);
  }

  /** The process ends and the chat may not be written to: the player's next tap brings the screen. */
  #abandon(item: QueuedScreen): void {
    const { log, metrics } = this.#deps;
    this.#next = null;
    metrics.dropped += 1;
    const facts = { chatId: this.notes.target.chatId, screen: item.payload.screen };
    log.warn(facts, 'a screen was still owed when the bot stopped');
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
