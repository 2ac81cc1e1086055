/** Injected, so that tests and replays control time. */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number;
}
