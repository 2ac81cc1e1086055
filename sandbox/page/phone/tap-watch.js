// @ts-check
import * as api from '../base/api.js';

/** How long a client shows a tap as unanswered. */
const LONGEST_MS = 15_000;

/** The unanswered taps of one chat. The answer of the bot may arrive before the reply to the request that tapped. */
export class TapWatch {
  /** @type {Map<string, number>} message and data, with how many taps */
  #waiting = new Map();
  /** @type {Map<string, string>} by query */
  #queries = new Map();
  /** @type {Set<string>} */
  #early = new Set();

  /**
   * @param {number} personId
   * @param {(messageId: number) => void} onChange
   */
  constructor(personId, onChange) {
    this.personId = personId;
    this.onChange = onChange;
  }

  /**
   * @param {number} messageId
   * @param {string | null} data
   */
  isWaiting(messageId, data) {
    return this.#waiting.has(`${messageId} ${data ?? ''}`);
  }

  /**
   * Rejects with a Refusal.
   * @param {number} messageId
   * @param {string} data
   */
  async tap(messageId, data) {
    const key = `${messageId} ${data}`;
    this.#count(key, 1);
    try {
      const { callback_query_id: query } = await api.tap(this.personId, messageId, data);
      this.#queries.set(query, key);
      if (this.#early.delete(query)) this.answered(query);
      else
        setTimeout(() => {
          this.answered(query);
        }, LONGEST_MS);
    } catch (error) {
      this.#count(key, -1);
      throw error;
    }
  }

  /** @param {string} query */
  answered(query) {
    const key = this.#queries.get(query);
    if (key === undefined) this.#early.add(query);
    else if (this.#queries.delete(query)) this.#count(key, -1);
  }

  /**
   * @param {string} key
   * @param {1 | -1} by
   */
  #count(key, by) {
    const count = (this.#waiting.get(key) ?? 0) + by;
    if (count > 0) this.#waiting.set(key, count);
    else this.#waiting.delete(key);
    this.onChange(Number(key.split(' ')[0]));
  }
}
