import type { Log } from '../../domains/core/log.ts';
import type { UiPayload } from '../../domains/core/ui-payload.ts';
import { type ApiFailure, factsOf, failureOf, floodWaitMs, isPassing } from '../api-errors.ts';
import { apologyScreen } from './apology.ts';
import { type CallGate, type Cut, SLOW_MS, newCut } from './call-gate.ts';
import type { ChatTurns } from './chat-turns.ts';
import type { PrivateChat } from './delivery-target.ts';
import { HandedIn } from './handed-in.ts';
import { type Item, copyOf, newer } from './item.ts';
import { Pace, PRIVATE_CHAT } from './pace.ts';
import type { ChatNotes, ScreenWriter } from './screen-writer.ts';
import { Tidying, type TidyingDeps } from './tidying.ts';

export interface LaneDeps extends TidyingDeps {
  readonly writer: ScreenWriter;
  readonly turns: ChatTurns;
  readonly gate: CallGate;
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
const NEW_ATTEMPT = { calls: 0, slowestMs: 0, presentId: null, isUnanswered: false };

/** What is on its way into one chat: one call at a time, the newest screen wins. */
export class Lane {
  readonly notes: ChatNotes;
  readonly #deps: LaneDeps;
  readonly #pace = new Pace(PRIVATE_CHAT);
  readonly #tidying: Tidying;
  #next: Item | null = null;
  #running: Promise<void> | null = null;
  #animation: Cut | null = null;
  readonly #handedIn = new HandedIn();
  /** The screen in the chat. */
  #shown: Item | null = null;
  #recheckAtMs: number[] = [];
  #lastBelowMs = -Infinity;
  #isClosing = false;
  #isWriting = false;
  #failures = 0;
  #sleep: AbortController | null = null;

  constructor(target: PrivateChat, deps: LaneDeps) {
    this.notes = { target, ...NEW_ATTEMPT, isSpoilt: false, unanswered: 0, leftovers: [] };
    this.#deps = deps;
    this.#tidying = new Tidying(target.chatId, deps);
  }

