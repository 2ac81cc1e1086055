import type { Entity, FormattedText } from './entity.ts';
import { sortEntities } from './entity.ts';
import { entityOf, mergeCode, withoutInlineLanguage } from './html-entities.ts';
import { readReference } from './html-reference.ts';
import { byteOffset, HtmlError, readEndTag, readStartTag } from './html-tags.ts';
import type { EndTag, StartTag } from './html-tags.ts';

interface OpenTag {
  readonly tag: StartTag;
  readonly offset: number;
}

/**
 * Telegram's HTML: its own tags only, four named references and numbers, everything else is text. Throws HtmlError,
 * worded as Telegram words it.
 */
export function parseHtml(source: string): FormattedText {
  const parser = new HtmlParser(source);
  return parser.parse();
}

class HtmlParser {
  readonly #source: string;
  readonly #open: OpenTag[] = [];
  readonly #entities: Entity[] = [];
  #text = '';

  constructor(source: string) {
    this.#source = source;
  }

  parse(): FormattedText {
    for (let at = 0; at < this.#source.length;) at = this.#step(at);
    const unclosed = this.#open.at(-1);
    if (unclosed !== undefined) {
      throw new HtmlError(`Can't find end tag corresponding to start tag "${unclosed.tag.name}"`);
    }
    if (/\p{Surrogate}/u.test(this.#text)) {
      throw new HtmlError(
        'Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate code units',
      );
    }
    return {
      text: this.#text,
      entities: sortEntities(this.#entities.map(withoutInlineLanguage)),
    };
  }

  /** Reads the item at `at`; returns the index after it. */
  #step(at: number): number {
    const char = this.#source[at] ?? '';
    if (char === '<') return this.#tag(at);
    const reference = char === '&' ? readReference(this.#source, at) : null;
    this.#text += reference?.text ?? char;
    return reference?.end ?? at + 1;
  }

  #tag(at: number): number {
    if (this.#source[at + 1] !== '/') return this.#start(readStartTag(this.#source, at));
    if (this.#open.length === 0) throw this.#refusal('Unexpected end tag', at);
    return this.#end(readEndTag(this.#source, at));
  }

  #start(tag: StartTag): number {
    if (tag.name === 'span' && tag.attributes.get('class') !== 'tg-spoiler') {
      throw this.#refusal('Tag "span" must have class "tg-spoiler"', tag.begin);
    }
    this.#open.push({ tag, offset: this.#text.length });
    return tag.end;
  }

  #end(end: EndTag): number {
    const open = this.#open.pop();
    if (open === undefined) throw this.#refusal('Unexpected end tag', end.begin);
    if (end.name !== '' && end.name !== open.tag.name) {
      const position = byteOffset(this.#source, end.begin);
      throw new HtmlError(
        `Unmatched end tag at byte offset ${position}, expected "</${open.tag.name}>", found "</${end.name}>"`,
      );
    }
    const inner = this.#text.slice(open.offset);
    if (inner !== '') this.#keep(entityOf({ ...open, inner }));
    return end.end;
  }

  #keep(entity: Entity | null): void {
    if (entity === null) return;
    const merged = mergeCode(this.#entities.at(-1), entity);
    if (merged !== null) this.#entities.pop();
    this.#entities.push(merged ?? entity);
  }

  #refusal(reason: string, at: number): HtmlError {
    return new HtmlError(`${reason} at byte offset ${byteOffset(this.#source, at)}`);
  }
}
