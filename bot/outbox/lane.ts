import type { Log } from '../../domains/core/log.ts';
import { factsOf, failureOf, floodWaitMs, isPassing } from '../api-errors.ts';
import { apologyScreen } from './apology.ts';
import { type CallGate, type Cut, SLOW_MS, newCut } from './call-gate.ts';
import { type Item, isOutdated, newer } from './item.ts';
import { Pace, PRIVATE_CHAT } from './pace.ts';
import type { ChatNotes, ScreenWriter } from './screen-writer.ts';
import { Tidying, type TidyingDeps } from './tidying.ts';

export interface LaneDeps extends TidyingDeps {
  readonly writer: ScreenWriter;
  readonly gate: CallGate;
  readonly log: Log;
}

/** A screen that could not be shown for so long is not news any more. */
const LIFE_MS = 10 * 60_000;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 10_000;
/** How long an animation that was broken off may still come through at the server. */
const RECHECK_MS = 3_000;

/** What is on its way into one chat: one call at a time, the newest screen wins. */
export class Lane {
  readonly notes: ChatNotes;
  readonly #deps: LaneDeps;
  readonly #pace = new Pace(PRIVATE_CHAT);
  readonly #tidying: Tidying;
  #next: Item | null = null;
  #running: Promise<void> | null = null;
  #animation: Cut | null = null;
  #shown: Item | null = null;
  #latest: Item | null = null;
  #failures = 0;
  #sleep: AbortController | null = null;

  constructor(chatId: number, deps: LaneDeps) {
    this.notes = { chatId, calls: 0, doubt: null, leftovers: [], isSpoilt: false };
    this.#deps = deps;
    this.#tidying = new Tidying(chatId, deps);
  }

  /** Resolves once the lane has nothing left to do; never rejects. */
  show(item: Item): Promise<void> {
    if (item.urgency === 'ambient' && !this.#hasTimeForAnimation()) {
      this.#deps.figures.yielded += 1;
      return this.idle();
    }
    if (this.#next !== null) this.#deps.figures.superseded += 1;
    this.#next = newer(this.#next, this.#upToDate(item));
    // Nobody's reply waits for an animation, not even for one under way.
    if (item.urgency !== 'ambient') this.#animation?.abort();
    return this.#wake();
  }

  /** A reply may have been made before the battle went on, and arrive after it: then it shows the newer. */
  #upToDate(item: Item): Item {
    const { state } = item.payload;
    const latest = this.#latest?.payload;
    if (latest !== undefined && isOutdated(state, latest.state))
      return { ...item, payload: latest };
    if (state !== undefined) this.#latest = item;
    return item;
  }

  /** Takes an old message out of the chat when nothing else is to be done. */
  remove(messageId: number): Promise<void> {
    this.#tidying.take(messageId);
    return this.#wake();
  }

  idle(): Promise<void> {
    return this.#running ?? Promise.resolve();
  }

  /** Like `idle`, and what is left is done at once. */
  drain(): Promise<void> {
    this.#tidying.hurry();
    this.#sleep?.abort();
    return this.idle();
  }

  /** True if the lane can be forgotten. */
  get isRested(): boolean {
    const isSure = this.notes.doubt === null && !this.notes.isSpoilt;
    return this.#running === null && isSure && this.#pace.isRested(this.#deps.timing.now());
  }

