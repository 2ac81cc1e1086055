import { isReplyError } from './documents/reply-error.ts';

/** A server that starts, stops, is full, is a replica or has lost its cluster: it says so by these words. */
const refusals: ReadonlySet<string> = new Set([
  ...['OOM', 'READONLY', 'MISCONF', 'NOREPLICAS', 'LOADING', 'BUSY'],
  ...['MASTERDOWN', 'CLUSTERDOWN', 'TRYAGAIN'],
]);
const unanswered = new RegExp(
  [
    ...['^Command timed out', '^Connection is closed', "^Stream isn't writeable"],
    // What was under way in a pipeline or a transaction is not sent again on the next connection.
    '^Command aborted due to connection close',
    ...["^Cluster isn't ready", '^None of startup nodes', '^Too many Cluster redirections'],
  ].join('|'),
);
const names: ReadonlySet<string> = new Set(['MaxRetriesPerRequestError', 'ClusterAllFailedError']);

/**
 * Why Redis could not do what it was asked, in a word, where it may in a minute; null for every other
 * failure. A transaction that was given up is what its first refused command was.
 */
export function outageOf(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  const isReply: boolean = isReplyError(error);
  if (isReply) return refusalOf(error);
  return names.has(error.name) || unanswered.test(error.message) ? 'no answer' : null;
}

function refusalOf(error: Error): string | null {
  if ('previousErrors' in error && Array.isArray(error.previousErrors)) {
    const reasons = error.previousErrors.map(outageOf);
    return reasons.find((reason) => reason !== null) ?? null;
  }
  // Before Redis 7 a script that is refused says so in the midst of a sentence, after a minus.
  const [, inScript] = /^ERR Error running script .*: -([A-Z]+) /.exec(error.message) ?? [];
  const word = inScript ?? /^[A-Z]+/.exec(error.message)?.[0] ?? '';
  return refusals.has(word) ? word : null;
}
