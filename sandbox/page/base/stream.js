// @ts-check
/** @import { Call, ChatEvent, Connection, Person } from '../types.ts' */
import { parsed } from './json.js';

/**
 * @typedef {object} StreamListener
 * @property {(state: Connection) => void} onConnection
 * @property {() => void} onStale events were missed: everything has to be fetched again
 * @property {(personId: number, event: ChatEvent) => void} onChat
 * @property {(person: Person) => void} onPerson
 * @property {(call: Call) => void} onCall
 * @property {() => void} onFaults
 * @property {() => void} onBotStarted
 */

const SHORTEST_PAUSE_MS = 400;
const LONGEST_PAUSE_MS = 4000;

/** The Server-Sent Events of the sandbox. Reconnects for as long as the page is open. */
export class NewsStream {
  #listener;
  #pauseMs = SHORTEST_PAUSE_MS;
  /** @type {string | null} */
  #lastId = null;

  /** @param {StreamListener} listener */
  constructor(listener) {
    this.#listener = listener;
    this.#open();
  }

  #open() {
    const after = this.#lastId === null ? '' : `?after=${this.#lastId}`;
    const source = new EventSource(`/sandbox/stream${after}`);
    this.#greet(source);
    this.#hear(source, 'chat', (/** @type {{ person_id: number, event: ChatEvent }} */ news) => {
      this.#listener.onChat(news.person_id, news.event);
    });
    this.#hear(source, 'person', this.#listener.onPerson);
    this.#hear(source, 'call', this.#listener.onCall);
    this.#hear(source, 'faults', this.#listener.onFaults);
    this.#hear(source, 'bot', this.#listener.onBotStarted);
    source.onerror = () => {
      this.#lose(source);
    };
  }

  /** @param {EventSource} source */
  #greet(source) {
    const welcome = (/** @type {MessageEvent<string>} */ { type, data }) => {
      /** @type {{ at: string }} */
      const { at } = parsed(data);
      const isNew = this.#lastId === null || type === 'reset';
      if (isNew) this.#lastId = at;
      this.#pauseMs = SHORTEST_PAUSE_MS;
      this.#listener.onConnection('open');
      if (isNew) this.#listener.onStale();
      else this.#listener.onFaults();
    };
    source.addEventListener('hello', welcome);
    source.addEventListener('reset', welcome);
  }

  /**
   * @template T
   * @param {EventSource} source
   * @param {string} kind
   * @param {(data: T) => void} listener
   */
  #hear(source, kind, listener) {
    source.addEventListener(kind, (/** @type {MessageEvent<string>} */ event) => {
      this.#lastId = event.lastEventId;
      listener(parsed(event.data));
    });
  }

  /**
   * Not left to the browser: some stop trying, and none says when it tries again.
   * @param {EventSource} source
   */
  #lose(source) {
    source.close();
    this.#listener.onConnection('lost');
    setTimeout(() => {
      this.#open();
    }, this.#pauseMs);
    this.#pauseMs = Math.min(2 * this.#pauseMs, LONGEST_PAUSE_MS);
  }
}
