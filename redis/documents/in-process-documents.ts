import { type Held, type Step, heldIn } from './document-steps.ts';
import { SteppedDocuments } from './stepped-documents.ts';

/** The synchronous key space of ioredis-mock, expiry included; it copies values. */
export interface KeySpace {
  has(key: string): boolean;
  get(key: string): unknown;
  set(key: string, value: unknown): void;
  delete(key: string): void;
}

/** Marks a value as a document: a symbol survives the copying, and no other command writes it. */
const TEXT = Symbol('document');

/**
 * Documents in the key space of the in-process Redis, where EXISTS, DEL, EXPIRE, TTL and FLUSHALL apply to
 * them. Every method reads and writes without awaiting, which makes it atomic.
 */
export class InProcessDocuments extends SteppedDocuments {
  readonly #space: KeySpace;

  constructor(space: KeySpace) {
    super();
    this.#space = space;
  }

  /** For TYPE, which ioredis-mock cannot answer for a document. */
  holds(key: string): boolean {
    return this.#read(key).kind === 'document';
  }

  protected carryOut<R>(key: string, step: Step<R>): Promise<R> {
    const { reply, text } = step(this.#read(key));
    if (text === null) this.#space.delete(key);
    else if (text !== undefined) this.#space.set(key, { [TEXT]: text });
    return Promise.resolve(reply);
  }

  protected load(key: string): Promise<Held> {
    return Promise.resolve(this.#read(key));
  }

  #read(key: string): Held {
    // `has` makes the key space drop an expired key together with its TTL.
    if (!this.#space.has(key)) return { kind: 'no_key' };
    const held = this.#space.get(key);
    return isMarked(held) ? heldIn(held[TEXT]) : { kind: 'wrong_type', cause: 'no document' };
  }
}

function isMarked(held: unknown): held is { readonly [TEXT]: string } {
  return typeof held === 'object' && held !== null && TEXT in held;
}
