import { isReplyError } from './documents/reply-error.ts';

/** Error codes of a server that starts, stops, has no memory, is a replica or has lost its cluster. */
const refusals: ReadonlySet<string> = new Set([
  ...['OOM', 'READONLY', 'MISCONF', 'NOREPLICAS', 'LOADING', 'BUSY'],
  ...['MASTERDOWN', 'CLUSTERDOWN', 'TRYAGAIN'],
]);
const unanswered = new RegExp(
  [
    ...['^Command timed out', '^Connection is closed', "^Stream isn't writeable"],
    // ioredis does not repeat a pipeline or transaction on the next connection.
    '^Command aborted due to connection close',
    ...["^Cluster isn't ready", '^None of startup nodes', '^Too many Cluster redirections'],
  ].join('|'),
);
const names: ReadonlySet<string> = new Set(['MaxRetriesPerRequestError', 'ClusterAllFailedError']);

/**
 * The reason, in a word, if Redis was temporarily unable to run a command; null for every other failure.
 * An aborted transaction has the reason of its first refused command.
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
  // Before Redis 7 the error of a script contains the code in the middle, after a minus.
  const [, inScript] = /^ERR Error running script .*: -([A-Z]+) /.exec(error.message) ?? [];
  const word = inScript ?? /^[A-Z]+/.exec(error.message)?.[0] ?? '';
  return refusals.has(word) ? word : null;
}
