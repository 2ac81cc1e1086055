import { badRequest } from '../errors/api-error.ts';
import type { PhotoContent } from '../world/message.ts';
import { flagField, isJsonObject, requiredText, textField, within } from './json-fields.ts';
import type { JsonObject } from './json-fields.ts';
import type { MethodCall } from './method.ts';
import { resolvePhoto } from './photo-parameter.ts';
import { formatCaption } from './text-parameters.ts';

/** The `media` parameter: a photo with its caption. Throws ApiError. */
export function readInputMedia(call: MethodCall): PhotoContent {
  const value = call.parameters.json('media', () =>
    badRequest("Can't parse input media JSON object"),
  );
  if (value === undefined) throw badRequest('parameter "media" is required');
  return within("Can't parse InputMedia", () => {
    if (!isJsonObject(value)) throw badRequest('expected an Object');
    return readInputPhoto(value, call);
  });
}

/** Checks in the order of Telegram: caption, type, file. */
function readInputPhoto(media: JsonObject, { world, parameters }: MethodCall): PhotoContent {
  const caption = formatCaption(world, {
    text: textField(media, 'caption'),
    parseMode: textField(media, 'parse_mode'),
    entities: media['caption_entities'],
  });
  const type = requiredText(media, 'type');
  if (type !== 'photo') throw badRequest(`the sandbox serves no media of the type "${type}"`);
  const name = textField(media, 'media');
  if (name === '') throw badRequest('media not found');
  return {
    kind: 'photo',
    photo: resolvePhoto(world, name, parameters.attached(name)),
    caption,
    isCaptionAbove: flagField(media, 'show_caption_above_media'),
    hasSpoiler: flagField(media, 'has_spoiler'),
  };
}
