import { z } from 'zod';
import { NewerRecordError } from './newer-record-error.ts';

type Fields = Readonly<Record<string, unknown>>;

/** A kind of stored record that outlives the release that wrote it. */
export interface RecordFormat<T> {
  readonly version: number;
  /** Key: a version; value: the step from it to the next one. */
  readonly upgradeFrom: Readonly<Record<number, (old: Fields) => Fields>>;
  readonly schema: z.ZodType<T>;
}

const fieldsSchema = z.record(z.string(), z.unknown());
/** The field `schema` is the version; the first version did not write it. */
const versionSchema = z.looseObject({ schema: z.int().positive().default(1) });

/**
 * Parses records of this version and, step by step, of all earlier ones. A later version raises a
 * NewerRecordError, even from `safeParse`: writing it back would lose what this release does not know.
 */
export function versioned<T>(format: RecordFormat<T>): z.ZodType<T> {
  return fieldsSchema
    .transform((fields, context): unknown => {
      const versioned = versionSchema.safeParse(fields);
      const upgraded = versioned.success ? upgrade(format, versioned.data.schema, fields) : null;
      if (upgraded !== null) return upgraded;
      const message = `unknown version ${JSON.stringify(fields['schema'])}, expected 1 to ${format.version}`;
      context.addIssue({ code: 'custom', path: ['schema'], message });
      return z.NEVER;
    })
    .pipe(format.schema);
}

/** As `versioned`, for a version stored beside the record; null for an unreadable one. */
export function readVersion<T>(
  format: RecordFormat<T>,
  version: number,
  stored: unknown,
): T | null {
  const fields = fieldsSchema.safeParse(stored);
  const upgraded = fields.success ? upgrade(format, version, fields.data) : null;
  const read = format.schema.safeParse(upgraded);
  return read.success ? read.data : null;
}

/** Null if a step is missing. */
function upgrade<T>(format: RecordFormat<T>, from: number, fields: Fields): Fields | null {
  if (from > format.version) throw new NewerRecordError(from, format.version);
  if (from === format.version) return fields;
  const step = format.upgradeFrom[from];
  if (step === undefined) return null;
  return upgrade(format, from + 1, { ...step(fields), schema: from + 1 });
}
