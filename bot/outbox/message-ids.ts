/** More candidates than this are not worth a call each: the bot is too busy to know. */
const SPAN = 8;
/** Ids that others (a person who writes just now) may have taken without our hearing of it yet. */
const UNHEARD = 3;

/**
 * The newest message id heard of. Private chats of one bot share one sequence, so a message whose
 * sending was never answered has, if it exists, one of the next ids.
 */
export class MessageIds {
  #newest = 0;

  get newest(): number {
    return this.#newest;
  }

  note(messageId: number): void {
    this.#newest = Math.max(this.#newest, messageId);
  }

  /** The ids that a message may have that was sent when `since` was the newest; null: too many. */
  after(since: number): number[] | null {
    if (since === 0 || this.#newest - since > SPAN) return null;
    const count = Math.min(this.#newest - since + UNHEARD, SPAN);
    return Array.from({ length: count }, (_, index) => since + 1 + index);
  }
}
