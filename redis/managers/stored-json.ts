import type { z } from 'zod';
import { LogOnce } from '../../domains/core/log-once.ts';
import type { Log } from '../../domains/core/log.ts';
import { NewerRecordError } from '../../domains/core/newer-record-error.ts';
import { decode } from '../documents/document-text.ts';

export interface StoredValue<T> {
  readonly key: string;
  readonly value: unknown;
  readonly schema: z.ZodType<T>;
  readonly log: Log;
}

/**
 * The value if it fits its schema; otherwise null, and the key is logged once. A record of a later
 * release raises a NewerRecordError, and is logged once as well.
 */
export function readStored<T>({ key, value, schema, log }: StoredValue<T>): T | null {
  try {
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    const wrong = parsed.error.issues.map(
      ({ path, code, message }) => `${path.join('.')}: ${code === 'custom' ? message : code}`,
    );
    warnUnreadable(log, key, wrong.join(', '));
    return null;
  } catch (error) {
    if (error instanceof NewerRecordError && isFirst(log, `${key} version ${error.version}`))
      log.warn({ key, version: error.version }, 'record of newer release skipped');
    throw error;
  }
}

/** As `readStored`, from JSON text; null text is an absent key and not logged. */
export function readStoredJson<T>(
  stored: Omit<StoredValue<T>, 'value'> & { readonly text: string | null },
): T | null {
  if (stored.text === null) return null;
  const decoded = decode(stored.text);
  if (decoded.kind === 'value') return readStored({ ...stored, value: decoded.value });
  warnUnreadable(stored.log, stored.key, 'no JSON');
  return null;
}

/** Once for each key and cause: an unreadable value may be read every second. */
export function warnUnreadable(log: Log, key: string, cause: string): void {
  if (isFirst(log, `${key} ${cause}`)) log.warn({ key, cause }, 'stored value unreadable');
}

const logged = new WeakMap<Log, LogOnce>();

function isFirst(log: Log, event: string): boolean {
  const known = logged.get(log) ?? new LogOnce();
  logged.set(log, known);
  return known.isFirst(event);
}
