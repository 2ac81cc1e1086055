import { DrizzleQueryError } from 'drizzle-orm';
import { serverErrorCode } from './server-error.ts';

/** The pool could not connect to the server. */
export class NoConnectionError extends Error {
  override readonly name = 'NoConnectionError';

  constructor(cause: unknown) {
    super('No connection to PostgreSQL', { cause });
  }
}

/** Connection errors, a server that starts, stops or has no free connection, and slow queries. */
const connectionCodes = /^(08|57P|57014$|53300$)/;
/** No disk space or memory, and a read-only server after a failover. */
const resourceCodes = /^(53|58|25006$)/;
/** The embedded database while the process stops. */
const embeddedClosed = /^PGlite is clos(ed|ing)/;

/** Whether the server could not run a query that may succeed in a minute. */
export function isOutage(error: unknown): boolean {
  return isUnanswered(error) || refusesWrites(error);
}

export function isUnanswered(error: unknown): boolean {
  const code = serverErrorCode(error);
  return code === null ? failedUnanswered(error) : connectionCodes.test(code);
}

function failedUnanswered(error: unknown): boolean {
  if (error instanceof DrizzleQueryError || error instanceof NoConnectionError) return true;
  if (!(error instanceof Error)) return false;
  return embeddedClosed.test(error.message) || failedUnanswered(error.cause);
}

/** Whether the server still accepts connections, and perhaps queries that only read. */
export function refusesWrites(error: unknown): boolean {
  const code = serverErrorCode(error);
  return !isUnanswered(error) && code !== null && resourceCodes.test(code);
}

export function rootOf(error: Error): Error {
  return error.cause instanceof Error ? rootOf(error.cause) : error;
}
