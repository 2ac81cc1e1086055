/** Where time comes from. Handed in, so that tests and replays own it. */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number;
}
