export interface Updates {
  /** Accepts no new updates and waits for running handlers, at most `withinMs`. */
  stop(withinMs: number): Promise<void>;
  /** False while no update can arrive: players cannot tap, and their turn timers pause. */
  isReceiving(): boolean;
  /** Rejects if another poller has taken over or the token was revoked. */
  readonly ended: Promise<void>;
}

/** For a process without the `updates` part. */
export const noUpdates: Updates = {
  stop: () => Promise.resolve(),
  isReceiving: () => false,
  ended: new Promise(() => {}),
};
