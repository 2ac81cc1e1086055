import { badRequest } from '../errors/api-error.ts';
import { composeText, countCodePoints } from '../text/compose-text.ts';
import type { Entity, FormattedText } from '../text/entity.ts';
import { readEntities } from '../text/read-entities.ts';
import type { TextContent } from '../world/message.ts';
import { userJson } from '../world/message-json.ts';
import type { World } from '../world/world.ts';
import { flagField, isJsonObject, textField } from './json-fields.ts';
import type { JsonObject } from './json-fields.ts';
import type { MethodCall } from './method.ts';

/** Code points after parsing. */
export const LONGEST_TEXT = 4096;
const LONGEST_CAPTION = 1024;

/** The `text` parameter with its formatting; its length is checked later. Throws ApiError. */
export function readText(call: MethodCall): TextContent {
  if (call.parameters.text('text') === '') throw badRequest('Message text is empty');
  const linkPreview = readLinkPreview(call);
  const { parameters, world } = call;
  const formatted = format(world, {
    text: parameters.text('text'),
    parseMode: parameters.text('parse_mode'),
    entities: jsonOrNothing(call, 'entities'),
  });
  return { kind: 'text', linkPreview, ...formatted };
}

/** Throws ApiError for a text that is empty or too long; the error for the latter differs between methods. */
export function checkText(text: string, tooLong: string): void {
  if (text === '') throw badRequest('Text must be non-empty');
  if (countCodePoints(text) > LONGEST_TEXT) throw badRequest(tooLong);
}

/** The `caption` parameter, '' when there is none. Throws ApiError. */
export function readCaption(call: MethodCall): FormattedText {
  const { parameters, world } = call;
  return formatCaption(world, {
    text: parameters.text('caption'),
    parseMode: parameters.text('parse_mode'),
    entities: jsonOrNothing(call, 'caption_entities'),
  });
}

/** A text as sent, with its parse mode and entities. */
interface RawText {
  readonly text: string;
  readonly parseMode: string;
  readonly entities: unknown;
}

/** Throws ApiError. */
export function formatCaption(world: World, raw: RawText): FormattedText {
  const caption = format(world, raw);
  if (countCodePoints(caption.text) > LONGEST_CAPTION) {
    throw badRequest('Message caption is too long');
  }
  return caption;
}

function format(world: World, { text, parseMode, entities }: RawText): FormattedText {
  const formatted = composeText({ text, parseMode, entities: readEntities(entities) });
  return {
    text: formatted.text,
    entities: formatted.entities.flatMap((entity) => withKnownUser(entity, world)),
  };
}

/** Telegram ignores a list of entities that it cannot decode. */
function jsonOrNothing({ parameters }: MethodCall, name: string): unknown {
  try {
    return parameters.json(name, () => badRequest(name));
  } catch {
    return undefined;
  }
}

/** Telegram drops mentions of users that the bot does not know. */
function withKnownUser(entity: Entity, world: World): Entity[] {
  if (entity.user === undefined) return [entity];
  const person = world.people.find(entity.user.id);
  return person === null ? [] : [{ ...entity, user: { id: person.id, ...userJson(person) } }];
}

const PREVIEW_FLAGS = [
  'is_disabled',
  'prefer_small_media',
  'prefer_large_media',
  'show_above_text',
];

function readLinkPreview({ parameters }: MethodCall): JsonObject | null {
  const value = parameters.json('link_preview_options', () =>
    badRequest("Can't parse link preview options JSON object"),
  );
  if (value === undefined) return null;
  if (!isJsonObject(value)) throw badRequest('Object expected as link preview options');
  const url = textField(value, 'url');
  const flags = PREVIEW_FLAGS.filter((name) => flagField(value, name));
  const options = {
    ...Object.fromEntries(flags.map((name) => [name, true])),
    ...(url === '' ? {} : { url }),
  };
  return Object.keys(options).length === 0 ? null : options;
}
