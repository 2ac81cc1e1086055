import type { Api } from 'grammy';
import type { Announcer } from '../../domains/core/announcer.ts';
import type { Clock } from '../../domains/core/clock.ts';
import type { Log } from '../../domains/core/log.ts';
import type { ActionShape, UiPayload } from '../../domains/core/ui-payload.ts';
import type { Language } from '../../resources/texts/index.ts';
import { factsOf, floodWaitMs } from '../api-errors.ts';
import { type Timing, systemTiming } from '../timing.ts';
import { type Trouble, apologyScreen } from './apology.ts';
import { CallGate } from './call-gate.ts';
import { ChatMemory, type ChatMemoryDeps, type Present } from './chat-memory.ts';
import { ChatTurns } from './chat-turns.ts';
import { type Figures, noFigures } from './figures.ts';
import { type PrivateChat, privateChatOf } from './delivery-target.ts';
import type { Manner, Urgency } from './item.ts';
import { Lane, type LaneDeps } from './lane.ts';
import { GROUP_CHAT, Pace } from './pace.ts';
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
  readonly manner: Manner;
  readonly urgency?: Urgency;
  readonly language?: Language;
  /** The reader's language where it has just been read. */
  readonly reader?: Language | null;
  /** A `moment()` from before what the screen shows was read; by default it has been read just now. */
  readonly asOfMs?: number;
}

export interface ApologyOptions extends ShowOptions {
  readonly what: Trouble;
}

export interface TapFacts {
  readonly queryId: string;
  readonly userId: number;
}

/** Lanes of chats that were written to lately; beyond this many the rested ones are forgotten. */
const LANES = 5_000;

/**
 * Everything that is sent goes through here: the one screen of every chat, in a lane of its own,
 * and the answers to taps, ahead of all. Nothing here rejects: what cannot be sent is logged.
 */
export class Outbox implements Announcer {
  readonly figures: Readonly<Figures>;
  readonly #log: Log;
  readonly #api: Api;
  readonly #clock: Clock;
  readonly #timing: Timing;
  readonly #memory: ChatMemory;
  readonly #answers: TapAnswers;
  readonly #gate: CallGate;
  readonly #turns: ChatTurns;
  readonly #laneDeps: LaneDeps;
  readonly #lanes = new Map<number, Lane>();
  readonly #groups = new Map<number, Pace>();

  constructor(deps: OutboxDeps) {
    const { api, clock, log, timing = systemTiming } = deps;
    const gate = new CallGate(timing);
    const figures = noFigures();
    const memory = new ChatMemory(deps);
    const writer = new ScreenWriter({ ...deps, gate, memory, figures });
    const remover = new Remover({ api, gate, log });
    this.figures = figures;
    this.#log = log;
    this.#api = api;
    this.#clock = clock;
    this.#timing = timing;
    this.#memory = memory;
    this.#gate = gate;
    this.#answers = new TapAnswers({ api, gate, timing });
    // Leases run by the store's time, whatever the outbox measures by.
    const turns = new ChatTurns({ chats: deps.chats, memory, timing: systemTiming });
    this.#turns = turns;
    this.#laneDeps = { writer, turns, remover, gate, timing, figures, log };
  }

