/** What the outbox has done so far, in numbers of screens or calls. */
export interface OutboxMetrics {
  /** Screens handed in. */
  requested: number;
  /** Messages sent, edited, removed. */
  sent: number;
  edited: number;
  removed: number;
  /** Screens never sent: a newer one came, it looked the same, or it was animation under load. */
  superseded: number;
  unchanged: number;
  skipped: number;
  /** Calls that failed for a reason that passes, and were repeated. */
  retried: number;
  /** Sends without an answer: each may have left a message that nobody knows of. */
  unanswered: number;
  floods: number;
  /** Screens given up. */
  dropped: number;
}

export function emptyMetrics(): OutboxMetrics {
  return {
    ...{ requested: 0, sent: 0, edited: 0, removed: 0 },
    ...{ superseded: 0, unchanged: 0, skipped: 0 },
    ...{ retried: 0, unanswered: 0, floods: 0, dropped: 0 },
  };
}
