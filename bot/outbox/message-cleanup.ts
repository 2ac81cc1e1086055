import type { Api } from 'grammy';
import { LRUCache } from 'lru-cache';
import type { Log } from '../../domains/core/log.ts';
import { failureOf, floodWaitMs, isTransient } from '../api-errors.ts';
import type { Timing } from '../timing.ts';
import type { BulkBudget } from './bulk-budget.ts';
import {
  type CallController,
  type CallLimiter,
  type CallSignal,
  newCallController,
} from './call-limiter.ts';
import type { OutboxMetrics } from './outbox-metrics.ts';
import type { TokenBucket } from './token-bucket.ts';

export interface MessageCleanupDeps {
  readonly api: Api;
  readonly limiter: CallLimiter;
  readonly budget: BulkBudget;
  readonly timing: Timing;
  readonly metrics: OutboxMetrics;
  readonly log: Log;
}

/** A message to remove from the chat. */
interface Removal {
  readonly failures: number;
  /** Not before this; and after `overdueMs` also while the player is busy. */
  readonly notBeforeMs: number;
  readonly overdueMs: number;
}

type Result =
  | { readonly kind: 'done' }
  /** Worth another try, after `floodMs`. */
  | { readonly kind: 'later'; readonly floodMs: number; readonly error: unknown }
  | { readonly kind: 'refused'; readonly error: unknown };

const MAX_FAILURES = 8;
const FIRST_RETRY_MS = 500;
/** An old screen stays no longer than this, even if the player taps without a pause. */
const OVERDUE_MS = 1_500;
/** How long a screen waits for a running removal before it aborts it. */
const GRACE_MS = 500;
/** With this many old screens, one is removed before the next screen is sent. */
const MAX_OLD_SCREENS = 2;
const MAX_DELETED = 16;

/** Removes the old screens of a chat when nothing else is to be sent. */
export class MessageCleanup {
  readonly #chatId: number;
  readonly #deps: MessageCleanupDeps;
  readonly #old = new Map<number, Removal>();
  /** Those being deleted and the last ones deleted: a player may still tap their buttons. */
  readonly #deleted = new LRUCache<number, true>({ max: MAX_DELETED });
  #keptId: number | null = null;
  #reservedMs: number | null = null;
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

