import type { Timing } from '../timing.ts';
import { type CallController, newCallController } from './call-limiter.ts';
import type { OutboxMetrics } from './outbox-metrics.ts';
import type { TokenBucket } from './token-bucket.ts';
import type { Remover } from './remover.ts';

export interface MessageCleanupDeps {
  readonly remover: Remover;
  readonly timing: Timing;
  readonly metrics: OutboxMetrics;
}

/** A message to take out of the chat. */
interface Removal {
  readonly failures: number;
  /** Not before this; and after `overdueMs` also if its player is busy. */
  readonly notBeforeMs: number;
  readonly overdueMs: number;
}

/** How often a removal that failed is tried again, and how long it rests after the first failure. */
const MAX_TRIES = 8;
const FIRST_REST_MS = 500;
/** After so long an old screen leaves the chat even if its player is busy in the new one. */
const OVERDUE_MS = 1_500;
/** So long a screen waits for a removal that is under way. */
const GRACE_MS = 500;
/** With so many old screens in the chat one of them leaves before the next screen is sent. */
const MAX_OLD_SCREENS = 2;

/** Old screens that are left in a chat beside its present one. */
export class MessageCleanup {
  readonly #chatId: number;
  readonly #deps: MessageCleanupDeps;
  readonly #old = new Map<number, Removal>();
  #keptId: number | null = null;
  #call: CallController | null = null;
  #isPreempting = false;
  #isFlushing = false;

  constructor(chatId: number, deps: MessageCleanupDeps) {
    this.#chatId = chatId;
    this.#deps = deps;
  }

  get hasWork(): boolean {
    return this.#old.size > 0;
  }

  /** True if another new message would only add to the heap. */
  isBacklogged(): boolean {
    const nowMs = this.#deps.timing.now();
    const [removal] = this.#old.values();
    return (
      this.#old.size >= MAX_OLD_SCREENS && removal !== undefined && removal.notBeforeMs <= nowMs
    );
  }

  /** An old screen that is to leave. */
  add(messageId: number): void {
    if (this.#keptId === messageId) this.#keptId = null;
    if (this.#old.has(messageId)) return;
    const nowMs = this.#deps.timing.now();
    this.#old.set(messageId, { failures: 0, notBeforeMs: nowMs, overdueMs: nowMs + OVERDUE_MS });
  }

  /** The message is the chat's screen: it stays, even if a removal of it is under way and fails. */
  keep(messageId: number): void {
    this.#keptId = messageId;
    this.#old.delete(messageId);
  }

  /** What cannot be done at once is left: the process ends. */
  flush(): void {
    this.#isFlushing = true;
  }

  /** Nobody's screen waits long for what is being tidied up; what is done at once may be done. */
  preempt(): void {
    const controller = this.#call;
    if (controller === null || this.#isPreempting) return;
    this.#isPreempting = true;
    void this.#deps.timing.wait(GRACE_MS).then(() => {
      controller.abort();
      this.#isPreempting = false;
    });
  }

  /**
   * How long until the next of it may be done, in ms. A quiet moment is waited for, but for an old
   * screen not for ever: who taps fast would keep two.
   */
  waitMs(pace: TokenBucket): number {
    if (this.#isFlushing) return 0;
    const nowMs = this.#deps.timing.now();
    const idleMs = pace.backgroundWaitMs(nowMs);
    const [removal] = this.#old.values();
    if (removal === undefined) return idleMs;
    const soonMs = Math.max(pace.waitMs(nowMs), removal.overdueMs - nowMs);
    return Math.max(removal.notBeforeMs - nowMs, Math.min(idleMs, soonMs));
  }

  /** Does the next of it. Never rejects. */
  async removeNext(pace: TokenBucket): Promise<void> {
    const [first] = this.#old;
    if (first === undefined) return;
    const controller = newCallController();
    this.#call = controller;
    await this.#remove(first, pace, controller);
    this.#call = null;
  }

  async #remove(
    [messageId, removal]: [number, Removal],
    pace: TokenBucket,
    controller: CallController,
  ): Promise<void> {
    const { remover, timing, metrics } = this.#deps;
    const message = { chatId: this.#chatId, messageId, controller };
    this.#old.delete(messageId);
    pace.spend(timing.now());
    const removed = await remover.remove(message);
    if (removed.kind === 'done' || removed.kind === 'absent') {
      metrics.removed += 1;
      return;
    }
    // To have made way is no failure, not even at the last call: nobody else takes it out.
    const failures = removal.failures + (controller.signal.aborted ? 0 : 1);
    const isLastTry = failures > MAX_TRIES || (this.#isFlushing && !controller.signal.aborted);
    if (removed.kind === 'refused' || isLastTry) {
      remover.giveUp(message, removed.error);
      return;
    }
    pace.pauseFor(timing.now(), removed.floodMs);
    if (this.#keptId === messageId) return;
    const restMs = failures === 0 ? 0 : FIRST_REST_MS * 2 ** (failures - 1);
    const notBeforeMs = timing.now() + Math.max(removed.floodMs, restMs);
    this.#old.set(messageId, { failures, notBeforeMs, overdueMs: notBeforeMs + OVERDUE_MS });
  }
}
