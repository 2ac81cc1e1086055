/** More than concurrent processes ever need: beyond it there is a bug. */
const MAX_ATTEMPTS = 1_000;

/** Reads, decides and swaps; null if its swap found that the value had changed. */
type Attempt<T> = () => Promise<{ readonly reply: T } | null>;

/**
 * Repeats attempts until one succeeds; of concurrent ones, one always does. Attempts of this process at
 * one key run one after the other, as a burst of them would fail quadratically often.
 */
export class CompareAndSwap {
  readonly #lastByKey = new Map<string, Promise<unknown>>();

  async run<T>(key: string, attempt: Attempt<T>): Promise<T> {
    const own = (this.#lastByKey.get(key) ?? Promise.resolve()).then(() => repeat(key, attempt));
    // An error concerns its own caller, not the next one.
    const finished = own.catch(() => null);
    this.#lastByKey.set(key, finished);
    try {
      return await own;
    } finally {
      if (this.#lastByKey.get(key) === finished) this.#lastByKey.delete(key);
    }
  }
}

async function repeat<T>(key: string, attempt: Attempt<T>): Promise<T> {
  for (let count = 0; count < MAX_ATTEMPTS; count += 1) {
    const done = await attempt();
    if (done !== null) return done.reply;
  }
  throw new Error(`${key} changed concurrently ${MAX_ATTEMPTS} times in a row`);
}
