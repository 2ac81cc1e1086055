import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { openSandbox, TOKEN } from './sandbox-fixture.ts';

const UPDATES = z.array(z.record(z.string(), z.unknown()));
const FILE = z.looseObject({ file_id: z.string() });

/** The smallest PNG there is: one pixel. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=',
  'base64',
);

async function withAnn() {
  const fixture = await openSandbox();
  const ann = await fixture.started();
  const here = `${fixture.url}/sandbox/people/${ann.id}`;
  const ask = async (verb: string, path: string, body?: object) => {
    const init = { method: verb, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
    const response = await fetch(`${here}${path}`, init);
    return { status: response.status, body: z.unknown().parse(await response.json()) };
  };
  const nextUpdate = async () => (await fixture.ok('getUpdates', {}, UPDATES))[0] ?? {};
  return { ...fixture, ann, here, ask, nextUpdate };
}

test('PATCH changes name and language in later updates', async () => {
  const { ask, ann, nextUpdate } = await withAnn();
  const changed = { first_name: 'Anna', language_code: 'ru' };
  expect(await ask('PATCH', '', changed)).toMatchObject({ status: 200, body: changed });
  ann.say('x');
  expect(await nextUpdate()).toMatchObject({
    message: { from: changed, chat: { first_name: 'Anna' } },
  });
});

test('PATCH is refused for an unknown person and for an empty name', async () => {
  const { ask, url } = await withAnn();
  expect((await ask('PATCH', '', { first_name: ' ' })).status).toBe(400);
  const unknown = await fetch(`${url}/sandbox/people/1`, { method: 'PATCH', body: '{}' });
  expect(unknown.status).toBe(404);
});

describe('a sticker', () => {
  test('reaches the bot with its emoji and a file that can be downloaded', async () => {
    const { ask, nextUpdate, ok, url } = await withAnn();
    expect((await ask('POST', '/stickers', { emoji: '👍' })).status).toBe(200);
    const { message } = await nextUpdate();
    expect(message).toMatchObject({
      sticker: {
        type: 'regular',
        emoji: '👍',
        width: 512,
        height: 512,
        is_animated: false,
        is_video: false,
        file_unique_id: expect.any(String) as unknown,
      },
    });
    const { sticker } = z.looseObject({ sticker: FILE }).parse(message);
    const { file_path: path } = await ok(
      'getFile',
      { file_id: sticker.file_id },
      z.looseObject({ file_path: z.string() }),
    );
    const file = await fetch(`${url}/file/bot${TOKEN}/${path}`);
    expect(Buffer.from(await file.arrayBuffer()).toString('latin1', 1, 4)).toBe('PNG');
  });

  test('has one file per emoji', async () => {
    const { ann, sandbox } = await withAnn();
    for (const emoji of ['👍', '🔥', '👍']) ann.sendSticker(emoji);
    expect(ann.chat().messages.map(({ kind }) => kind)).toEqual([
      'text',
      'sticker',
      'sticker',
      'sticker',
    ]);
    expect(sandbox.pendingUpdateCount()).toBe(3);
  });

  test.each(['', 'x', '👍👍 x', 'hello'])('is refused for %j', async (emoji) => {
    const { ask } = await withAnn();
    expect((await ask('POST', '/stickers', { emoji })).status).toBeGreaterThanOrEqual(400);
  });
});

describe('a photo', () => {
  test('is sent as bytes, with its caption in the query', async () => {
    const { here, nextUpdate } = await withAnn();
    const headers = { 'content-type': 'image/png' };
    const init = { method: 'POST', headers, body: PNG };
    expect((await fetch(`${here}/photos?caption=look`, init)).status).toBe(200);
    expect(await nextUpdate()).toMatchObject({
      message: { caption: 'look', photo: [{ width: 1, height: 1, file_size: PNG.length }] },
    });
  });

  test('is sent as JSON in base64, and served to the page', async () => {
    const { ask, url } = await withAnn();
    const { body } = await ask('POST', '/photos', { photo: PNG.toString('base64') });
    const { photo } = z.looseObject({ photo: FILE }).parse(body);
    const file = await fetch(`${url}/sandbox/files/${photo.file_id}`);
    expect([file.headers.get('content-type'), (await file.arrayBuffer()).byteLength]).toEqual([
      'image/png',
      PNG.length,
    ]);
    expect((await fetch(`${url}/sandbox/files/nothing`)).status).toBe(404);
  });

  test('is refused when it is no image', async () => {
    const { ask } = await withAnn();
    const answer = await ask('POST', '/photos', { photo: Buffer.from('text').toString('base64') });
    expect(answer).toEqual({ status: 409, body: { error: 'a photo is a PNG or a JPEG' } });
  });
});

test('an own message is edited, and the bot gets an update', async () => {
  const { ask, nextUpdate } = await withAnn();
  expect((await ask('PATCH', '/messages/1', { text: '/menu' })).body).toMatchObject({
    text: '/menu',
  });
  expect(await nextUpdate()).toMatchObject({
    edited_message: { message_id: 1, text: '/menu', edit_date: expect.any(Number) as unknown },
  });
});

test('a message of the bot cannot be edited by the person', async () => {
  const { ask, call, ann } = await withAnn();
  await call('sendMessage', { chat_id: ann.id, text: 'x' });
  expect((await ask('PATCH', '/messages/2', { text: 'y' })).status).toBe(409);
});

test('DELETE messages clears a chat', async () => {
  const { ask, call, ann } = await withAnn();
  await call('sendMessage', { chat_id: ann.id, text: 'x' });
  await ask('DELETE', '/messages');
  expect(ann.chat().messages).toEqual([]);
});

describe('the bot', () => {
  const bot = async (url: string, query: string) =>
    z
      .looseObject({ commands: z.array(z.looseObject({ description: z.string() })) })
      .parse(await (await fetch(`${url}/sandbox/bot${query}`)).json());

  test('is described in the given language, else in the default one', async () => {
    const { call, url } = await withAnn();
    await call('setMyDescription', { description: 'Fight' });
    await call('setMyDescription', { description: 'Бой', language_code: 'ru' });
    expect(await bot(url, '?language=ru')).toMatchObject({
      name: 'Sandbox bot',
      description: 'Бой',
    });
    expect(await bot(url, '?language=fr')).toMatchObject({ description: 'Fight' });
    expect(await bot(url, '')).toMatchObject({ username: 'sandbox_bot' });
  });

  test('has the commands of the narrowest scope, the given language before the default one', async () => {
    const { call, url, ann } = await withAnn();
    const set = (description: string, more: object) =>
      call('setMyCommands', { commands: [{ command: 'start', description }], ...more });
    await set('default', {});
    await set('по-русски', { language_code: 'ru' });
    await set('private', { scope: { type: 'all_private_chats' } });
    await set('hers', { scope: { type: 'chat', chat_id: ann.id } });
    const shown = async (query: string) => (await bot(url, query)).commands[0]?.description;
    expect(await shown('?language=ru')).toBe('private');
    expect(await shown(`?person=${ann.id}`)).toBe('hers');
    await call('deleteMyCommands', { scope: { type: 'all_private_chats' } });
    expect([await shown('?language=ru'), await shown('?language=en')]).toEqual([
      'по-русски',
      'default',
    ]);
  });
});
