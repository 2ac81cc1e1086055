import http from 'node:http';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { openSandbox, post, read, SENT, START_S, TOKEN } from './sandbox-fixture.ts';

const form = (fields: Record<string, string>): FormData => {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  return data;
};

const MARKUP = JSON.stringify({ inline_keyboard: [[{ text: 'Go', callback_data: 'go' }]] });

describe('a call is read from every kind of request', () => {
  type Send = (url: string, fields: Record<string, string>) => Promise<Response>;
  const asQuery = (fields: Record<string, string>) => new URLSearchParams(fields).toString();
  const ways: [string, Send][] = [
    ['GET with a query', (url, fields) => fetch(`${url}?${asQuery(fields)}`)],
    ['POST with a query', (url, fields) => fetch(`${url}?${asQuery(fields)}`, { method: 'POST' })],
    [
      'urlencoded',
      (url, fields) => fetch(url, { method: 'POST', body: new URLSearchParams(fields) }),
    ],
    ['multipart', (url, fields) => fetch(url, { method: 'POST', body: form(fields) })],
    [
      'JSON of strings',
      (url, fields) =>
        fetch(url, {
          method: 'POST',
          headers: { 'content-type': 'application/json; charset=utf-8' },
          body: JSON.stringify(fields),
        }),
    ],
    [
      'half query, half body',
      (url, { text = '', ...fields }) =>
        fetch(`${url}?${asQuery({ text })}`, { method: 'POST', body: new URLSearchParams(fields) }),
    ],
  ];

  test.each(ways)('%s', async (_way, send) => {
    const { url, started } = await openSandbox();
    const ann = await started();
    const fields = { chat_id: String(ann.id), text: 'Ж&😀=+', reply_markup: MARKUP };
    const { status, body } = await read(await send(`${url}/bot${TOKEN}/sendMessage`, fields));
    expect(status).toBe(200);
    expect(body.result).toMatchObject({
      text: 'Ж&😀=+',
      chat: { id: ann.id },
      reply_markup: { inline_keyboard: [[{ text: 'Go', callback_data: 'go' }]] },
    });
  });

  test('a member of a JSON body can be an object', async () => {
    const { call, started } = await openSandbox();
    const ann = await started();
    const reply_markup: unknown = JSON.parse(MARKUP);
    const { body } = await call('sendMessage', { chat_id: ann.id, text: 'x', reply_markup });
    expect(body.result).toMatchObject({ reply_markup });
  });

  test.each(['sendmessage', 'SENDMESSAGE', 'SendMessage'])(
    '%s is read as sendMessage',
    async (name) => {
      const { call, started } = await openSandbox();
      const ann = await started();
      expect((await call(name, { chat_id: ann.id, text: 'x' })).body.ok).toBe(true);
    },
  );

  test('a colon in the token can be percent-encoded', async () => {
    const { url } = await openSandbox();
    const { body } = await post(`${url}/bot${encodeURIComponent(TOKEN)}/getMe`, {});
    expect(body.result).toMatchObject({ id: 4242 });
  });
});

