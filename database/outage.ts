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

/** Whether a query failed for want of a server that answers, and may succeed in a minute. */
export function isOutage(error: unknown): boolean {
  const code = serverErrorCode(error);
  return code === null ? failedUnanswered(error) : passing.test(code);
}

function failedUnanswered(error: unknown): boolean {
  if (error instanceof DrizzleQueryError || error instanceof NoConnectionError) return true;
  return error instanceof Error && failedUnanswered(error.cause);
}

/** What the driver said, beneath what was made of it on the way up. */
export function rootOf(error: Error): Error {
  return error.cause instanceof Error ? rootOf(error.cause) : error;
}
