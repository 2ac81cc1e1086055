import { type Held, type Step, heldIn } from './document-steps.ts';
import { SteppedDocuments } from './stepped-documents.ts';

/** The synchronous key space of the stand-in, expiry included; reads and writes are copies. */
export interface KeySpace {
  has(key: string): boolean;
  get(key: string): unknown;
  set(key: string, value: unknown): void;
  delete(key: string): void;
}

/**
 * Marks a value of the key space as a document. The text below it keeps what is stored apart from
 * what callers hold; a symbol survives the key space's copying and no other command writes it.
 */
const TEXT = Symbol('document');

/**
 * Documents beside the keys of the in-process stand-in: EXISTS, DEL, EXPIRE, TTL and FLUSHALL work
 * on them as on any key. Every method reads and writes without a pause, so each is one atomic step.
 */
export class InProcessDocuments extends SteppedDocuments {
  readonly #space: KeySpace;

  constructor(space: KeySpace) {
    super();
    this.#space = space;
  }

  /** For TYPE, which the stand-in cannot answer for a document. */
  holds(key: string): boolean {
    return this.#look(key).kind === 'document';
  }

  protected async carryOut<R>(key: string, step: Step<R>): Promise<R> {
    return settled(() => {
      const { reply, kept } = step(this.#look(key));
      if (kept === null) this.#space.delete(key);
      else if (kept !== undefined) this.#space.set(key, { [TEXT]: kept });
      return reply;
    });
  }

  protected async load(key: string): Promise<Held> {
    return settled(() => this.#look(key));
  }

  #look(key: string): Held {
    // Asking first lets the key space drop an expired key together with its TTL.
    if (!this.#space.has(key)) return { kind: 'no_key' };
    const held = this.#space.get(key);
    return isMarked(held) ? heldIn(held[TEXT]) : { kind: 'wrong_type', cause: 'no document' };
  }
}

/** What happens happens now and at once; only the answer comes later, as from a server. */
function settled<T>(step: () => T): Promise<T> {
  return Promise.resolve(step());
}

function isMarked(held: unknown): held is { readonly [TEXT]: string } {
  return typeof held === 'object' && held !== null && TEXT in held;
}
