const NAMED: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
]);

const NUMERIC = /&#(?:x(?<hex>[0-9a-fA-F]*)|(?<decimal>[0-9]*))/y;
const NAME = /&(?<name>[a-zA-Z]*)/y;

/** Longer number references stay text. */
const LONGEST_NUMERIC = 9;

export interface HtmlReference {
  readonly text: string;
  /** The index after the reference. */
  readonly end: number;
}

/**
 * Reads the character reference that begins with the `&` at `begin`. Telegram knows four names and numbers; the closing
 * `;` may be missing. Null means that this `&` is text.
 */
export function readReference(source: string, begin: number): HtmlReference | null {
  const found = readNumeric(source, begin) ?? readNamed(source, begin);
  if (found === null) return null;
  return source[found.end] === ';' ? { ...found, end: found.end + 1 } : found;
}

function readNumeric(source: string, begin: number): HtmlReference | null {
  const match = matchAt(NUMERIC, source, begin);
  if (match === null || match[0].length > LONGEST_NUMERIC) return null;
  const { hex, decimal } = match.groups ?? {};
  const code = hex === undefined ? parseInt(decimal ?? '', 10) : parseInt(hex, 16);
  if (!(code > 0 && code < 0x10ffff)) return null;
  return { text: String.fromCodePoint(code), end: begin + match[0].length };
}

function readNamed(source: string, begin: number): HtmlReference | null {
  const match = matchAt(NAME, source, begin);
  const text = NAMED.get(match?.groups?.['name'] ?? '');
  if (match === null || text === undefined) return null;
  return { text, end: begin + match[0].length };
}

function matchAt(pattern: RegExp, source: string, begin: number): RegExpExecArray | null {
  pattern.lastIndex = begin;
  return pattern.exec(source);
}
