import type { Entity, EntityType } from './entity.ts';

interface Pattern {
  readonly type: EntityType;
  readonly expression: RegExp;
}

/** In the order of precedence: what is found first keeps its place. */
const PATTERNS: readonly Pattern[] = [
  { type: 'url', expression: /(?<![\p{L}\p{N}_])https?:\/\/[^\s<>"]*[^\s<>".,;:!?)\]}']/giu },
  {
    type: 'email',
    expression: /(?<![\w.+-])[\w.+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}(?![\w-])/giu,
  },
  {
    type: 'bot_command',
    expression:
      /(?<![\p{L}\p{N}_/<>])\/[a-zA-Z0-9_]{1,64}(?:@[a-zA-Z0-9_]{3,32})?(?![\p{L}\p{N}_/<>@])/gu,
  },
  { type: 'mention', expression: /(?<![\p{L}\p{N}_])@[a-zA-Z0-9_]{3,32}(?![\p{L}\p{N}_])/gu },
  {
    type: 'hashtag',
    expression: /(?<![\p{L}\p{N}_#])#(?=[\p{N}_]*\p{L})[\p{L}\p{N}_]{1,256}(?![\p{L}\p{N}_#])/gu,
  },
];

/**
 * What Telegram marks in a text by itself: commands, mentions, hashtags, addresses. Links are found with their scheme
 * only; Telegram also knows bare domains, phone numbers and cashtags.
 */
export function findEntities(text: string): Entity[] {
  const found: Entity[] = [];
  for (const { type, expression } of PATTERNS) {
    for (const match of text.matchAll(expression)) {
      const entity = { type, offset: match.index, length: match[0].length };
      if (!found.some((other) => overlaps(other, entity))) found.push(entity);
    }
  }
  return found.sort((one, other) => one.offset - other.offset);
}

function overlaps(one: Entity, other: Entity): boolean {
  return one.offset < other.offset + other.length && other.offset < one.offset + one.length;
}