  /** True if one old screen should leave before another message is sent. */
  isBacklogged(): boolean {
    const [first] = this.#old.values();
    if (first === undefined || this.#old.size < MAX_OLD_SCREENS) return false;
    return first.notBeforeMs <= this.#deps.timing.now();
  }

  add(messageId: number): void {
    if (this.#keptId === messageId) this.#keptId = null;
    if (this.#old.has(messageId) || this.#deleted.has(messageId)) return;
    const nowMs = this.#deps.timing.now();
    this.#old.set(messageId, { failures: 0, notBeforeMs: nowMs, overdueMs: nowMs + OVERDUE_MS });
  }

  /** The message is the current screen: it stays, even if a running removal of it fails. */
  keep(messageId: number): void {
    this.#keptId = messageId;
    this.#old.delete(messageId);
  }

  /** The process ends: removals no longer wait, and failed ones are not retried. */
  flush(): void {
    this.#isFlushing = true;
  }

  /** Aborts a running removal after a short grace period, so that a screen does not wait for it. */
  preempt(): void {
    const controller = this.#call;
    if (controller === null || this.#isPreempting) return;
    this.#isPreempting = true;
    void this.#deps.timing.wait(GRACE_MS).then(() => {
      controller.abort();
      this.#isPreempting = false;
    });
  }

  /** How long until the next removal, in ms: it waits for a quiet moment, but not without limit. */
  waitMs(bucket: TokenBucket): number {
    if (this.#isFlushing) return 0;
    const nowMs = this.#deps.timing.now();
    const idleMs = bucket.backgroundWaitMs(nowMs);
    const [removal] = this.#old.values();
    if (removal === undefined) return idleMs;
    const soonMs = Math.max(bucket.waitMs(nowMs), removal.overdueMs - nowMs);
    const waitMs = Math.max(removal.notBeforeMs - nowMs, Math.min(idleMs, soonMs));
    return waitMs > 0 ? waitMs : this.#budgetWaitMs(nowMs);
  }

  #budgetWaitMs(nowMs: number): number {
    const { budget } = this.#deps;
    const isDue = this.#reservedMs !== null && this.#reservedMs <= nowMs;
    if (isDue && budget.hasBacklog) this.#reservedMs = null;
    this.#reservedMs ??= budget.reserveRemoval();
    return Math.max(0, this.#reservedMs - nowMs);
  }

  /** Removes the oldest message. Never rejects. */
  async removeNext(bucket: TokenBucket): Promise<void> {
    const [first] = this.#old;
    if (first === undefined) return;
    const [messageId, removal] = first;
    this.#old.delete(messageId);
    this.#deleted.set(messageId, true);
    bucket.spend(this.#deps.timing.now());
    this.#deps.budget.reserve();
    this.#reservedMs = null;
    const controller = newCallController();
    this.#call = controller;
    const result = await this.#delete(messageId, controller);
    this.#call = null;
    if (result.kind === 'done') {
      this.#deps.metrics.removed += 1;
      return;
    }
    this.#deleted.delete(messageId);
    // A removal aborted for a screen has not failed; it is retried even while flushing.
    const { aborted } = controller.signal;
    const failures = removal.failures + (aborted ? 0 : 1);
    const isLastTry = failures > MAX_FAILURES || (this.#isFlushing && !aborted);
    if (result.kind === 'refused' || isLastTry) this.#giveUp(messageId, result.error);
    else this.#retry(messageId, { failures, floodMs: result.floodMs, bucket });
  }

  #retry(
    messageId: number,
    how: { readonly failures: number; readonly floodMs: number; readonly bucket: TokenBucket },
  ): void {
    const { failures, floodMs, bucket } = how;
    const nowMs = this.#deps.timing.now();
    bucket.pauseFor(nowMs, floodMs);
    if (this.#keptId === messageId) return;
    const pauseMs = failures === 0 ? 0 : FIRST_RETRY_MS * 2 ** (failures - 1);
    const notBeforeMs = nowMs + Math.max(floodMs, pauseMs);
    this.#old.set(messageId, { failures, notBeforeMs, overdueMs: notBeforeMs + OVERDUE_MS });
  }

  #giveUp(messageId: number, error: unknown): void {
    if (failureOf(error) === 'unreachable') return;
    const facts = { chatId: this.#chatId, messageId, err: error };
    this.#deps.log.warn(facts, 'message removal failed');
  }

  /** After 48 h a message cannot be deleted; then its keyboard is removed. */
  async #delete(messageId: number, controller: CallController): Promise<Result> {
    const { api } = this.#deps;
    const deleted = await this.#run(controller, (signal) =>
      api.deleteMessage(this.#chatId, messageId, signal),
    );
    if (deleted.kind !== 'refused') return deleted;
    return this.#run(controller, (signal) =>
      api.editMessageReplyMarkup(this.#chatId, messageId, {}, signal),
    );
  }

  async #run(
    controller: CallController,
    call: (signal: CallSignal) => Promise<unknown>,
  ): Promise<Result> {
    try {
      await this.#deps.limiter.run('ambient', call, { controller });
      return { kind: 'done' };
    } catch (error) {
      const failure = failureOf(error);
      if (isTransient(failure)) return { kind: 'later', floodMs: floodWaitMs(error) ?? 0, error };
      const isDone = failure === 'not_modified' || isAbsent(error);
      return isDone ? { kind: 'done' } : { kind: 'refused', error };
    }
  }
}

/** The message does not exist, or is not the bot's: a bot cannot edit other people's messages. */
function isAbsent(error: unknown): boolean {
  return /not found|MESSAGE_ID_INVALID|can't be edited/i.test(String(error));
}
