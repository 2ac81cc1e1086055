import type { z } from 'zod';
import type { Log } from '../../domains/core/log.ts';

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
  const wrong = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.code}`);
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

export function warnUnreadable(log: Log, key: string, cause: string): void {
  log.warn({ key, cause }, 'A stored value cannot be read and counts as absent');
}
