/** Far more than processes can get in each other's way: beyond it, something is amiss. */
const MAX_ATTEMPTS = 1_000;

/** What a round of a contest ends with: a swap that came too late was `stale`. */
export type Attempt<T> = { readonly kind: 'over'; readonly reply: T } | { readonly kind: 'stale' };

/**
 * Changes made by reading, deciding here and swapping there. Those of this process wait for one
 * another; against those of others a round is repeated until its swap comes in time, and whenever
 * one is stale somebody else's was not.
 */
export class CompareAndSwap {
  readonly #lastByKey = new Map<string, Promise<unknown>>();

  async run<T>(key: string, round: () => Promise<Attempt<T>>): Promise<T> {
    const mine = (this.#lastByKey.get(key) ?? Promise.resolve()).then(() => untilOver(key, round));
    // What an earlier change raised is for whoever asked for that one.
    const over = mine.catch(() => null);
    this.#lastByKey.set(key, over);
    try {
      return await mine;
    } finally {
      if (this.#lastByKey.get(key) === over) this.#lastByKey.delete(key);
    }
  }
}

async function untilOver<T>(key: string, round: () => Promise<Attempt<T>>): Promise<T> {
  for (let count = 0; count < MAX_ATTEMPTS; count += 1) {
    const end = await round();
    if (end.kind === 'over') return end.reply;
  }
  throw new Error(`${key} changed under our hands ${MAX_ATTEMPTS} times in a row`);
}
