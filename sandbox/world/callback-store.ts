import { randomInt } from 'node:crypto';

export interface CallbackQuery {
  readonly id: string;
  readonly personId: number;
  readonly messageId: number;
  readonly data: string;
  readonly askedAtMs: number;
}

/** Taps that wait for their answer. Each takes one, and only for a while. */
export class CallbackStore {
  readonly #open = new Map<string, CallbackQuery>();
  readonly #lifetimeMs: number;

  constructor(lifetimeMs: number) {
    this.#lifetimeMs = lifetimeMs;
  }

  open(tap: Omit<CallbackQuery, 'id'>): CallbackQuery {
    const query = { ...tap, id: newId(tap.personId) };
    this.#open.set(query.id, query);
    return query;
  }

  /** The query if it may still be answered. */
  find(id: string, nowMs: number): CallbackQuery | null {
    const query = this.#open.get(id);
    if (query === undefined || nowMs - query.askedAtMs > this.#lifetimeMs) return null;
    return query;
  }

  close(query: CallbackQuery): void {
    this.#open.delete(query.id);
  }

  /** Taps of a person that nobody answered, the expired ones too. */
  unanswered(personId: number): CallbackQuery[] {
    return [...this.#open.values()].filter((query) => query.personId === personId);
  }
}

/** A 64-bit number in decimal, its upper half the person's, as Telegram makes them. */
function newId(personId: number): string {
  return ((BigInt(personId) << 32n) | BigInt(randomInt(2 ** 32))).toString();
}
