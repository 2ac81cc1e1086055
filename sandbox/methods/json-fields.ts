import { BadRequest, badRequest } from '../errors/api-error.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A text or a number as text, '' when it is missing. Throws ApiError otherwise. */
export function textField(object: JsonObject, name: string): string {
  const value = object[name];
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  throw badRequest(`Field "${name}" must be of type String`);
}

/** Like `textField`, but it must be there. */
export function requiredText(object: JsonObject, name: string): string {
  if (object[name] === undefined) throw badRequest(`Can't find field "${name}"`);
  return textField(object, name);
}

export function flagField(object: JsonObject, name: string): boolean {
  const value = object[name] ?? false;
  if (typeof value !== 'boolean') throw badRequest(`Field "${name}" must be of type Boolean`);
  return value;
}

/** Runs `read` and prefixes its errors with `context`. */
export function within<T>(context: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof BadRequest ? badRequest(`${context}: ${error.reason}`) : error;
  }
}