  /** Resolves once the lane has nothing left to do; never rejects. */
  show(item: Item): Promise<void> {
    const { figures } = this.#deps;
    if (this.#isClosing || (item.urgency === 'ambient' && !this.#hasTimeForAnimation())) {
      figures[this.#isClosing ? 'lost' : 'yielded'] += 1;
      return this.idle();
    }
    // Its reply and the announcement of a turn show a player the same: once is enough.
    if (!this.notes.isSpoilt && this.#handedIn.has(item)) {
      figures.superseded += 1;
      return this.idle();
    }
    const current = this.#handedIn.upToDate(item);
    if (this.#next !== null || current === null) figures.superseded += 1;
    if (current === null) return this.idle();
    this.#next = newer(this.#next, current);
    // Nobody's reply waits for an animation, nor for a broom, not even for one under way.
    if (item.urgency !== 'ambient') this.#animation?.abort();
    this.#tidying.makeWay();
    return this.#wake();
  }

  /** Takes an old message out of the chat when nothing else is to be done. */
  remove(messageId: number): Promise<void> {
    this.#tidying.take(messageId);
    return this.#wake();
  }

  /** A message that the player has tapped is the screen now, and may look like anything. */
  adopt(messageId: number): void {
    this.#tidying.keep(messageId);
    Object.assign(this.notes, { isSpoilt: true, unanswered: 0 });
  }

  idle(): Promise<void> {
    return this.#running ?? Promise.resolve();
  }

  /** Like `idle`, and what is left is done at once. */
  drain(): Promise<void> {
    this.#isClosing = true;
    this.#recheckAtMs = [];
    this.#tidying.hurry();
    this.#sleep?.abort();
    return this.idle();
  }

  /** The newest screen until it is shown; null once it is: from then on other processes may write. */
  get onItsWay(): UiPayload | null {
    return this.#next === null && !this.#isWriting ? null : this.#handedIn.newest;
  }

  /** True if the lane can be forgotten. */
  get isRested(): boolean {
    const isIdle = this.#running === null && !this.notes.isSpoilt;
    return isIdle && this.#pace.isRested(this.#deps.timing.now());
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
    while (this.#next !== null || this.#tidying.hasWork || this.#recheckAtMs.length > 0) {
      if (this.#next !== null) await this.#showNext(this.#next);
      else if (this.#tidying.hasWork) await this.#tidyUp();
      else await this.#recheck();
    }
    // In the same breath as the last look: nothing can be added to a lane that has ended.
    this.#running = null;
  }

  async #showNext(item: Item): Promise<void> {
    // Newer screens take the place of this one while it waits for its turn.
    const waitMs = this.#waitMs(item);
    if (waitMs > 0 && this.#isClosing && waitMs > LAST_WAIT_MS) {
      this.#abandon(item);
      return;
    }
    if (waitMs > 0) return this.#sleepFor(waitMs);
    if (item.manner === 'below' && this.#tidying.isCrowded())
      return this.#tidying.doOne(this.#pace);
    this.#next = null;
    this.#isWriting = true;
    try {
      await this.#attempt(item);
      this.#failures = 0;
    } catch (error) {
      await this.#failed(item, error);
    } finally {
      this.#isWriting = false;
    }
  }

  #waitMs({ manner }: Item): number {
    const nowMs = this.#deps.timing.now();
    const apartMs = manner === 'below' ? this.#lastBelowMs + BELOW_EVERY_MS - nowMs : 0;
    return Math.max(this.#pace.waitMs(nowMs), apartMs);
  }

  async #attempt(item: Item): Promise<void> {
    const { writer, turns, figures, timing } = this.#deps;
    const cut = newCut();
    if (item.urgency === 'ambient') this.#animation = cut;
    Object.assign(this.notes, NEW_ATTEMPT);
    // Until the last recheck nobody knows what the chat looks like.
    if (this.#recheckAtMs.length > 0 || item.isRecheck) this.notes.isSpoilt = true;
    try {
      const write = () => writer.write(item, this.notes, cut);
      const how = await turns.take(this.notes.target.chatId, write);
      figures[how] += 1;
      if (how !== 'yielded') this.#shown = item;
      if (how === 'sent' && item.manner === 'below') this.#lastBelowMs = timing.now();
    } finally {
      this.#animation = null;
      this.#settleUp();
    }
  }

  #settleUp(): void {
    const nowMs = this.#deps.timing.now();
    this.#pace.spend(nowMs, this.notes.calls);
    for (const leftover of this.notes.leftovers.splice(0)) this.#tidying.take(leftover);
    if (this.notes.presentId !== null) this.#tidying.keep(this.notes.presentId);
    if (this.notes.slowestMs > SLOW_MS) this.#pace.slowDown(nowMs);
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
      this.#endAnimation(item, failure);
      return;
    }
    if (!isPassing(failure) || timing.now() - item.bornMs > LIFE_MS) {
      this.#giveUp(item, error);
      return;
    }
    figures.repeated += 1;
    const again = this.notes.isUnanswered ? copyOf(item) : item;
    // A newer screen may have come meanwhile: it wins, in the louder manner of both.
    this.#next = this.#next === null ? again : newer(again, this.#next);
    // The first copy follows at once.
    if (floodMs === null && again.isCopy === item.isCopy) await this.#pause();
  }

  /** A frame without an answer may come through at any time: the screen is written again after it. */
  #endAnimation(item: Item, failure: ApiFailure): void {
    const { timing, figures } = this.#deps;
    figures.yielded += 1;
    if (failure !== 'unknown' || item.isRecheck === true || this.#isClosing) return;
    // Nothing newer has come: then it is the frame itself that should be there.
    if (this.#next === null) this.#shown = item;
    this.#recheckAtMs = RECHECKS_MS.map((ms) => timing.now() + ms);
  }

  async #recheck(): Promise<void> {
    const { timing } = this.#deps;
    const [dueMs = 0] = this.#recheckAtMs;
    const waitMs = Math.max(dueMs - timing.now(), this.#pace.idleWaitMs(timing.now()));
    if (waitMs > 0) return this.#sleepFor(waitMs);
    this.#recheckAtMs.shift();
    if (this.#shown === null) return;
    const bornMs = timing.now();
    const rest = { manner: 'quiet', urgency: 'ambient' } as const;
    this.#next = { ...this.#shown, ...rest, bornMs, isRecheck: true };
  }

  #giveUp(item: Item, error: unknown): void {
    const { log, figures, timing } = this.#deps;
    const facts = { chatId: this.notes.target.chatId, screen: item.payload.screen };
    if (failureOf(error) === 'unreachable') {
      log.info(facts, 'the player cannot be reached');
      return;
    }
    this.notes.isSpoilt = true;
    figures.lost += 1;
    const apology = apologyScreen('broken');
    // Of an apology that fails as well the log knows already why.
    if (item.payload.screen === apology.screen) return;
    log.error({ ...facts, ...factsOf(error) }, 'a screen could not be shown');
    if (isPassing(failureOf(error))) return;
    this.#next ??= { ...item, payload: apology, manner: 'quiet', bornMs: timing.now() };
  }

  /** Longer after every failure in a row; whoever brings something new ends it. */
  async #pause(): Promise<void> {
    const ms = Math.min(FIRST_PAUSE_MS * 2 ** this.#failures, LONGEST_PAUSE_MS);
    this.#failures += 1;
    await this.#sleepFor(ms);
  }

  /** The process ends and the chat may not be written to: the player's next tap brings the screen. */
  #abandon(item: Item): void {
    const { log, figures } = this.#deps;
    this.#next = null;
    figures.lost += 1;
    const facts = { chatId: this.notes.target.chatId, screen: item.payload.screen };
    log.warn(facts, 'a screen was still owed when the bot stopped');
  }

  async #tidyUp(): Promise<void> {
    const waitMs = this.#tidying.waitMs(this.#pace);
    if (waitMs > 0) return this.#sleepFor(waitMs);
    await this.#tidying.doOne(this.#pace);
  }

  async #sleepFor(ms: number): Promise<void> {
    const sleep = new AbortController();
    this.#sleep = sleep;
    await this.#deps.timing.wait(ms, sleep.signal);
    this.#sleep = null;
  }
}
