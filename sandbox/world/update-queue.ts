import { conflict } from '../errors/api-error.ts';
import { ChangeNotifier } from './change-notifier.ts';
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
  /** Updates with equal keys are delivered in order. */
  readonly orderingKey: string;
}

interface Entry extends QueuedUpdate {
  readonly expiresAtMs: number;
  /** 2 for a doubled update, else 1. */
  readonly deliveriesDue: number;
  deliveries: number;
}

type PollEnd = 'woken' | 'timeout' | 'replaced' | 'webhook' | 'gone';

const POLL_REPLACED =
  'terminated by other getUpdates request; make sure that only one bot instance is running';
const WEBHOOK_SET = 'terminated by setWebhook request';

/** Updates that the bot has not confirmed. One long poll at a time. */
export class UpdateQueue {
  /** Notifies when a webhook may have something to deliver. */
  readonly changes = new ChangeNotifier();
  readonly #time: Time;
  #nextId: number;
  #entries: Entry[] = [];
  #allowed: readonly string[] | null = null;
  #doublingsLeft = 0;
  #endPoll: ((end: PollEnd) => void) | null = null;

  constructor(time: Time, firstId: number) {
    this.#time = time;
    this.#nextId = firstId;
  }

  /** Returns the update's id, or null for a kind that the bot does not want. */
  push(kind: ServedUpdateKind, content: Json, lifeMs: number): number | null {
    if (!allowedUpdateKinds(this.#allowed).has(kind)) return null;
    const id = this.#nextId++;
    const doubled = this.#doublingsLeft > 0;
    if (doubled) this.#doublingsLeft -= 1;
    this.#entries.push({
      update: { update_id: id, [kind]: content },
      orderingKey: orderingKeyOf(kind, content),
      expiresAtMs: this.#time.now() + lifeMs,
      deliveriesDue: doubled ? 2 : 1,
      deliveries: 0,
    });
    this.#endPoll?.('woken');
    this.changes.notify();
    return id;
  }

  /** Doubles the next `times` updates: they are delivered again after they were confirmed. Null is all, 0 stops it. */
  doubleNext(times: number | null): void {
    this.#doublingsLeft = times === 0 ? 0 : this.#doublingsLeft + (times ?? Infinity);
  }

  /** How many of the next updates are doubled; null is all. */
  get doublingsLeft(): number | null {
    return this.#doublingsLeft === Infinity ? null : this.#doublingsLeft;
  }

  /** Holds until the next call; null means the default kinds. */
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

  /** Ends the current poll, if any: with no updates, or with a 409 because a webhook was set. */
  endPoll(how: 'gone' | 'webhook'): void {
    this.#endPoll?.(how);
  }

  /** The undelivered updates, oldest first. */
  waiting(): readonly QueuedUpdate[] {
    this.#forgetExpired();
    return this.#entries;
  }

  /** Confirms one delivery to a webhook; a doubled update stays for the second. */
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
   * Confirms all updates before `offset` (a negative one keeps only that many of the newest) and returns the next ones,
   * at once or when one arrives. Throws a 409 when another poll replaces this one.
   */
  async take(request: PollRequest, signal: AbortSignal): Promise<Update[]> {
    this.#forgetExpired();
    const from = this.#confirm(request.offset);
    const ready = this.#deliver(from, request.limit);
    if (ready.length > 0 || request.timeoutMs === 0) return ready;
    const end = await this.#poll(request.timeoutMs, signal);
    if (end === 'replaced') throw conflict(POLL_REPLACED);
    if (end === 'webhook') throw conflict(WEBHOOK_SET);
    return end === 'gone' ? [] : this.#deliver(from, request.limit);
  }

  #forgetExpired(): void {
    const now = this.#time.now();
    this.#entries = this.#entries.filter((entry) => entry.expiresAtMs > now);
  }

  /** Returns the first id to deliver. An offset beyond the newest update confirms nothing, as with Telegram. */
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
    this.#endPoll?.('replaced');
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

/** One key per kind and person, as Telegram orders deliveries to webhooks. */
function orderingKeyOf(kind: ServedUpdateKind, { chat, from }: Json): string {
  return `${kind} ${idOf(chat) ?? idOf(from) ?? ''}`;
}

function idOf(value: unknown): number | null {
  const isNumbered = typeof value === 'object' && value !== null && 'id' in value;
  return isNumbered && typeof value.id === 'number' ? value.id : null;
}
