import { performance } from 'node:perf_hooks';
import { z } from 'zod';
import { isReplyError } from './documents/reply-error.ts';
import { outageOf } from './outage.ts';

/** The connection leads to a server that is no primary, or no longer: its name may lead elsewhere by now. */
const elsewhere: ReadonlySet<string> = new Set(['READONLY', 'LOADING', 'MASTERDOWN']);
const MIN_INTERVAL_MS = 1_000;

/**
 * For ioredis: whether to connect again because of this reply. The command is not repeated, since the
 * name may lead to the same server for minutes; reads go on there, so the interval has a minimum.
 */
export function reconnectRule(steadyNow = () => performance.now()): (error: unknown) => boolean {
  let lastMs = -Infinity;
  return (error) => {
    // Otherwise ioredis would go on in database 0.
    if (isSelectRefused(error)) return true;
    if (!elsewhere.has(outageOf(error) ?? '') || steadyNow() - lastMs < MIN_INTERVAL_MS)
      return false;
    lastMs = steadyNow();
    return true;
  };
}

const selectSchema = z.object({ command: z.object({ name: z.literal('select') }) });

/** Whether the server has no such database, or does not allow it. */
export function isSelectRefused(error: unknown): boolean {
  return (
    isReplyError(error) &&
    /^(ERR|NOPERM)/.test(error.message) &&
    selectSchema.safeParse(error).success
  );
}
