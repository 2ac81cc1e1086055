export type OutboxMetrics = ReturnType<typeof emptyMetrics>;

/** Counts of screens and calls. */
export function emptyMetrics() {
  return {
    requested: 0,
    sent: 0,
    edited: 0,
    removed: 0,
    /** Not sent because a newer screen came. */
    superseded: 0,
    /** Not sent because the chat shows it already. */
    unchanged: 0,
    /** Animation that was not sent under load. */
    skipped: 0,
    /** Calls repeated after a transient failure. */
    retried: 0,
    /** Sends without a response: each may have left a message of unknown id in the chat. */
    unanswered: 0,
    floods: 0,
    dropped: 0,
  };
}
