/** JSON.stringify escapes lone surrogates; an even number of backslashes before `ud` is text. */
const LONE_SURROGATE = /(?<!\\)(?:\\\\)*\\ud[89a-f]/;

/**
 * A value as JSON text. Raises on undefined, and on lone surrogates, which the JSON module refuses. Finite
 * numbers are up to the schema of the value.
 */
export function encode(value: unknown): string {
  const text: unknown = JSON.stringify(value);
  if (typeof text !== 'string') throw new TypeError(`Not storable as JSON: ${String(value)}`);
  // The plain search is faster and nearly always enough.
  if (text.includes('\\ud') && LONE_SURROGATE.test(text))
    throw new TypeError('Not storable as JSON: a lone surrogate');
  return text;
}

/** JSON text as a value, without raising. */
export function decode(
  text: string,
): { readonly kind: 'value'; readonly value: unknown } | { readonly kind: 'broken' } {
  try {
    return { kind: 'value', value: JSON.parse(text) as unknown };
  } catch {
    return { kind: 'broken' };
  }
}
