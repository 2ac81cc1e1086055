import { DrizzleQueryError } from 'drizzle-orm';
import { serverErrorCode } from './server-error.ts';

/** No connection to the server could be had. */
export class NoConnectionError extends Error {
  override readonly name = 'NoConnectionError';

  constructor(cause: unknown) {
    super('No connection to PostgreSQL', { cause });
  }
}

/** Trouble with the connection, a server that starts, stops or is full, a query that took too long. */
const passing = /^(08|57P|57014$|53300$)/;
/** Trouble with the server's disk or memory, and a server that takes no writes, as another leads. */
const unfit = /^(53|58|25006$)/;
/** The embedded database, as the process ends. */
const ending = /^PGlite is clos(ed|ing)/;

/** Whether a query failed for want of a server that can do anything, and may succeed in a minute. */
export function isOutage(error: unknown): boolean {
  const code = serverErrorCode(error);
  return isUnanswered(error) || (code !== null && unfit.test(code));
}

/** Whether a query failed for want of a server that answers. */
export function isUnanswered(error: unknown): boolean {
  const code = serverErrorCode(error);
  return code === null ? failedUnanswered(error) : passing.test(code);
}

function failedUnanswered(error: unknown): boolean {
  if (error instanceof DrizzleQueryError || error instanceof NoConnectionError) return true;
  if (!(error instanceof Error)) return false;
  return ending.test(error.message) || failedUnanswered(error.cause);
}

/** What the driver said, beneath what was made of it on the way up. */
export function rootOf(error: Error): Error {
  return error.cause instanceof Error ? rootOf(error.cause) : error;
}
