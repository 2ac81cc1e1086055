import { conflict } from '../errors/api-error.ts';
import { Bell } from './bell.ts';
import type { Json } from './json.ts';
import type { Time } from './time.ts';
import { allowedUpdateKinds } from './update-kinds.ts';
import type { ServedUpdateKind } from './update-kinds.ts';

export type Update = Json & { readonly update_id: number };

export interface PollRequest {
  readonly offset: number;
  readonly limit: number;
  readonly timeoutMs: number;
}

export interface QueuedUpdate {
  readonly update: Update;
  /** Updates of one lane keep their order, whichever way they go. */
  readonly lane: string;
}

interface Entry extends QueuedUpdate {
  readonly expiresAtMs: number;
  /** How often it is to be delivered; more than once where a doubled delivery was asked for. */
  readonly deliveriesDue: number;
  deliveries: number;
}

type PollEnd = 'woken' | 'timeout' | 'taken over' | 'webhook' | 'gone';

const TAKEN_OVER =
  'terminated by other getUpdates request; make sure that only one bot instance is running';
const WEBHOOK_SET = 'terminated by setWebhook request';

/** What happened and the bot has not confirmed yet. One long poll at a time. */
export class UpdateQueue {
  /** Rings when there may be something to bring to a webhook. */
  readonly bell = new Bell();
  readonly #time: Time;
  #nextId: number;
  #entries: Entry[] = [];
  #allowed: readonly string[] | null = null;
  #doubledAhead = 0;
  #endPoll: ((end: PollEnd) => void) | null = null;

  constructor(time: Time, firstId: number) {
    this.#time = time;
    this.#nextId = firstId;
  }

  /** Gives the update's id, or null where the bot did not ask for this kind. */
  push(kind: ServedUpdateKind, content: Json, lifeMs: number): number | null {
    if (!allowedUpdateKinds(this.#allowed).has(kind)) return null;
    const id = this.#nextId++;
    const doubled = this.#doubledAhead > 0;
    if (doubled) this.#doubledAhead -= 1;
    this.#entries.push({
      update: { update_id: id, [kind]: content },
      lane: laneOf(kind, content),
      expiresAtMs: this.#time.now() + lifeMs,
      deliveriesDue: doubled ? 2 : 1,
      deliveries: 0,
    });
    this.#endPoll?.('woken');
    this.bell.ring();
    return id;
  }

  /** Each of the next `times` updates comes once more after it was confirmed; null is every one, 0 none any more. */
  doubleNext(times: number | null): void {
    this.#doubledAhead = times === 0 ? 0 : this.#doubledAhead + (times ?? Infinity);
  }

  /** How many of the next updates are doubled; null is every one. */
  get doubledAhead(): number | null {
    return this.#doubledAhead === Infinity ? null : this.#doubledAhead;
  }

  /** Remembered until it is changed; null means the usual kinds. */
  allow(kinds: readonly string[] | null): void {
    this.#allowed = kinds;
  }

  get allowed(): readonly string[] | null {
    return this.#allowed;
  }

  get pendingCount(): number {
    this.#forgetExpired();
    return this.#entries.length;
  }

  clear(): void {
    this.#entries = [];
  }

  /** Ends the poll under way, if there is one: with nothing, or with a 409 because a webhook was set. */
  endPoll(how: 'gone' | 'webhook'): void {
    this.#endPoll?.(how);
  }

  /** What a webhook has yet to get, oldest first. */
  waiting(): readonly QueuedUpdate[] {
    this.#forgetExpired();
    return this.#entries;
  }

  /** It arrived once at a webhook; a doubled one waits on. */
  delivered(updateId: number): void {
    for (const entry of this.#entries) {
      if (entry.update.update_id === updateId) entry.deliveries += 1;
    }
    this.#entries = this.#entries.filter(
      ({ update, deliveries, deliveriesDue }) =>
        update.update_id !== updateId || deliveries < deliveriesDue,
    );
  }

  /**
   * Confirms everything before `offset` (a negative one keeps only that many of the newest) and gives what follows, at
   * once or as soon as something happens. Throws a 409 when another poll takes over.
   */
  async take(request: PollRequest, signal: AbortSignal): Promise<Update[]> {
    this.#forgetExpired();
    const from = this.#confirm(request.offset);
    const ready = this.#deliver(from, request.limit);
    if (ready.length > 0 || request.timeoutMs === 0) return ready;
    const end = await this.#poll(request.timeoutMs, signal);
    if (end === 'taken over') throw conflict(TAKEN_OVER);
    if (end === 'webhook') throw conflict(WEBHOOK_SET);
    return end === 'gone' ? [] : this.#deliver(from, request.limit);
  }

  #forgetExpired(): void {
    const now = this.#time.now();
    this.#entries = this.#entries.filter((entry) => entry.expiresAtMs > now);
  }

  /** Gives the id to go on from. An offset from the future confirms nothing, as with Telegram. */
  #confirm(offset: number): number {
    if (offset < 0) this.#entries = this.#entries.slice(offset);
    if (offset <= 0 || offset > this.#nextId) return 0;
    this.#entries = this.#entries.filter(
      (entry) =>
        entry.update.update_id >= offset ||
        (entry.deliveries > 0 && entry.deliveries < entry.deliveriesDue),
    );
    return offset;
  }

  #deliver(from: number, limit: number): Update[] {
    const delivered = this.#entries
      .filter((entry) => entry.update.update_id >= from || entry.deliveries > 0)
      .slice(0, limit);
    for (const entry of delivered) entry.deliveries += 1;
    return delivered.map((entry) => entry.update);
  }

  #poll(timeoutMs: number, signal: AbortSignal): Promise<PollEnd> {
    this.#endPoll?.('taken over');
    return new Promise((resolve) => {
      const timer = new AbortController();
      const leave = () => {
        end('gone');
      };
      const end = (how: PollEnd) => {
        if (this.#endPoll === end) this.#endPoll = null;
        signal.removeEventListener('abort', leave);
        timer.abort();
        resolve(how);
      };
      this.#endPoll = end;
      signal.addEventListener('abort', leave);
      if (signal.aborted) leave();
      void this.#time.wait(timeoutMs, timer.signal).then(() => {
        end('timeout');
      });
    });
  }
}

/** One per kind and person: that is how Telegram queues for webhooks. */
function laneOf(kind: ServedUpdateKind, { chat, from }: Json): string {
  return `${kind} ${idOf(chat) ?? idOf(from) ?? ''}`;
}

function idOf(value: unknown): number | null {
  const isNumbered = typeof value === 'object' && value !== null && 'id' in value;
  return isNumbered && typeof value.id === 'number' ? value.id : null;
}
