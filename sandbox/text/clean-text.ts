import type { Entity, FormattedText } from './entity.ts';
import { endOf } from './entity.ts';

/** Dropped: carriage returns, line and paragraph separators, direction overrides, three combining marks. */
const DROPPED = /\r|[\u2028-\u202e]|\u0333|\u033f|\u030a/;
/** Everything else below a space but the line feed becomes a space. */
// eslint-disable-next-line no-control-regex
const SPACE_LIKE = /[\0-\x09\x0b-\x1f]/;
/** A text of these only is empty to Telegram. */
const INVISIBLE =
  /^[ \n\u00a0\u1680\u180e\u2000-\u200f\u202e\u202f\u205f\u2800\u3000\ufeff\ufffc\u{e0000}-\u{e007f}]*$/u;

/** True where a reader would see nothing. */
export function looksEmpty(text: string): boolean {
  return INVISIBLE.test(text);
}

/** Replaces what Telegram does not keep; entities move along. */
export function cleanText(formatted: FormattedText): FormattedText {
  const positions: number[] = [];
  let text = '';
  for (const char of formatted.text.split('')) {
    positions.push(text.length);
    if (!DROPPED.test(char)) text += SPACE_LIKE.test(char) ? ' ' : char;
  }
  positions.push(text.length);
  const moved = (at: number) => positions[at] ?? text.length;
  const entities = formatted.entities.map((entity) => {
    const offset = moved(entity.offset);
    return { ...entity, offset, length: moved(endOf(entity)) - offset };
  });
  return { text, entities };
}

/**
 * Cuts spaces and line feeds at both ends. At the beginning only up to the first entity: what somebody marked stays,
 * even where it is blank.
 */
export function trimText({ text, entities }: FormattedText): FormattedText {
  const end = text.length - (/[ \n]*$/.exec(text)?.[0].length ?? 0);
  const blank = /^[ \n]*/.exec(text)?.[0].length ?? 0;
  const inside = entities.filter((entity) => entity.offset < end);
  const start = Math.min(blank, ...inside.map((entity) => entity.offset));
  return {
    text: text.slice(start, end),
    entities: inside.map((entity) => shifted(entity, start, end)),
  };
}

function shifted(entity: Entity, start: number, end: number): Entity {
  const length = Math.min(endOf(entity), end) - entity.offset;
  return { ...entity, offset: entity.offset - start, length };
}
