import { randomInt } from 'node:crypto';

export interface CallbackQuery {
  readonly id: string;
  readonly personId: number;
  readonly messageId: number;
  readonly data: string;
  readonly askedAtMs: number;
}

/** Callback queries without an answer. Each can be answered once within its lifetime. */
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

  /** The query if it can still be answered, else null. */
  find(id: string, nowMs: number): CallbackQuery | null {
    const query = this.#open.get(id);
    if (query === undefined || nowMs - query.askedAtMs > this.#lifetimeMs) return null;
    return query;
  }

  close(query: CallbackQuery): void {
    this.#open.delete(query.id);
  }

  /** Unanswered queries of a person, including expired ones. */
  unanswered(personId: number): CallbackQuery[] {
    return [...this.#open.values()].filter((query) => query.personId === personId);
  }
}

/** A 64-bit number in decimal with the person's id in the upper half, as Telegram makes them. */
function newId(personId: number): string {
  return ((BigInt(personId) << 32n) | BigInt(randomInt(2 ** 32))).toString();
}
