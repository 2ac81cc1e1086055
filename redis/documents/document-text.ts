const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * A value as JSON text. Raises on what would be stored differently or refused by the server: undefined,
 * functions, NaN, infinities, lone surrogates.
 */
export function encode(value: unknown): string {
  const text: unknown = JSON.stringify(value, (name, part: unknown) => {
    const isInvalid =
      (typeof part === 'number' && !Number.isFinite(part)) ||
      (typeof part === 'string' && LONE_SURROGATE.test(part)) ||
      LONE_SURROGATE.test(name);
    if (isInvalid) throw new TypeError(`Not storable as JSON: ${String(part)} at "${name}"`);
    return part;
  });
  if (typeof text !== 'string') throw new TypeError(`Not storable as JSON: ${String(value)}`);
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
