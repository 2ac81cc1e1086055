import type { Item } from './item.ts';
import type { IdRange, MessageIds } from './message-ids.ts';

/** A message whose sending was never answered: it may be in the chat. It is looked for id by id. */
export class LostMessage {
  /** The screen that it was to show; whether it made a sound, if it arrived. */
  readonly item: Item;
  readonly #range: IdRange;
  readonly #ruledOut = new Set<number>();

  constructor(range: IdRange, item: Item) {
    this.item = item;
    this.#range = range;
  }

  /** The ids it may have, likeliest first; null while there are too many to try. */
  candidates(ids: MessageIds): number[] | null {
    return ids.candidates(this.#range)?.filter((id) => !this.#ruledOut.has(id)) ?? null;
  }

  /** Whether its arrival made the sound that a screen in its place must make. */
  wasHeardFor({ manner }: Item): boolean {
    return manner !== 'fresh' || this.item.manner === 'fresh';
  }

  ruleOut(messageId: number): void {
    this.#ruledOut.add(messageId);
  }
}
