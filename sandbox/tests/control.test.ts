import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { keyboard, openSandbox } from './sandbox-fixture.ts';

/** Sends as curl does with -d: no JSON content type. */
async function withCurl() {
  const fixture = await openSandbox();
  const ask = async (verb: string, path: string, body?: unknown) => {
    const response = await fetch(`${fixture.url}/sandbox${path}`, {
      method: verb,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: z.unknown().parse(await response.json()) };
  };
  const created = await ask('POST', '/people', { first_name: 'Ann', language_code: 'ru' });
  const { id } = z.object({ id: z.number() }).parse(created.body);
  const here = `/people/${id}`;
  const botWrites = (text: string, buttons = '') =>
    fixture.call('sendMessage', { chat_id: id, text, reply_markup: keyboard(buttons) });
  return { ...fixture, ask, id, here, botWrites };
}

describe('a person over HTTP', () => {
  test('is created, listed and fetched', async () => {
    const { ask, id, here } = await withCurl();
    const ann = { id, first_name: 'Ann', language_code: 'ru', has_started: false };
    expect((await ask('GET', here)).body).toMatchObject(ann);
    expect((await ask('GET', '/people')).body).toEqual([expect.objectContaining(ann)]);
  });

  test('writes, gets an answer, taps and sees the chat', async () => {
    const { ask, call, here, botWrites } = await withCurl();
    await ask('POST', `${here}/messages`, { text: '/start' });
    await botWrites('<Arena>', 'Go:go Stop:stop');
    const tap = await ask('POST', `${here}/taps`, { button: 'Go' });
    expect(tap.body).toMatchObject({ message_id: 2, data: 'go' });
    const { callback_query_id } = z.object({ callback_query_id: z.string() }).parse(tap.body);
    await call('answerCallbackQuery', { callback_query_id, text: 'Searching' });
    expect((await ask('GET', `${here}/chat`)).body).toMatchObject({
      messages: [
        { message_id: 1, from: 'person', text: '/start' },
        {
          message_id: 2,
          from: 'bot',
          text: '<Arena>',
          html: '&lt;Arena&gt;',
          buttons: [[{ text: 'Go', data: 'go' }, { text: 'Stop' }]],
        },
      ],
      toasts: [{ text: 'Searching' }],
      drawn: ['#1 person: /start', '#2 bot: &lt;Arena&gt;', '[Go] [Stop]', '(toast: Searching)'],
    });
  });

  test.each<[string, unknown, string]>([
    ['by label', { button: 'Go' }, 'go'],
    ['by data', { button: 'stop' }, 'stop'],
    ['by place', { button: [1, 0] }, 'help'],
    ['of a message', { button: [0, 0], message_id: 2 }, 'go'],
    ['with any data by force', { button: 'forged:1', force: true }, 'forged:1'],
    ['on a deleted message by force', { button: 'go', message_id: 77, force: true }, 'go'],
  ])('taps %s', async (_how, body, data) => {
    const { ask, here, botWrites } = await withCurl();
    await ask('POST', `${here}/messages`, { text: '/start' });
    await botWrites('x', 'Go:go Stop:stop | Help:help');
    expect((await ask('POST', `${here}/taps`, body)).body).toMatchObject({ data });
  });

  test('GET events waits for new events and returns known ones at once', async () => {
    const { ask, here, botWrites } = await withCurl();
    await ask('POST', `${here}/messages`, { text: '/start' });
    const waiting = ask('GET', `${here}/events?after=1&timeout=20`);
    await botWrites('x');
    const sent = [
      expect.objectContaining({ event_id: 2, kind: 'sent', at_ms: expect.any(Number) as unknown }),
    ];
    expect((await waiting).body).toEqual(sent);
    expect((await ask('GET', `${here}/events?after=1`)).body).toEqual(sent);
    expect((await ask('GET', `${here}/events?after=2`)).body).toEqual([]);
  });

  test('blocks and unblocks the bot, and deletes messages', async () => {
    const { ask, here } = await withCurl();
    await ask('POST', `${here}/messages`, { text: '/start' });
    expect((await ask('POST', `${here}/block`)).body).toMatchObject({ has_blocked_bot: true });
    expect((await ask('POST', `${here}/messages`, { text: 'x' })).status).toBe(409);
    expect((await ask('POST', `${here}/unblock`)).body).toMatchObject({ has_blocked_bot: false });
    expect((await ask('DELETE', `${here}/messages/1`)).status).toBe(200);
    expect((await ask('GET', `${here}/chat`)).body).toMatchObject({ messages: [] });
  });
});

describe('a refused request states the reason', () => {
  test.each<[request: string, body: unknown, refusal: RegExp]>([
    ['POST /people', {}, /^400 .*first_name/s],
    ['POST /people', { first_name: 'Bob', age: 7 }, /^400 .*age/s],
    ['GET /people/1/chat', undefined, /^404 there is no person 1$/],
    ['POST HERE/messages', { text: ' ' }, /^409 there is nothing to say$/],
    ['POST HERE/messages', { text: 'x'.repeat(4097) }, /^409 more than 4096 characters/],
    [
      'POST HERE/messages',
      { text: 'x', reply_to_message_id: 9 },
      /^409 there is no message 9 to reply to$/,
    ],
    ['POST HERE/taps', { button: 'Go' }, /^409 no message has a keyboard now$/],
    ['POST HERE/taps', { button: 'Go', message_id: 9 }, /^409 there is no message 9$/],
    ['POST HERE/taps', { button: 'x', force: true }, /^409 the bot has not written anything yet$/],
    ['POST HERE/taps', { button: [0, 0], force: true }, /^409 a forced tap takes callback data$/],
    ['POST HERE/taps', { button: 7 }, /^400 .*button/s],
    ['DELETE HERE/messages/9', undefined, /^409 there is no message 9$/],
    ['GET HERE/events?after=x', undefined, /^400 after is no number$/],
    ['PUT HERE/chat', undefined, /^405 GET is wanted here$/],
    ['GET /nowhere', undefined, /^404 .*GET \/sandbox\//],
    ['POST /faults', { method: 'getMe', kind: 'magic' }, /^400 .*kind/s],
    ['POST /faults', { method: '*', kind: 'flood', retry_after: 1, share: 2 }, /^400 .*share/s],
  ])('%s %j', async (request, body, refusal) => {
    const { ask, here } = await withCurl();
    const [verb = '', path = ''] = request.replace('HERE', here).split(' ');
    const answer = await ask(verb, path, body);
    const { error } = z.object({ error: z.string() }).parse(answer.body);
    expect(`${answer.status} ${error}`).toMatch(refusal);
  });

  test('an unknown button is named with the buttons there are', async () => {
    const { ask, here, botWrites } = await withCurl();
    await ask('POST', `${here}/messages`, { text: '/start' });
    await botWrites('x', 'A B | C');
    expect((await ask('POST', `${here}/taps`, { button: 'Z' })).body).toEqual({
      error: 'there is no button "Z" in message 2 now; it has [A] [B] / [C]',
    });
  });

  test('a malformed body is refused with 400', async () => {
    const { url } = await openSandbox();
    const response = await fetch(`${url}/sandbox/people`, { method: 'POST', body: '{' });
    expect([response.status, await response.json()]).toEqual([
      400,
      { error: 'the body is no JSON' },
    ]);
  });

  test('an id that is taken is refused with 409', async () => {
    const { ask, id } = await withCurl();
    expect(await ask('POST', '/people', { first_name: 'Bob', id })).toEqual({
      status: 409,
      body: { error: `there is already a person ${id}` },
    });
  });
});

describe('faults and calls over HTTP', () => {
  test.each<[object, number]>([
    [{ kind: 'flood', retry_after: 3 }, 429],
    [{ kind: 'error', error_code: 502 }, 502],
    [{ kind: 'error', error_code: 500, when: 'after', description: 'x' }, 500],
    [{ kind: 'slow', delay_ms: 1 }, 200],
  ])('%j hits the next call', async (fault, status) => {
    const { ask, call } = await withCurl();
    await ask('POST', '/faults', { method: 'getMe', ...fault });
    expect([(await call('getMe')).status, (await call('getMe')).status]).toEqual([status, 200]);
  });

  test('faults are listed and removed', async () => {
    const { ask, call } = await withCurl();
    await ask('POST', '/faults', { method: 'getMe', kind: 'flood', retry_after: 3, times: 2 });
    await call('getMe');
    expect((await ask('GET', '/faults')).body).toEqual([
      { fault_id: 1, kind: 'flood', method: 'getMe', retry_after: 3, times: 2, times_left: 1 },
    ]);
    await ask('DELETE', '/faults');
    expect((await call('getMe')).status).toBe(200);
  });

  test('a fault without end is removed by its id', async () => {
    const { ask, call } = await withCurl();
    const fault = { method: '*', kind: 'flood', retry_after: 1, share: 1, times: null };
    const asked = await ask('POST', '/faults', fault);
    expect(asked.body).toEqual({ ...fault, fault_id: 1, times_left: null });
    expect([(await call('getMe')).status, (await call('getMe')).status]).toEqual([429, 429]);
    expect((await ask('DELETE', '/faults/1')).status).toBe(200);
    expect((await call('getMe')).status).toBe(200);
    expect(await ask('DELETE', '/faults/1')).toEqual({
      status: 404,
      body: { error: 'no fault 1 is pending' },
    });
  });

  test('calls are listed, newest last, filtered by method and limit', async () => {
    const { ask, call } = await withCurl();
    for (const method of ['getMe', 'getWebhookInfo', 'getMe']) await call(method);
    const methods = async (query: string) =>
      z
        .array(z.looseObject({ method: z.string() }))
        .parse((await ask('GET', `/calls${query}`)).body)
        .map((record) => record.method);
    expect(await methods('?limit=2')).toEqual(['getWebhookInfo', 'getMe']);
    expect(await methods('?method=getme')).toEqual(['getMe', 'getMe']);
    await ask('DELETE', '/calls');
    expect(await methods('')).toEqual([]);
  });

  test('POST doubled-updates doubles the next update', async () => {
    const { ask, call, here } = await withCurl();
    await ask('POST', '/doubled-updates');
    await ask('POST', `${here}/messages`, { text: 'x' });
    const ids = async (offset: number) =>
      z
        .array(z.looseObject({ update_id: z.number() }))
        .parse((await call('getUpdates', { offset })).body.result)
        .map((update) => update.update_id);
    const [id = 0] = await ids(0);
    expect([await ids(id + 1), await ids(id + 1)]).toEqual([[id], []]);
  });

  test('PUT traffic switches limits on and off', async () => {
    const { ask } = await withCurl();
    const usual = { on: true, interval_ms: 1000, burst: 5, longest_hold_ms: 8000 };
    expect((await ask('GET', '/traffic')).body).toEqual({ on: false });
    expect((await ask('PUT', '/traffic', { on: true })).body).toEqual(usual);
    expect((await ask('PUT', '/traffic', { on: true, burst: 2 })).body).toEqual({
      ...usual,
      burst: 2,
    });
    expect((await ask('GET', '/traffic')).body).toEqual({ ...usual, burst: 2 });
    expect((await ask('PUT', '/traffic', { on: false })).body).toEqual({ on: false });
  });

  test('doubling of all updates goes on until it is deleted', async () => {
    const { ask } = await withCurl();
    const asked = [
      await ask('GET', '/doubled-updates'),
      await ask('POST', '/doubled-updates', { times: null }),
      await ask('GET', '/doubled-updates'),
      await ask('DELETE', '/doubled-updates'),
      await ask('GET', '/doubled-updates'),
    ];
    const times = [0, null, null, 0, 0];
    expect(asked.map(({ body }) => body)).toEqual(times.map((number) => ({ times: number })));
  });
});

test('GET /sandbox/ explains every path', async () => {
  const { url } = await openSandbox();
  const response = await fetch(`${url}/sandbox/`);
  const text = await response.text();
  expect(response.headers.get('content-type')).toContain('text/plain');
  for (const path of [
    'people',
    'messages',
    'taps',
    'block',
    'unblock',
    'stickers',
    'photos',
    'stream',
    'bot',
    'chat',
    'events',
    'calls',
    'faults',
    'doubled-updates',
    'restarts',
    'traffic',
  ]) {
    expect(text).toMatch(new RegExp(`curl .*${url}/sandbox/.*${path}`));
  }
});