  /** Shows a user a screen; resolves once it, or a newer one, is there or given up. */
  show(userId: number, payload: UiPayload, options: ShowOptions): Promise<void> {
    const { manner, urgency = 'reply', language = null, reader = null } = options;
    const { asOfMs = this.moment() } = options;
    this.#laneDeps.figures.asked += 1;
    const times = { bornMs: this.#timing.now(), asOfMs };
    return this.#lane(privateChatOf(userId)).show({
      payload,
      manner,
      urgency,
      language,
      reader,
      ...times,
    });
  }

  /** Now, by the arena's clock. */
  moment(): number {
    return this.#clock.now();
  }

  announce(userId: number, payload: UiPayload, manner: 'quiet' | 'fresh' | 'ambient'): void {
    const how: ShowOptions =
      manner === 'ambient' ? { manner: 'quiet', urgency: 'ambient' } : { manner, urgency: 'turn' };
    void this.show(userId, payload, how);
  }

  /** Something broke: says so in place of the screen, with a way on. */
  apologise(userId: number, { what, ...options }: ApologyOptions): Promise<void> {
    return this.show(userId, apologyScreen(what), options);
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
  async say(chatId: number, line: string): Promise<void> {
    const pace = this.#groups.get(chatId) ?? new Pace(GROUP_CHAT);
    this.#groups.set(chatId, pace);
    if (pace.waitMs(this.#timing.now()) > 0) return;
    pace.spend(this.#timing.now());
    forgetRested(this.#groups, (one) => one.isRested(this.#timing.now()));
    try {
      await this.#gate.run('reply', (signal) => this.#api.sendMessage(chatId, line, {}, signal));
    } catch (error) {
      const floodMs = floodWaitMs(error);
      if (floodMs !== null) pace.hold(this.#timing.now(), floodMs);
      else this.#log.warn({ chatId, ...factsOf(error) }, 'a group could not be answered');
    }
  }

  /** The user's screen may look otherwise than remembered: the next one is written all the same. */
  spoil(userId: number): void {
    this.#lane(privateChatOf(userId)).notes.isSpoilt = true;
  }

  /** What is remembered of the user's present screen; never rejects. */
  lookUp(userId: number): Promise<Present | null> {
    return this.#memory.present(privateChatOf(userId).chatId);
  }

  /** What the next typed text answers; undefined if nobody remembers the present screen. */
  async asks(userId: number): Promise<string | null | undefined> {
    const coming = this.#lanes.get(privateChatOf(userId).chatId)?.onItsWay ?? null;
    if (coming !== null) return coming.asks ?? null;
    return (await this.lookUp(userId))?.asks;
  }

  /**
   * Whether the message, which the user has tapped, is their present screen. A chat without
   * one takes it as such, and so does a chat where it can be one that we sent and never heard of.
   */
  async isPresent(
    userId: number,
    messageId: number,
    known = this.lookUp(userId),
  ): Promise<boolean> {
    const present = await known;
    if (present !== null && isKnown(messageId, present)) return present.messageId === messageId;
    // Not while another screen is on its way: each would know nothing of the other, and both stay.
    const target = privateChatOf(userId);
    return this.#turns.take(target.chatId, () => this.#adopt(target, messageId));
  }

  async #adopt(target: PrivateChat, messageId: number): Promise<boolean> {
    const { chatId, userId } = target;
    const present = await this.#memory.present(chatId);
    if (present !== null && isKnown(messageId, present)) return present.messageId === messageId;
    if (present?.messageId === messageId) {
      await this.#memory.remember(chatId, { ...present, unanswered: 0 });
      return true;
    }
    const unknown = { digest: '', screen: '', state: null, asOfMs: null, unanswered: 0 };
    await this.#memory.remember(chatId, { messageId, ...unknown });
    this.#lane(target).adopt(messageId);
    if (present !== null) void this.retire(userId, present.messageId);
    return true;
  }

  /** Takes an old screen out of the chat; past 48 h, when it cannot be deleted, its keyboard. */
  retire(userId: number, messageId: number): Promise<void> {
    return this.#lane(privateChatOf(userId)).remove(messageId);
  }

  /** Resolves once nothing is under way any more. */
  async idle(): Promise<void> {
    await Promise.all([...this.#lanes.values()].map((lane) => lane.idle()));
  }

  /** Like `idle`, at the end: what is left is done at once, and nothing more is taken. */
  async drain(): Promise<void> {
    await Promise.all([...this.#lanes.values()].map((lane) => lane.drain()));
  }

  #lane(target: PrivateChat): Lane {
    const known = this.#lanes.get(target.chatId);
    if (known !== undefined) return known;
    forgetRested(this.#lanes, (lane) => lane.isRested);
    const opened = new Lane(target, this.#laneDeps);
    this.#lanes.set(target.chatId, opened);
    return opened;
  }
}

/** Whether it is clear what the message is: the present screen, or an old one. */
function isKnown(messageId: number, { messageId: presentId, unanswered }: Present): boolean {
  return unanswered === 0 && messageId <= presentId;
}

function forgetRested<T>(map: Map<number, T>, isRested: (one: T) => boolean): void {
  if (map.size < LANES) return;
  for (const [chatId, one] of map) if (isRested(one)) map.delete(chatId);
}
