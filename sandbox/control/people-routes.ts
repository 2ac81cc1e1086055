import { z } from 'zod';
import { describePerson } from './describe-person.ts';
import { ControlError } from './control-error.ts';
import { personOf } from './person-of.ts';
import { route } from './route.ts';
import type { ControlRequest, Route } from './route.ts';

const changedProfile = z
  .strictObject({
    first_name: z.string().trim().min(1).max(64).optional(),
    language_code: z.string().min(1).nullable().optional(),
  })
  .transform((body) => ({
    ...(body.first_name === undefined ? {} : { firstName: body.first_name }),
    ...(body.language_code === undefined ? {} : { languageCode: body.language_code }),
  }));

const newSticker = z.strictObject({ emoji: z.string().min(1).max(32) });

const newPhoto = z
  .strictObject({ photo: z.base64(), caption: z.string().default('') })
  .transform(({ photo, caption }) => ({ bytes: Buffer.from(photo, 'base64'), caption }));

const changedText = z.strictObject({ text: z.string() });

/** Profiles, stickers, photos and edits. */
export const PEOPLE_ROUTES: readonly Route[] = [
  route('PATCH', '/people/:id', (request) => {
    const person = personOf(request);
    person.change(changedProfile.parse(request.body));
    return describePerson(person.profile);
  }),
  route('POST', '/people/:id/stickers', (request) =>
    personOf(request).sendSticker(newSticker.parse(request.body).emoji),
  ),
  route('POST', '/people/:id/photos', (request) => {
    const { bytes, caption } = readPhoto(request);
    return personOf(request).sendPhoto(bytes, caption);
  }),
  route('PATCH', '/people/:id/messages/:messageId', (request) => {
    const { text } = changedText.parse(request.body);
    return personOf(request).editMessage(Number(request.path['messageId']), text);
  }),
  route('DELETE', '/people/:id/messages', (request) => {
    const person = personOf(request);
    for (const { messageId } of person.chat().messages) person.deleteMessage(messageId);
    return { deleted: true };
  }),
];

/** The bytes of an image with the caption in the query, or JSON with the image in base64. */
function readPhoto({ body, query }: ControlRequest): { bytes: Uint8Array; caption: string } {
  if (body instanceof Uint8Array) return { bytes: body, caption: query.get('caption') ?? '' };
  if (body === undefined) throw new ControlError(400, 'a PNG or a JPEG is wanted');
  return newPhoto.parse(body);
}
