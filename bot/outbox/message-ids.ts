/** More candidates than this are not worth a call each. */
const SPAN = 12;
/** Ids that others (a person who writes just now, a send under way) have taken unheard of so far. */
const UNHEARD = 5;
/** Older ids are forgotten. */
const REMEMBERED = 2_000;

/** A message whose sending was never answered was given an id between two that were heard of. */
export interface IdRange {
  /** The newest before it was sent. */
  readonly since: number;
  /** The newest when its sending failed. */
  readonly until: number;
}

/**
 * The message ids heard of. Private chats of one bot share one sequence, so a message whose sending
 * was never answered has, if it exists, one of the ids that came next and that nobody else has.
 */
export class MessageIds {
  readonly #heard = new Set<number>();
  #newest = 0;

  get newest(): number {
    return this.#newest;
  }

  note(messageId: number): void {
    this.#newest = Math.max(this.#newest, messageId);
    this.#heard.add(messageId);
    const [oldest] = this.#heard;
    if (this.#heard.size > REMEMBERED && oldest !== undefined) this.#heard.delete(oldest);
  }

  /**
   * The ids that a lost message may have; null: too many to try. What has been heard of since its
   * sending failed may have been under way at the time, unless too much has.
   */
  candidates({ since, until }: IdRange): number[] | null {
    return this.#between(since, this.#newest) ?? this.#between(since, until);
  }

  #between(since: number, until: number): number[] | null {
    const count = until - since + UNHEARD;
    if (since === 0 || count > REMEMBERED) return null;
    const ids = Array.from({ length: count }, (_, index) => since + 1 + index);
    const possible = ids.filter((id) => !this.#heard.has(id));
    return possible.length > SPAN ? null : possible;
  }
}
