import { readReference } from './html-reference.ts';

const TAG_NAMES: ReadonlySet<string> = new Set(
  'a b strong i em s strike del u ins tg-spoiler tg-emoji tg-time span pre code blockquote'.split(
    ' ',
  ),
);

const END_OF_TEXT = '';

/** A text that Telegram would refuse; the message says where, in bytes of UTF-8. */
export class HtmlError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'HtmlError';
  }
}

export interface StartTag {
  readonly kind: 'start';
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly begin: number;
  readonly end: number;
}

export interface EndTag {
  readonly kind: 'end';
  /** Empty for `</>`, which closes any tag. */
  readonly name: string;
  readonly begin: number;
  readonly end: number;
}

export function byteOffset(source: string, at: number): number {
  return Buffer.byteLength(source.slice(0, at));
}

/** Reads the start tag whose `<` is at `begin`. Throws HtmlError. */
export function readStartTag(source: string, begin: number): StartTag {
  const reader = new TagReader(source, begin + 1);
  const name = reader.while((char) => !isSpace(char) && char !== '>').toLowerCase();
  if (reader.peek() === END_OF_TEXT) throw refusal('Unclosed start tag', source, begin);
  if (!TAG_NAMES.has(name)) throw refusal(`Unsupported start tag "${name}"`, source, begin);
  const attributes = new Map<string, string>();
  while (reader.skipSpaces() !== '>') readAttribute(reader, { name, begin }, attributes);
  return { kind: 'start', name, attributes, begin, end: reader.at + 1 };
}

/** Reads the end tag whose `</` is at `begin`. Throws HtmlError. */
export function readEndTag(source: string, begin: number): EndTag {
  const reader = new TagReader(source, begin + 2);
  const name = reader.while((char) => !isSpace(char) && char !== '>').toLowerCase();
  if (reader.skipSpaces() !== '>') throw refusal('Unclosed end tag', source, begin);
  return { kind: 'end', name, begin, end: reader.at + 1 };
}

function readAttribute(
  reader: TagReader,
  tag: { readonly name: string; readonly begin: number },
  attributes: Map<string, string>,
): void {
  const where = `tag "${tag.name}"`;
  const name = reader.while((char) => !isSpace(char) && !'=>/"\''.includes(char));
  if (name === '') throw reader.refusal(`Empty attribute name in the ${where}`, tag.begin);
  const unclosed = () => reader.refusal(`Unclosed start ${where}`, tag.begin);
  const next = reader.skipSpaces();
  if (next === END_OF_TEXT) throw unclosed();
  if (next !== '=') {
    attributes.set(name, '');
    return;
  }
  reader.at += 1;
  const first = reader.skipSpaces();
  if (first === END_OF_TEXT) throw unclosed();
  attributes.set(name, isQuote(first) ? readQuoted(reader) : readToken(reader));
  if (reader.peek() === END_OF_TEXT) throw reader.refusal('Unclosed start tag', tag.begin);
}

function readToken(reader: TagReader): string {
  const begin = reader.at;
  const token = reader.while((char) => /[a-zA-Z0-9.-]/.test(char));
  if (!isSpace(reader.peek()) && reader.peek() !== '>') {
    throw reader.refusal('Unexpected end of name token', begin);
  }
  return token.toLowerCase();
}

function readQuoted(reader: TagReader): string {
  const quote = reader.peek();
  let value = '';
  for (reader.at += 1; reader.peek() !== quote && reader.peek() !== END_OF_TEXT;) {
    const reference = reader.peek() === '&' ? readReference(reader.source, reader.at) : null;
    value += reference?.text ?? reader.peek();
    reader.at = reference?.end ?? reader.at + 1;
  }
  if (reader.peek() === quote) reader.at += 1;
  return value;
}

class TagReader {
  readonly source: string;
  at: number;

  constructor(source: string, at: number) {
    this.source = source;
    this.at = at;
  }

  peek(): string {
    return this.source[this.at] ?? END_OF_TEXT;
  }

  while(accepts: (char: string) => boolean): string {
    const begin = this.at;
    while (this.peek() !== END_OF_TEXT && accepts(this.peek())) this.at += 1;
    return this.source.slice(begin, this.at);
  }

  /** Returns the character after the spaces. */
  skipSpaces(): string {
    while (this.peek() !== END_OF_TEXT && isSpace(this.peek())) this.at += 1;
    return this.peek();
  }

  refusal(reason: string, at: number): HtmlError {
    return refusal(reason, this.source, at);
  }
}

function refusal(reason: string, source: string, at: number): HtmlError {
  return new HtmlError(`${reason} at byte offset ${byteOffset(source, at)}`);
}

/** The end of the text ends a name as a space does. */
function isSpace(char: string): boolean {
  return char === END_OF_TEXT || ' \t\r\n\v\0'.includes(char);
}

function isQuote(char: string): boolean {
  return char === '"' || char === "'";
}