describe('a malformed request', () => {
  test.each([
    ['/bot1:wrong/getMe', '401 Unauthorized'],
    [`/bot${TOKEN}/noSuchMethod`, '404 Not Found: method not found'],
    [`/bot${TOKEN}`, '404 Not Found'],
    ['/elsewhere', '404 Not Found'],
    ['//', '404 Not Found'],
    [`/file/bot${TOKEN}/photos/none.jpg`, '404 Not Found'],
    ['/file/bot1:wrong/photos/none.jpg', '401 Unauthorized'],
  ])('%s is answered with %s', async (path, expected) => {
    const { url } = await openSandbox();
    const { status, body } = await read(await fetch(url + path));
    expect(body).toMatchObject({ ok: false, error_code: status });
    expect(`${status} ${body.description ?? ''}`).toBe(expected);
  });

  test('PUT is answered with 501', async () => {
    const { url } = await openSandbox();
    const response = await fetch(`${url}/bot${TOKEN}/getMe`, { method: 'PUT' });
    expect((await read(response)).status).toBe(501);
  });

  test.each([
    ['{"chat_id":', "400 Bad Request: can't parse request body as a JSON object"],
    ['[1]', '400 Bad Request: JSON object expected'],
  ])('the body %s is answered with %s', async (body, expected) => {
    const { url } = await openSandbox();
    const response = await fetch(`${url}/bot${TOKEN}/sendMessage`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    const answer = await read(response);
    expect(`${answer.status} ${answer.body.description ?? ''}`).toBe(expected);
  });

  test('incomplete multipart is answered with 400', async () => {
    const { url } = await openSandbox();
    const response = await fetch(`${url}/bot${TOKEN}/sendMessage`, {
      method: 'POST',
      headers: { 'content-type': 'multipart/form-data; boundary=x' },
      body: '--x\r\ncontent-disposition: form-data; name="text"\r\n\r\nhalf a',
    });
    const answer = await read(response);
    expect(answer.body.description).toBe('Bad Request: unexpected end of request content');
  });

  test('a body beyond the limit is answered with a 413', async () => {
    const { url } = await openSandbox({ bodyLimitBytes: 1000 });
    const { status } = await post(`${url}/bot${TOKEN}/sendMessage`, { text: 'x'.repeat(1001) });
    expect(status).toBe(413);
  });

  test('more than a megabyte of parameters is answered with a 413', async () => {
    const { call } = await openSandbox();
    const { status } = await call('sendMessage', { text: 'x'.repeat(1 << 20) });
    expect(status).toBe(413);
  });
});

describe('checks of parameters', () => {
  test('an unknown parameter is refused, and ignored without strict', async () => {
    const strict = await openSandbox();
    const lax = await openSandbox({ strict: false });
    expect(await strict.refused('getMe', { shiny: 1 })).toBe(
      '400 Bad Request: the sandbox knows no parameter "shiny" of getMe',
    );
    expect((await lax.call('getMe', { shiny: 1 })).status).toBe(200);
  });

  test('a parameter that is not served is refused, also without strict', async () => {
    const { refused, started } = await openSandbox({ strict: false });
    const ann = await started();
    expect(
      await refused('sendMessage', { chat_id: ann.id, text: 'x', message_thread_id: 5 }),
    ).toContain('does not serve the parameter "message_thread_id" of sendMessage');
  });
});

test('the server listens on 127.0.0.1 only', async () => {
  const { url } = await openSandbox();
  expect(new URL(url).hostname).toBe('127.0.0.1');
});

test('getMe describes the bot', async () => {
  const { ok } = await openSandbox({ botUsername: 'duel_bot', botName: 'Duel' });
  const me = await ok('getMe', {}, z.looseObject({ id: z.number() }));
  expect(me).toMatchObject({
    id: 4242,
    is_bot: true,
    first_name: 'Duel',
    username: 'duel_bot',
    can_join_groups: true,
    can_read_all_group_messages: false,
    supports_inline_queries: false,
  });
});

test('dates are whole seconds of the given clock', async () => {
  const { ok, started, clock } = await openSandbox();
  const ann = await started();
  clock.nowMs += 1999;
  const sent = await ok('sendMessage', { chat_id: ann.id, text: 'x' }, SENT);
  expect(sent['date']).toBe(START_S + 1);
});

test('close ends a long poll and frees the port', async () => {
  const { sandbox, url } = await openSandbox();
  const poll = post(`${url}/bot${TOKEN}/getUpdates`, { timeout: 50 }).catch(() => 'broken');
  await new Promise<void>((resolve) => {
    http.get(`${url}/bot${TOKEN}/getMe`, (response) => {
      response.resume();
      response.on('end', resolve);
    });
  });
  await sandbox.close();
  expect(await poll).toBe('broken');
  await expect(fetch(url)).rejects.toThrow();
});
