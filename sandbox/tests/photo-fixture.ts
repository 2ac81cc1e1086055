import { z } from 'zod';
import { TOKEN } from './sandbox-fixture.ts';

/** 2 × 3 pixels. */
export const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAIAAAADCAYAAAC56t6BAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

export const PHOTO = z.looseObject({
  message_id: z.number(),
  photo: z.tuple([z.looseObject({ file_id: z.string() })]),
});

/** Sends it into the chat by `attach://` and gives its file id. */
export async function uploadPhoto(chatId: number, url: string): Promise<string> {
  const sent = await postForm(`${url}/bot${TOKEN}/sendPhoto`, {
    chat_id: String(chatId),
    photo: 'attach://picture',
  });
  return PHOTO.parse(sent).photo[0].file_id;
}

/** The result of a call that brings the picture along as `picture`. */
export async function postForm(url: string, fields: Record<string, string>): Promise<unknown> {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  body.set('picture', new Blob([PNG]), 'p.png');
  const response = await fetch(url, { method: 'POST', body });
  return z.object({ result: z.unknown() }).parse(await response.json()).result;
}
