import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { PHOTO, postForm, uploadPhoto } from './photo-fixture.ts';
import { keyboard, openSandbox, SENT, TOKEN } from './sandbox-fixture.ts';

/** Ann has a text as message 2 and a picture as message 3. */
async function withMessages() {
  const fixture = await openSandbox();
  const ann = await fixture.started();
  await fixture.ok('sendMessage', { chat_id: ann.id, text: 'Arena' }, SENT);
  const fileId = await uploadPhoto(ann.id, fixture.url);
  return { ...fixture, ann, fileId, at: (message_id: number) => ({ chat_id: ann.id, message_id }) };
}

describe('editMessageMedia', () => {
  test.each([2, 3])('puts a photo with its caption into message %d', async (messageId) => {
    const { ok, at, ann, fileId } = await withMessages();
    const media = { type: 'photo', media: fileId, caption: '<b>Map</b>', parse_mode: 'HTML' };
    const parameters = { ...at(messageId), media, reply_markup: keyboard('Go') };
    expect(await ok('editMessageMedia', parameters, PHOTO)).toMatchObject({
      message_id: messageId,
      photo: [{ file_id: fileId }],
      caption: 'Map',
      caption_entities: [{ type: 'bold', offset: 0, length: 3 }],
      reply_markup: keyboard('Go'),
    });
    expect(ann.chat().messages.find((message) => message.messageId === messageId)).toMatchObject({
      kind: 'photo',
      html: '<b>Map</b>',
    });
  });

  test('takes an upload', async () => {
    const { url, at } = await withMessages();
    const { chat_id, message_id } = at(2);
    const edited = await postForm(`${url}/bot${TOKEN}/editMessageMedia`, {
      chat_id: String(chat_id),
      message_id: String(message_id),
      media: JSON.stringify({ type: 'photo', media: 'attach://picture' }),
    });
    expect(edited).toMatchObject({ message_id: 2, photo: [{ width: 2, height: 3 }] });
  });

  test('refuses the same photo as not modified', async () => {
    const { refused, at, fileId } = await withMessages();
    const media = { type: 'photo', media: fileId };
    expect(await refused('editMessageMedia', { ...at(3), media })).toContain(
      'message is not modified',
    );
  });

  test.each<[media: unknown, reason: string]>([
    [undefined, 'parameter "media" is required'],
    ['no JSON', "can't parse input media JSON object"],
    [{ media: 'x' }, 'can\'t parse InputMedia: Can\'t find field "type"'],
    [{ type: 'photo' }, "can't parse InputMedia: media not found"],
    [
      { type: 'video', media: 'x' },
      'can\'t parse InputMedia: the sandbox serves no media of the type "video"',
    ],
    [
      { type: 'photo', media: 'https://a.b/c.png' },
      "can't parse InputMedia: the sandbox fetches no photos from the net",
    ],
  ])('%j is refused', async (media, reason) => {
    const { refused, at } = await withMessages();
    expect(await refused('editMessageMedia', { ...at(3), media })).toBe(
      `400 Bad Request: ${reason}`,
    );
  });
});

describe('copyMessage', () => {
  const COPY = z.strictObject({ message_id: z.number() });

  test('sends the content into another chat without its keyboard', async () => {
    const { ok, started, ann } = await withMessages();
    const bob = await started('Bob');
    const text = { text: '<b>x</b>', parse_mode: 'HTML', reply_markup: keyboard('Go') };
    const { message_id } = await ok('sendMessage', { chat_id: ann.id, ...text }, SENT);
    await ok('copyMessage', { chat_id: bob.id, from_chat_id: ann.id, message_id }, COPY);
    expect(bob.lastScreen()).toMatchObject({ html: '<b>x</b>', buttons: [] });
  });

  test('replaces the caption of a photo', async () => {
    const { ok, ann, at } = await withMessages();
    await ok('copyMessage', { ...at(3), from_chat_id: ann.id, caption: 'new' }, COPY);
    expect(ann.lastScreen()).toMatchObject({ kind: 'photo', text: 'new' });
  });

  test('is refused for missing and protected messages', async () => {
    const { ok, refused, ann, at } = await withMessages();
    expect(await refused('copyMessage', { ...at(77), from_chat_id: ann.id })).toBe(
      '400 Bad Request: message to copy not found',
    );
    const secret = { chat_id: ann.id, text: 'x', protect_content: true };
    const { message_id } = await ok('sendMessage', secret, SENT);
    expect(await refused('copyMessage', { ...at(message_id), from_chat_id: ann.id })).toBe(
      "400 Bad Request: message can't be copied",
    );
  });
});
