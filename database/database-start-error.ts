import { Client } from 'pg';
import { isUnanswered } from './outage.ts';
import { serverErrorCode, serverErrorText } from './server-error.ts';

/** The database cannot be used; the message is one line with reason and remedy, without secrets. */
export class DatabaseStartError extends Error {
  override readonly name = 'DatabaseStartError';
}

const FORBIDDEN = '42501';

const refusals: Readonly<Record<string, string>> = {
  '08P01': 'refused by the pooler',
  '25006': 'read-only',
  '28P01': 'wrong user or password',
  '28000': 'user not allowed',
  '3D000': 'no such database',
  '53100': 'disk full',
  '53300': 'too many connections',
  '57P03': 'still starting',
};

export function unreachable(at: string, error: unknown): DatabaseStartError {
  if (error instanceof DatabaseStartError) return error;
  return new DatabaseStartError(
    `No usable PostgreSQL at ${at} (${reasonOf(error)}). Check DATABASE_URL and that the server ` +
      'is up, or leave DATABASE_URL empty to keep characters in an embedded database.',
  );
}

export function notMigrated(
  at: string,
  error: unknown,
  migration: string | null,
): DatabaseStartError {
  if (error instanceof DatabaseStartError) return error;
  const reply = serverErrorText(error);
  if (reply === null || isUnanswered(error)) return unreachable(at, error);
  const failed = migration === null ? '' : `: migration ${migration} failed`;
  if (serverErrorCode(error) === FORBIDDEN)
    return new DatabaseStartError(
      `The user of DATABASE_URL may not create tables at ${at} (${reply}). Make them the owner of ` +
        'the database, or grant them create on the database and on its schema, and start again.',
    );
  return new DatabaseStartError(
    `The tables at ${at} cannot be migrated${failed} (${reply}). No table was changed. Fix what the ` +
      'server reports, or name a database of the bot’s own in DATABASE_URL, and start again.',
  );
}

/** `host:port` of a database's address, or `folder:port` of its socket: the part without secrets. */
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

/** The reason in a few words. Never the error's own text, which may contain a secret. */
export function reasonOf(error: unknown): string {
  const code = serverErrorCode(error);
  if (code !== null) return refusals[code] ?? code;
  if (!(error instanceof Error)) return 'no answer';
  if ('code' in error && typeof error.code === 'string') return error.code;
  if (error.message.startsWith('SASL')) return 'password required';
  return error.message.includes('SSL') ? 'no TLS' : 'no answer';
}
