import type { Api } from 'grammy';
import { z } from 'zod';
import type { PlayerStore } from '../domains/account/player-store.ts';
import type { Announcer } from '../domains/core/announcer.ts';
import type { Log } from '../domains/core/log.ts';
import type { MemoStore } from '../domains/core/memo-store.ts';
import type { UiPayload } from '../domains/core/ui-payload.ts';
import { factsOf, failureOf, floodWaitMs } from './api-errors.ts';
import { type Action, actionSchema } from './callback-data.ts';
import { type RenderedScreen, renderScreen } from './screen-renderer.ts';
import { Translator } from './translator.ts';

/**
 * How a screen reaches its chat. `quiet` edits the present message; `below` sends it anew at the
 * end of the chat, silently; `fresh` does so with a sound.
 */
export type Manner = 'quiet' | 'below' | 'fresh';

export interface OutboxDeps {
  readonly api: Api;
  readonly memos: MemoStore;
  readonly players: Pick<PlayerStore, 'getLanguage'>;
  readonly log: Log;
  readonly clientTime: boolean;
}

interface Item {
  readonly payload: UiPayload<Action>;
  readonly manner: Manner;
}

interface Lane {
  next: Item | null;
  running: Promise<void>;
}

/** The present screen of a chat: its message, and what it looks like. */
const presentSchema = z.object({ messageId: z.int(), digest: z.string() });
type Present = z.infer<typeof presentSchema>;

const KIND = 'screen';
const PRESENT_TTL_S = 30 * 24 * 3600;
/** A screen that nobody tapped for is lost for good if it fails: it gets more than one chance. */
const TRIES = 3;
const PAUSE_MS = 300;
const rank: Readonly<Record<Manner, number>> = { quiet: 0, below: 1, fresh: 2 };

/**
 * Owns the one screen message of every chat. A lane per chat: one call at a time, the newest
 * screen wins, what looks the same is not sent again.
 */
export class ScreenOutbox implements Announcer {
  readonly #deps: OutboxDeps;
  readonly #lanes = new Map<number, Lane>();
  readonly #spoilt = new Set<number>();
  readonly #retiring = new Set<Promise<void>>();
  #clientTime: boolean;

  constructor(deps: OutboxDeps) {
    this.#deps = deps;
    this.#clientTime = deps.clientTime;
  }

  /** Shows a screen in a private chat; resolves once it, or a newer one, is there. */
  async show(chatId: number, payload: UiPayload<Action>, manner: Manner): Promise<void> {
    const lane = this.#lanes.get(chatId);
    const item = { payload, manner };
    if (lane !== undefined) {
      lane.next = newer(lane.next, item);
      return lane.running;
    }
    const opened: Lane = { next: item, running: Promise.resolve() };
    this.#lanes.set(chatId, opened);
    opened.running = this.#run(chatId, opened);
    return opened.running;
  }

