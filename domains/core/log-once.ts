import { boundedMap } from './bounded-map.ts';

/** The least recently used event may be logged a second time when there are more. */
const MAX_EVENTS = 1_000;

/** Limits a recurring event to one log line. */
export class LogOnce {
  readonly #logged = boundedMap<string, true>(MAX_EVENTS);

  isFirst(event: string): boolean {
    const isFirst = this.#logged.get(event) !== true;
    this.#logged.set(event, true);
    return isFirst;
  }
}
