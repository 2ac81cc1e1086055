import { badRequest } from '../errors/api-error.ts';
import { cleanText, looksEmpty, trimText } from './clean-text.ts';
import { endOf } from './entity.ts';
import type { Entity, FormattedText } from './entity.ts';
import { findEntities } from './find-entities.ts';
import { HtmlError } from './html-tags.ts';
import { parseHtml } from './html-parser.ts';
import { addFoundEntities, normaliseEntities } from './normalise-entities.ts';

/** Bytes of UTF-8 before parsing. */
const LONGEST_SOURCE_BYTES = 1 << 15;

export interface TextSource {
  readonly text: string;
  /** '' and 'none' mean plain text with the entities given. */
  readonly parseMode: string;
  readonly entities: readonly Entity[];
}

/**
 * A text as it appears in the chat: parsed, cleaned, trimmed, with the entities that Telegram finds by itself. The result
 * may be empty. Throws ApiError.
 */
export function composeText(source: TextSource): FormattedText {
  if (Buffer.byteLength(source.text) > LONGEST_SOURCE_BYTES) throw badRequest('Text is too long');
  const parsed = parse(source);
  const cleaned = cleanText({ ...parsed, entities: normaliseEntities(parsed.entities) });
  if (looksEmpty(cleaned.text)) return { text: '', entities: [] };
  const trimmed = trimText({ ...cleaned, entities: normaliseEntities(cleaned.entities) });
  const entities = addFoundEntities(trimmed.entities, findEntities(trimmed.text));
  return { text: trimmed.text, entities };
}

/** Length as Telegram's limits count it. */
export function countCodePoints(text: string): number {
  return Array.from(text).length;
}

function parse({ text, parseMode, entities }: TextSource): FormattedText {
  switch (text === '' ? 'none' : parseMode.toLowerCase()) {
    case '':
    case 'none':
      return { text, entities: entities.map((entity) => fitting(entity, text)) };
    case 'html':
      return parseOrRefuse(text);
    case 'markdown':
    case 'markdownv2':
      throw badRequest("Can't parse entities: the sandbox reads HTML only");
    default:
      throw badRequest('Unsupported parse_mode');
  }
}

function parseOrRefuse(text: string): FormattedText {
  try {
    return parseHtml(text);
  } catch (error) {
    if (error instanceof HtmlError) throw badRequest(`Can't parse entities: ${error.message}`);
    throw error;
  }
}

function fitting(entity: Entity, text: string): Entity {
  const start = `Entity beginning at UTF-16 offset ${entity.offset}`;
  if (entity.offset < 0) {
    throw badRequest(`Receive an entity with incorrect offset ${entity.offset}`);
  }
  if (entity.length < 0) {
    throw badRequest(`Receive an entity with incorrect length ${entity.length}`);
  }
  if (entity.offset > text.length) {
    throw badRequest(`Entity begins after the end of the text at UTF-16 offset ${entity.offset}`);
  }
  if (endOf(entity) > text.length) {
    throw badRequest(`${start} ends after the end of the text at UTF-16 offset ${endOf(entity)}`);
  }
  return entity;
}
