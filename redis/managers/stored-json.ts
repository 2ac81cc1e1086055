import type { z } from 'zod';
import type { Log } from '../../domains/core/log.ts';
import { Complaints } from '../complaints.ts';

/** A value as it came out of a key, to be read as what `schema` says. */
export interface StoredValue<T> {
  readonly key: string;
  readonly value: unknown;
  readonly schema: z.ZodType<T>;
  readonly log: Log;
}

/** The value if it fits its schema; otherwise null and one line in the log that names the key. */
export function readStored<T>({ key, value, schema, log }: StoredValue<T>): T | null {
  const parsed = schema.safeParse(value);
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
  try {
    return readStored({ ...stored, value: JSON.parse(stored.text) });
  } catch {
    warnUnreadable(stored.log, stored.key, 'no JSON');
    return null;
  }
}

const told = new WeakMap<Log, Complaints>();

/** Once for each key and cause: what is broken may be read every second. */
export function warnUnreadable(log: Log, key: string, cause: string): void {
  const complaints = told.get(log) ?? new Complaints();
  told.set(log, complaints);
  if (!complaints.isNew(`${key} ${cause}`)) return;
  log.warn({ key, cause }, 'A stored value cannot be read and counts as absent');
}
