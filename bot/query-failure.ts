import { DrizzleQueryError } from 'drizzle-orm';

/** What may be logged of a failed query; null for an error that is not of the database. */
export function queryFailureOf(error: Error) {
  const causes = causesOf(error);
  const root = causes.at(-1);
  if (root === undefined || !causes.some(isOfDatabase)) return null;
  const code = 'code' in root ? root.code : null;
  // Class 22, invalid data: the server quotes the value.
  const isQuoted = typeof code === 'string' && code.startsWith('22');
  const detail = isQuoted ? root.message.replaceAll(/"[^]*"/g, '"…"') : root.message;
  return { detail, code };
}

/** The error, its cause, the cause of that, and so on. */
function causesOf(error: Error): Error[] {
  return error.cause instanceof Error ? [error, ...causesOf(error.cause)] : [error];
}

/** Drivers have classes of their own, but all name the severity. */
function isOfDatabase(error: Error): boolean {
  const isQuery = error instanceof DrizzleQueryError || 'severity' in error;
  return isQuery || error.name === 'NoConnectionError';
}
