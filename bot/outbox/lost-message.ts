import type { Manner } from './item.ts';
import type { IdRange, MessageIds } from './message-ids.ts';

/** A message whose sending was never answered: it may be in the chat. It is looked for id by id. */
export class LostMessage {
  /** How it was sent: whether it made a sound, if it arrived. */
  readonly manner: Manner;
  readonly #range: IdRange;
  readonly #ruledOut = new Set<number>();

  constructor(range: IdRange, manner: Manner) {
    this.manner = manner;
    this.#range = range;
  }

  /** The ids it may have, likeliest first; null while there are too many to try. */
  candidates(ids: MessageIds): number[] | null {
    return ids.candidates(this.#range)?.filter((id) => !this.#ruledOut.has(id)) ?? null;
  }

  ruleOut(messageId: number): void {
    this.#ruledOut.add(messageId);
  }
}
