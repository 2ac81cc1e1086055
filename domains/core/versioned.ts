import { z } from 'zod';
import { NewerRecordError } from './newer-record-error.ts';

type Fields = Readonly<Record<string, unknown>>;

/** A kind of record that is kept longer than a release lives. */
export interface RecordFormat<T> {
  /** What is written today. */
  readonly version: number;
  /** By the version it begins with: what makes a record of it one of the next. */
  readonly upgradeFrom: Readonly<Record<number, (old: Fields) => Fields>>;
  readonly schema: z.ZodType<T>;
}

const fieldsSchema = z.record(z.string(), z.unknown());
/** A record that does not say its version in `schema` is of the first. */
const firstByDefault = z.looseObject({ schema: z.int().positive().default(1) });

/**
 * Reads records of the present and of all earlier versions. One of a later version raises a
 * NewerRecordError, from `safeParse` too: what this release does not know of it, it would lose.
 */
export function versioned<T>(form: RecordFormat<T>): z.ZodType<T> {
  return fieldsSchema
    .transform((fields, context): unknown => {
      const told = firstByDefault.safeParse(fields);
      const upgraded = told.success ? upgrade(form, told.data.schema, fields) : null;
      if (upgraded !== null) return upgraded;
      const message = `version ${JSON.stringify(fields['schema'])} is none up to ${form.version}`;
      context.addIssue({ code: 'custom', path: ['schema'], message });
      return z.NEVER;
    })
    .pipe(form.schema);
}

/**
 * As `versioned`, where the version is kept beside the record; null for what cannot be read. Raises
 * a NewerRecordError.
 */
export function readVersion<T>(form: RecordFormat<T>, version: number, stored: unknown): T | null {
  const fields = fieldsSchema.safeParse(stored);
  const upgraded = fields.success ? upgrade(form, version, fields.data) : null;
  const read = form.schema.safeParse(upgraded);
  return read.success ? read.data : null;
}

/** Step by step to the present version; null if no steps lead there. */
function upgrade<T>(form: RecordFormat<T>, from: number, fields: Fields): Fields | null {
  if (from > form.version) throw new NewerRecordError(from, form.version);
  if (from === form.version) return fields;
  const step = form.upgradeFrom[from];
  if (step === undefined) return null;
  return upgrade(form, from + 1, { ...step(fields), schema: from + 1 });
}
