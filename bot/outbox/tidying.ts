import type { Timing } from '../timing.ts';
import type { Figures } from './figures.ts';
import type { LostMessage } from './lost-message.ts';
import type { MessageIds } from './message-ids.ts';
import type { Pace } from './pace.ts';
import type { Remover } from './remover.ts';

export interface TidyingDeps {
  readonly remover: Remover;
  readonly ids: MessageIds;
  readonly timing: Timing;
  readonly figures: Figures;
}

/** A message to take out of the chat. */
interface Removal {
  readonly failures: number;
  readonly dueMs: number;
}

/** How often a removal that failed is tried again. */
const TRIES = 8;
/** After so long an old screen leaves the chat even if its player is busy in the new one. */
const OVERDUE_MS = 2_000;

/** What is left in a chat beside its screen: old screens, and messages that may have arrived after all. */
export class Tidying {
  readonly #chatId: number;
  readonly #deps: TidyingDeps;
  readonly #old = new Map<number, Removal>();
  readonly #lost: LostMessage[] = [];
  #isLastCall = false;

  constructor(chatId: number, deps: TidyingDeps) {
    this.#chatId = chatId;
    this.#deps = deps;
  }

  get hasWork(): boolean {
    return this.#old.size > 0 || this.#lost.length > 0;
  }

  /** An old screen that is to leave, or a message that is to be looked for. */
  take(leftover: number | LostMessage): void {
    if (typeof leftover !== 'number') this.#lost.push(leftover);
    else if (!this.#old.has(leftover))
      this.#old.set(leftover, { failures: 0, dueMs: this.#deps.timing.now() + OVERDUE_MS });
  }

  /** What cannot be done at once is left: the process ends. */
  hurry(): void {
    this.#isLastCall = true;
    this.#lost.length = 0;
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
    return Math.min(idleMs, Math.max(pace.waitMs(nowMs), removal.dueMs - nowMs));
  }

  /** Does the next of it; answers how long to rest after, in ms. Never rejects. */
  async doOne(pace: Pace): Promise<number> {
    const [first] = this.#old;
    if (first !== undefined) return this.#remove(first, pace);
    const [lost] = this.#lost;
    return lost === undefined ? 0 : this.#search(lost, pace);
  }

  async #remove([messageId, { failures }]: [number, Removal], pace: Pace): Promise<number> {
    const { remover, timing, figures } = this.#deps;
    this.#old.delete(messageId);
    pace.spend(timing.now());
    const isLast = this.#isLastCall || failures >= TRIES;
    const againInMs = await remover.remove(this.#chatId, messageId, { failures, isLast });
    if (againInMs === null) figures.removed += 1;
    if (againInMs === null || isLast) return 0;
    this.#old.set(messageId, { failures: failures + 1, dueMs: timing.now() + againInMs });
    return againInMs;
  }

  /** The chat has its screen by now: the lost one, if it is there, only has to leave. */
  async #search(lost: LostMessage, pace: Pace): Promise<number> {
    const { remover, ids, timing, figures } = this.#deps;
    const [messageId] = lost.candidates(ids) ?? [];
    if (messageId === undefined) {
      this.#lost.shift();
      return 0;
    }
    pace.spend(timing.now());
    const seen = await remover.strip(this.#chatId, messageId);
    if (typeof seen === 'number') return seen;
    lost.ruleOut(messageId);
    if (seen === 'absent') return 0;
    figures.found += 1;
    this.#lost.shift();
    this.take(messageId);
    return 0;
  }
}
