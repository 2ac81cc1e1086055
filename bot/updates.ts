/** How updates come in from Telegram. */
export interface Updates {
  /** Takes no new updates and finishes those under way (at most `withinMs`). */
  stop(withinMs: number): Promise<void>;
  /** False while updates cannot be had: then nobody can tap, and no clock may run against anybody. */
  isReceiving(): boolean;
  /** Rejects if they end by themselves: a second poller, a revoked token. */
  readonly ended: Promise<void>;
}

/** For a process that leaves the updates to others. */
export const noUpdates: Updates = {
  stop: () => Promise.resolve(),
  isReceiving: () => false,
  ended: new Promise(() => {}),
};
