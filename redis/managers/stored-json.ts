import type { z } from 'zod';
import type { Log } from '../../domains/core/log.ts';
import { NewerRecordError } from '../../domains/core/newer-record-error.ts';
import { LogOnce } from '../../domains/core/log-once.ts';
import { decode } from '../documents/document-text.ts';

/** A value as it came out of a key, to be read as what `schema` says. */
export interface StoredValue<T> {
  readonly key: string;
  readonly value: unknown;
  readonly schema: z.ZodType<T>;
  readonly log: Log;
}

/**
 * The value if it fits its schema; otherwise null and one line in the log that names the key. A
 * record of a later release raises a NewerRecordError, after one line as well.
 */
export function readStored<T>({ key, value, schema, log }: StoredValue<T>): T | null {
  const parsed = parsedBy(schema, value, { key, log });
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map(
    ({ path, code, message }) => `${path.join('.')}: ${code === 'custom' ? message : code}`,
  );
  warnUnreadable(log, key, wrong.join(', '));
  return null;
}

/** As `readStored`, from JSON text; null text is an absent key and worth no line. */
export function readStoredJson<T>(
  stored: Omit<StoredValue<T>, 'value'> & { readonly text: string | null },
): T | null {
  if (stored.text === null) return null;
  const decoded = decode(stored.text);
  if (decoded.kind === 'value') return readStored({ ...stored, value: decoded.value });
  warnUnreadable(stored.log, stored.key, 'no JSON');
  return null;
}

function parsedBy<T>(
  schema: z.ZodType<T>,
  value: unknown,
  { key, log }: Pick<StoredValue<T>, 'key' | 'log'>,
) {
  try {
    return schema.safeParse(value);
  } catch (error) {
    if (error instanceof NewerRecordError) warnNewer(log, key, error);
    throw error;
  }
}

const told = new WeakMap<Log, LogOnce>();

/** Once for each key and cause: what is broken may be read every second. */
export function warnUnreadable(log: Log, key: string, cause: string): void {
  if (!isNew(log, `${key} ${cause}`)) return;
  log.warn({ key, cause }, 'A stored value cannot be read and counts as absent');
}

function warnNewer(log: Log, key: string, { version }: NewerRecordError): void {
  if (!isNew(log, `${key} version ${version}`)) return;
  log.warn({ key, version }, 'record of a newer release; left as it is');
}

function isNew(log: Log, complaint: string): boolean {
  const known = told.get(log) ?? new LogOnce();
  told.set(log, known);
  return known.isFirst(complaint);
}