  #hasTimeForAnimation(): boolean {
    const { gate, timing } = this.#deps;
    return !gate.isStrained && this.#running === null && this.#pace.idleWaitMs(timing.now()) === 0;
  }

  #wake(): Promise<void> {
    this.#sleep?.abort();
    this.#running ??= this.#run();
    return this.#running;
  }

  async #run(): Promise<void> {
    // The caller has handed in what woke us; everything else happens in turns of its own.
    await Promise.resolve();
    while (this.#next !== null || this.#tidying.hasWork) {
      if (this.#next === null) await this.#tidyUp();
      else await this.#showNext();
    }
    // In the same breath as the last look: nothing can be added to a lane that has ended.
    this.#running = null;
  }

  async #showNext(): Promise<void> {
    const { timing } = this.#deps;
    // Newer screens take the place of this one while it waits for its turn.
    const waitMs = this.#pace.waitMs(timing.now());
    if (waitMs > 0) return timing.wait(waitMs);
    const item = this.#next;
    this.#next = null;
    if (item === null) return;
    try {
      await this.#attempt(item);
      this.#failures = 0;
    } catch (error) {
      await this.#failed(item, error);
    }
  }

  async #attempt(item: Item): Promise<void> {
    const { writer, figures } = this.#deps;
    const cut = newCut();
    if (item.urgency === 'ambient') this.#animation = cut;
    const startedMs = this.#deps.timing.now();
    this.notes.calls = 0;
    try {
      figures[await writer.write(item, this.notes, cut)] += 1;
      this.#shown = item;
    } finally {
      this.#animation = null;
      const nowMs = this.#deps.timing.now();
      this.#pace.spend(nowMs, this.notes.calls);
      for (const leftover of this.notes.leftovers.splice(0)) this.#tidying.take(leftover);
      if (nowMs - startedMs > SLOW_MS) this.#pace.slowDown(nowMs);
    }
  }

  async #failed(item: Item, error: unknown): Promise<void> {
    const { timing, figures } = this.#deps;
    const failure = failureOf(error);
    const floodMs = floodWaitMs(error);
    if (floodMs !== null) {
      figures.floods += 1;
      this.#pace.hold(timing.now(), floodMs);
    }
    if (item.urgency === 'ambient') {
      this.#endAnimation();
      return;
    }
    if (!isPassing(failure) || timing.now() - item.bornMs > LIFE_MS) {
      this.#giveUp(item, error);
      return;
    }
    figures.repeated += 1;
    // A newer screen may have come meanwhile: it wins, in the louder manner of both.
    this.#next = this.#next === null ? item : newer(item, this.#next);
    if (floodMs === null) await this.#pause();
  }

  /** What the broken-off frame does to the screen is unknown, so the screen is written once more. */
  #endAnimation(): void {
    const { timing, figures } = this.#deps;
    figures.yielded += 1;
    this.notes.isSpoilt = true;
    void timing.wait(RECHECK_MS).then(() => {
      if (this.#shown === null) return;
      this.notes.isSpoilt = true;
      void this.show({ ...this.#shown, manner: 'quiet', urgency: 'ambient' });
    });
  }

  #giveUp(item: Item, error: unknown): void {
    const { log, figures, timing } = this.#deps;
    const facts = { chatId: this.notes.chatId, screen: item.payload.screen };
    if (failureOf(error) === 'unreachable') {
      log.info(facts, 'the player cannot be reached');
      return;
    }
    this.notes.isSpoilt = true;
    figures.lost += 1;
    log.error({ ...facts, ...factsOf(error) }, 'a screen could not be shown');
    const apology = apologyScreen();
    if (item.payload.screen === apology.screen || isPassing(failureOf(error))) return;
    this.#next ??= { ...item, payload: apology, manner: 'quiet', bornMs: timing.now() };
  }

  /** Longer after every failure in a row; whoever brings something new ends it. */
  async #pause(): Promise<void> {
    const ms = Math.min(FIRST_PAUSE_MS * 2 ** this.#failures, LONGEST_PAUSE_MS);
    this.#failures += 1;
    await this.#sleepFor(ms);
  }

  async #tidyUp(): Promise<void> {
    const waitMs = this.#tidying.waitMs(this.#pace);
    if (waitMs > 0) return this.#sleepFor(waitMs);
    const restMs = await this.#tidying.doOne(this.#pace);
    if (restMs > 0) await this.#sleepFor(restMs);
  }

  async #sleepFor(ms: number): Promise<void> {
    const sleep = new AbortController();
    this.#sleep = sleep;
    await this.#deps.timing.wait(ms, sleep.signal);
    this.#sleep = null;
  }
}