  announce(userId: number, payload: UiPayload, manner: 'quiet' | 'fresh'): void {
    void this.show(userId, ownScreen(payload), manner).catch((error: unknown) => {
      this.#deps.log.warn(
        { userId, screen: payload.screen, ...factsOf(error) },
        'a screen could not be shown',
      );
    });
  }

  /** Something else has been written over the chat's screen: the next one is sent whatever it looks like. */
  spoil(chatId: number): void {
    this.#spoilt.add(chatId);
  }

  /** Whether the message is the chat's present screen; a chat without one takes it as such. */
  async isPresent(chatId: number, messageId: number): Promise<boolean> {
    const present = await this.#read(chatId);
    if (present !== null) return present.messageId === messageId;
    await this.#write(chatId, { messageId, digest: '' });
    return true;
  }

  /** Takes an old screen out of the chat; past 48 h, when it cannot be deleted, its keyboard. */
  async retire(chatId: number, messageId: number): Promise<void> {
    const { api, log } = this.#deps;
    try {
      await api.deleteMessage(chatId, messageId);
    } catch {
      await api.editMessageReplyMarkup(chatId, messageId).catch((error: unknown) => {
        const failure = failureOf(error);
        if (failure === 'gone' || failure === 'not_modified') return;
        log.warn({ chatId, messageId, ...factsOf(error) }, 'an old screen could not be removed');
      });
    }
  }

  /** Resolves once nothing is under way any more. */
  async drain(): Promise<void> {
    await Promise.allSettled([...this.#lanes.values()].map((lane) => lane.running));
    await Promise.allSettled(this.#retiring);
  }

  /** Nobody's next screen waits until an old one is gone. */
  #retireSoon(chatId: number, messageId: number): void {
    const retiring = this.retire(chatId, messageId);
    this.#retiring.add(retiring);
    void retiring.finally(() => this.#retiring.delete(retiring));
  }

  async #run(chatId: number, lane: Lane): Promise<void> {
    let failure: unknown = null;
    for (let tries = 1; lane.next !== null;) {
      const item = lane.next;
      lane.next = null;
      failure = null;
      try {
        await this.#deliver(chatId, item);
        tries = 1;
      } catch (error) {
        failure = error;
        const floodMs = floodWaitMs(error);
        if (floodMs === null && (tries === TRIES || !isWorthRepeating(error, item))) continue;
        await new Promise((resolve) => setTimeout(resolve, floodMs ?? PAUSE_MS * tries));
        if (floodMs === null) tries += 1;
        // A newer screen may have come meanwhile: it wins, in the louder manner of both.
        lane.next = newest(item, lane);
      }
    }
    // In the same breath as the last look at `next`: nobody can add to a lane that has ended.
    this.#lanes.delete(chatId);
    if (failure !== null) throw failure as Error;
  }

  async #deliver(chatId: number, item: Item): Promise<void> {
    const { payload, manner } = item;
    const clientTime = this.#clientTime;
    const present = await this.#read(chatId);
    const screen = await this.#render(chatId, payload, clientTime);
    try {
      if (present === null || manner !== 'quiet')
        await this.#replace(chatId, { screen, manner, present });
      else if (present.digest !== screen.digest) await this.#edit(chatId, screen, present);
    } catch (error) {
      if (failureOf(error) !== 'unknown_markup' || !clientTime) {
        this.#giveUp(chatId, item, error);
        return;
      }
      this.#doWithoutClientTime();
      await this.#deliver(chatId, item);
    }
  }

  #giveUp(chatId: number, { payload }: Item, error: unknown): void {
    if (failureOf(error) !== 'unreachable') throw error as Error;
    this.#deps.log.info({ chatId, screen: payload.screen }, 'the player cannot be reached');
  }

  #doWithoutClientTime(): void {
    if (!this.#clientTime) return;
    this.#clientTime = false;
    this.#deps.log.warn(
      {},
      'this Bot API server does not know <tg-time>: times are shown as text from now on',
    );
  }

  async #edit(chatId: number, screen: RenderedScreen, present: Present): Promise<void> {
    try {
      await this.#deps.api.editMessageText(chatId, present.messageId, screen.html, {
        parse_mode: 'HTML',
        reply_markup: screen.keyboard,
      });
    } catch (error) {
      const failure = failureOf(error);
      if (failure === 'gone') return this.#replace(chatId, { screen, manner: 'below', present });
      if (failure !== 'not_modified') throw error;
    }
    await this.#write(chatId, { messageId: present.messageId, digest: screen.digest });
  }

  async #replace(
    chatId: number,
    how: { screen: RenderedScreen; manner: Manner; present: Present | null },
  ): Promise<void> {
    const { screen, manner, present } = how;
    const sent = await this.#deps.api.sendMessage(chatId, screen.html, {
      parse_mode: 'HTML',
      reply_markup: screen.keyboard,
      disable_notification: manner !== 'fresh',
    });
    await this.#write(chatId, { messageId: sent.message_id, digest: screen.digest });
    if (present !== null) this.#retireSoon(chatId, present.messageId);
  }

  async #render(
    chatId: number,
    payload: UiPayload<Action>,
    clientTime: boolean,
  ): Promise<RenderedScreen> {
    const language = (await this.#deps.players.getLanguage(chatId)) ?? 'en';
    return renderScreen(payload, new Translator(language, { clientTime }));
  }

  async #read(chatId: number): Promise<Present | null> {
    const parsed = presentSchema.safeParse(await this.#deps.memos.read(KIND, String(chatId)));
    if (!parsed.success) return null;
    return this.#spoilt.has(chatId) ? { ...parsed.data, digest: '' } : parsed.data;
  }

  async #write(chatId: number, value: Present): Promise<void> {
    await this.#deps.memos.write(KIND, String(chatId), { value, ttlS: PRESENT_TTL_S });
    this.#spoilt.delete(chatId);
  }
}

/** The newer screen, in the louder of both manners: a match found must not lose its sound. */
function newer(waiting: Item | null, item: Item): Item {
  if (waiting === null || rank[waiting.manner] <= rank[item.manner]) return item;
  return { ...item, manner: waiting.manner };
}

/**
 * A refusal that passes, and an edit, can be repeated. A send that got no answer may have arrived:
 * only the beginning of a match is worth the risk of a second message.
 */
function isWorthRepeating(error: unknown, { manner }: Item): boolean {
  const failure = failureOf(error);
  return failure === 'busy' || (failure === 'network' && manner !== 'below');
}

/** What to try after a failure: the screen that came meanwhile, else the same again. */
function newest(failed: Item, { next }: Lane): Item {
  return next === null ? failed : newer(failed, next);
}

/** Domains announce screens whose actions the compiler does not see here; all of them are ours. */
function ownScreen(payload: UiPayload): UiPayload<Action> {
  const buttons = payload.buttons.map((row) =>
    row.map(({ label, style, ...action }) => ({
      ...actionSchema.parse(action),
      label,
      ...(style === undefined ? {} : { style }),
    })),
  );
  return { ...payload, buttons };
}
