import { Client } from 'pg';
import { isUnanswered } from './outage.ts';
import { serverErrorCode, serverErrorWords } from './server-error.ts';

/** The database cannot be used; the message is one line that says why and what to do, without secrets. */
export class DatabaseStartError extends Error {
  override readonly name = 'DatabaseStartError';
}

/** What the commonest refusals of a server mean. */
const refusals: Readonly<Record<string, string>> = {
  '28P01': 'it does not take this user and password',
  '28000': 'it does not let this user in',
  '3D000': 'it has no such database',
  '42501': 'this user may not create tables there',
  '53300': 'it has too many connections',
  '57P03': 'it is still starting',
};

export function unreachable(at: string, trouble: unknown): DatabaseStartError {
  return new DatabaseStartError(
    `No usable PostgreSQL at ${at} (${reasonOf(trouble)}). Check DATABASE_URL and that the server ` +
      'is up, or leave DATABASE_URL empty to keep characters in an embedded database.',
  );
}

/** The server is there, but its tables cannot be brought up to date; null: no migration had begun. */
export function notMigrated(
  at: string,
  trouble: unknown,
  migration: string | null,
): DatabaseStartError {
  const words = serverErrorWords(trouble);
  if (words === null || isUnanswered(trouble)) return unreachable(at, trouble);
  const failed = migration === null ? '' : `: migration ${migration} failed`;
  return new DatabaseStartError(
    `The tables at ${at} cannot be brought up to date${failed} (the server says: ${words}). ` +
      'No table was changed. Mend what the server says, or name a database of the bot’s own in ' +
      'DATABASE_URL, and start again.',
  );
}

/** `host:port` of a database's address, or `folder:port` of its socket: all of it that may be shown. */
export function hostPortOf(url: string): string {
  const [, host] = /^postgres(?:ql)?:\/\/([^/?]*)\/[^/?]/.exec(url) ?? [];
  if (host === undefined || (host === '' && !/[?&]host=./.test(url))) throw noAddress();
  try {
    // Reads the address as it will be used.
    const client = new Client(url);
    return `${client.host}:${client.port}`;
  } catch {
    throw noAddress();
  }
}

function noAddress(): DatabaseStartError {
  return new DatabaseStartError(
    'DATABASE_URL is no PostgreSQL address: write it as postgresql://user:password@host:5432/database.',
  );
}

/** Why, in a few words. Never the error's own: nobody promises that they hold no secret. */
export function reasonOf(error: unknown): string {
  const code = serverErrorCode(error);
  if (code !== null) return refusals[code] ?? code;
  if (!(error instanceof Error)) return 'no answer';
  if ('code' in error && typeof error.code === 'string') return error.code;
  if (error.message.startsWith('SASL')) return 'it wants a password';
  return error.message.includes('SSL') ? 'it speaks no TLS' : 'no answer';
}
