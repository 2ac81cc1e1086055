import type { Timing } from '../timing.ts';
import { type Cut, newCut } from './call-gate.ts';
import type { Figures } from './figures.ts';
import type { Pace } from './pace.ts';
import type { Remover } from './remover.ts';

export interface TidyingDeps {
  readonly remover: Remover;
  readonly timing: Timing;
  readonly figures: Figures;
}

/** A message to take out of the chat. */
interface Removal {
  readonly failures: number;
  /** Not before this; and after `overdueMs` also if its player is busy. */
  readonly notBeforeMs: number;
  readonly overdueMs: number;
}

/** How often a removal that failed is tried again, and how long it rests after the first failure. */
const TRIES = 8;
const FIRST_REST_MS = 500;
/** After so long an old screen leaves the chat even if its player is busy in the new one. */
const OVERDUE_MS = 1_500;
/** So long a screen waits for a removal that is under way. */
const GRACE_MS = 500;
/** With so many old screens in the chat one of them leaves before the next screen is sent. */
const CROWD = 2;

/** Old screens that are left in a chat beside its present one. */
export class Tidying {
  readonly #chatId: number;
  readonly #deps: TidyingDeps;
  readonly #old = new Map<number, Removal>();
  #keptId: number | null = null;
  #cut: Cut | null = null;
  #isMakingWay = false;
  #isLastCall = false;

  constructor(chatId: number, deps: TidyingDeps) {
    this.#chatId = chatId;
    this.#deps = deps;
  }

  get hasWork(): boolean {
    return this.#old.size > 0;
  }

  /** True if another new message would only add to the heap. */
  isCrowded(): boolean {
    const nowMs = this.#deps.timing.now();
    const [removal] = this.#old.values();
    return this.#old.size >= CROWD && removal !== undefined && removal.notBeforeMs <= nowMs;
  }

  /** An old screen that is to leave. */
  take(messageId: number): void {
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
  hurry(): void {
    this.#isLastCall = true;
  }

  /** Nobody's screen waits long for what is being tidied up; what is done at once may be done. */
  makeWay(): void {
    const cut = this.#cut;
    if (cut === null || this.#isMakingWay) return;
    this.#isMakingWay = true;
    void this.#deps.timing.wait(GRACE_MS).then(() => {
      cut.abort();
      this.#isMakingWay = false;
    });
  }

  /**
   * How long until the next of it may be done, in ms. A quiet moment is waited for, but for an old
   * screen not for ever: who taps fast would keep two.
   */
  waitMs(pace: Pace): number {
    if (this.#isLastCall) return 0;
    const nowMs = this.#deps.timing.now();
    const idleMs = pace.idleWaitMs(nowMs);
    const [removal] = this.#old.values();
    if (removal === undefined) return idleMs;
    const soonMs = Math.max(pace.waitMs(nowMs), removal.overdueMs - nowMs);
    return Math.max(removal.notBeforeMs - nowMs, Math.min(idleMs, soonMs));
  }

  /** Does the next of it. Never rejects. */
  async doOne(pace: Pace): Promise<void> {
    const [first] = this.#old;
    if (first === undefined) return;
    const cut = newCut();
    this.#cut = cut;
    await this.#remove(first, pace, cut);
    this.#cut = null;
  }

  async #remove([messageId, removal]: [number, Removal], pace: Pace, cut: Cut): Promise<void> {
    const { remover, timing, figures } = this.#deps;
    const message = { chatId: this.#chatId, messageId, cut };
    this.#old.delete(messageId);
    pace.spend(timing.now());
    const removed = await remover.remove(message);
    if (removed.kind === 'done' || removed.kind === 'absent') {
      figures.removed += 1;
      return;
    }
    // To have made way is no failure, not even at the last call: nobody else takes it out.
    const failures = removal.failures + (cut.signal.aborted ? 0 : 1);
    const isLastTry = failures > TRIES || (this.#isLastCall && !cut.signal.aborted);
    if (removed.kind === 'refused' || isLastTry) {
      remover.giveUp(message, removed.error);
      return;
    }
    pace.hold(timing.now(), removed.floodMs);
    if (this.#keptId === messageId) return;
    const restMs = failures === 0 ? 0 : FIRST_REST_MS * 2 ** (failures - 1);
    const notBeforeMs = timing.now() + Math.max(removed.floodMs, restMs);
    this.#old.set(messageId, { failures, notBeforeMs, overdueMs: notBeforeMs + OVERDUE_MS });
  }
}
