import { type SQL, sql } from 'drizzle-orm';
import { bigint, timestamp } from 'drizzle-orm/pg-core';

/** Ids of Telegram and of characters stay below 2^53. */
export const id = () => bigint({ mode: 'number' });
/** In milliseconds, so that a value reads as it was written. */
export const moment = () => timestamp({ withTimezone: true, precision: 3, mode: 'date' });
export const stamps = {
  created_at: moment().notNull().defaultNow(),
  updated_at: moment().notNull().defaultNow(),
};

export function oneOf(column: string, words: readonly string[]): SQL {
  return sql.raw(`${column} in (${words.map((word) => `'${word}'`).join(', ')})`);
}

/** Accepts null, which `notNull` excludes where it must. */
export function isJson(column: string, kind: 'object' | 'array'): SQL {
  return sql.raw(`jsonb_typeof(${column}) = '${kind}'`);
}
