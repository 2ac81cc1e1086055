import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { keyboard, openSandbox, START_S } from './sandbox-fixture.ts';
import { SteppedTime } from './stepped-time.ts';
import { serve, withHook } from './webhook-fixture.ts';

describe('setWebhook and deleteWebhook', () => {
  test('describe the change, and getWebhookInfo shows it', async () => {
    const { call } = await openSandbox();
    const info = async () => (await call('getWebhookInfo')).body.result;
    const said = async (method: string, parameters = {}) =>
      (await call(method, parameters)).body.description;
    const url = 'http://127.0.0.1:9/hook';
    expect(await said('setWebhook', { url })).toBe('Webhook was set');
    expect(await said('setWebhook', { url })).toBe('Webhook is already set');
    expect(await info()).toEqual({
      url,
      has_custom_certificate: false,
      pending_update_count: 0,
      max_connections: 40,
    });
    const wish = { url, max_connections: 900, allowed_updates: ['message'], secret_token: 'a-B_9' };
    expect(await said('setWebhook', wish)).toBe('Webhook was set');
    expect(await info()).toMatchObject({ max_connections: 100, allowed_updates: ['message'] });
    expect(await said('deleteWebhook')).toBe('Webhook was deleted');
    expect(await said('setWebhook', { url: '' })).toBe('Webhook is already deleted');
    expect(await info()).toMatchObject({ url: '' });
  });

  test.each([
    [{ url: 'example.com/hook' }, 'bad webhook: An HTTPS URL must be provided for webhook'],
    [{ url: 'ftp://example.com' }, 'invalid webhook URL specified'],
    [{ url: 'http://' }, 'invalid webhook URL specified'],
    [{ secret_token: 'a b' }, 'secret token contains unallowed characters'],
    [{ secret_token: 'a.b' }, 'secret token contains unallowed characters'],
    [{ secret_token: 'x'.repeat(257) }, 'secret token is too long'],
  ])('setWebhook %j is refused', async (parameters, reason) => {
    const { refused } = await openSandbox();
    const url = 'https://example.com/hook';
    expect(await refused('setWebhook', { url, ...parameters })).toBe(`400 Bad Request: ${reason}`);
  });

  test('setWebhook ends the current poll, and getUpdates is refused while it is set', async () => {
    const time = new SteppedTime();
    const { call, refused } = await openSandbox({ wait: time.wait });
    const poll = refused('getUpdates', { timeout: 30 });
    await time.until(30_000);
    await call('setWebhook', { url: 'http://127.0.0.1:9/' });
    expect(await poll).toBe('409 Conflict: terminated by setWebhook request');
    expect(await refused('getUpdates')).toBe(
      "409 Conflict: can't use getUpdates method while webhook is active; " +
        'use deleteWebhook to delete the webhook first',
    );
    await call('deleteWebhook');
    expect((await call('getUpdates')).status).toBe(200);
  });

  test('drop_pending_updates drops pending updates', async () => {
    const { sandbox, call, ann, hook, hookUrl, info } = await withHook();
    await call('deleteWebhook');
    ann.say('old');
    await call('setWebhook', { url: hookUrl, drop_pending_updates: true });
    ann.say('new');
    expect(await hook.answer()).toBe('new');
    await expect.poll(() => sandbox.pendingUpdateCount()).toBe(0);
    expect(await info()).toMatchObject({ pending_update_count: 0 });
  });
});

describe('deliveries', () => {
  test('have the secret, and are pending until they are answered', async () => {
    const { ann, hook, sandbox } = await withHook({ secret_token: 'sesame' });
    ann.say('hello');
    const { what, headers, response } = await hook.next();
    expect([what, headers['content-type']]).toEqual(['hello', 'application/json']);
    expect(headers['x-telegram-bot-api-secret-token']).toBe('sesame');
    expect(sandbox.pendingUpdateCount()).toBe(1);
    response.end();
    await expect.poll(() => sandbox.pendingUpdateCount()).toBe(0);
  });

  test('of one person and kind are sequential, a tap and a message are concurrent', async () => {
    const { call, ann, hook } = await withHook();
    await call('sendMessage', { chat_id: ann.id, text: 'x', reply_markup: keyboard('Go:go') });
    ann.say('one');
    ann.say('two');
    ann.tap('Go');
    const arrivals = [await hook.next(), await hook.next()];
    expect(arrivals.map(({ what }) => what)).toEqual(['one', 'go']);
    for (const { response } of arrivals) response.end();
    expect(await hook.answer()).toBe('two');
  });

  test('of several people are concurrent, up to max_connections', async () => {
    const { sandbox, hook } = await withHook({ max_connections: 2 });
    const people = ['Bob', 'Cem', 'Dan'].map((firstName) => sandbox.people.add({ firstName }));
    for (const person of people) person.say(person.profile.firstName);
    const arrivals = [await hook.next(), await hook.next()];
    expect(arrivals.map(({ what }) => what)).toEqual(['Bob', 'Cem']);
    arrivals[1]?.response.end();
    expect(await hook.answer()).toBe('Dan');
    arrivals[0]?.response.end();
  });

  test('of doubled updates happen twice', async () => {
    const { sandbox, ann, hook } = await withHook();
    sandbox.doubleNextUpdates(1);
    ann.say('twice');
    ann.say('once');
    expect([await hook.answer(), await hook.answer(), await hook.answer()]).toEqual([
      'twice',
      'twice',
      'once',
    ]);
  });

  test('wait during a restart, and continue after it', async () => {
    const { sandbox, ann, hook, time } = await withHook();
    const restarted = sandbox.restart({ downMs: 1000 });
    await time.until(1000);
    ann.say('meanwhile');
    expect(hook.waiting).toBe(0);
    await time.passMs(1000);
    await restarted;
    expect(await hook.answer()).toBe('meanwhile');
  });
});

describe('a failed delivery', () => {
  test('is retried at once, then after growing pauses, and shown by getWebhookInfo', async () => {
    const { ann, hook, time, info, sandbox } = await withHook();
    ann.say('again');
    for (const pauseMs of [2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000]) {
      if (pauseMs === 2000) await hook.answer(500);
      await hook.answer(500);
      await time.until(pauseMs);
      await time.passMs(pauseMs);
    }
    expect(await info()).toMatchObject({
      pending_update_count: 1,
      last_error_date: START_S + 122,
      last_error_message: 'Wrong response from the webhook: 500 Internal Server Error',
    });
    expect(await hook.answer()).toBe('again');
    await expect.poll(() => sandbox.pendingUpdateCount()).toBe(0);
  });

  test('is retried after the retry-after of the webhook', async () => {
    const { ann, hook, time } = await withHook();
    ann.say('later');
    const { response } = await hook.next();
    response.writeHead(429, { 'retry-after': '7' }).end();
    await time.until(7000);
    await time.passMs(7000);
    expect(await hook.answer()).toBe('later');
  });

  test('delays neither other people nor other kinds', async () => {
    const { sandbox, ann, hook, time } = await withHook({ max_connections: 1 });
    ann.say('bad');
    await hook.answer(500);
    await hook.answer(500);
    await time.until(2000);
    sandbox.people.add({ firstName: 'Bob' }).say('good');
    expect(await hook.answer()).toBe('good');
  });

  test('is recorded when the webhook does not answer in time', async () => {
    const { ann, hook, time, info } = await withHook();
    ann.say('slow');
    await hook.next();
    await time.until(50_000);
    await time.passMs(50_000);
    expect(await hook.answer()).toBe('slow');
    expect(await info()).toMatchObject({ last_error_message: 'Read timeout expired' });
  });

  test('is recorded when the port refuses the connection', async () => {
    const time = new SteppedTime();
    const { sandbox, call } = await openSandbox({ now: time.now, wait: time.wait });
    const gone = await openSandbox();
    await gone.sandbox.close();
    await call('setWebhook', { url: gone.url });
    sandbox.people.add({ firstName: 'Ann' }).say('x');
    await time.until(2000);
    expect((await call('getWebhookInfo')).body.result).toMatchObject({
      last_error_message: 'Connection refused',
    });
  });

  test('of a callback query is dropped after 150 seconds', async () => {
    const { call, ann, hook, time, sandbox } = await withHook();
    await call('sendMessage', { chat_id: ann.id, text: 'x', reply_markup: keyboard('Go:go') });
    ann.tap('Go');
    for (const pauseMs of [0, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000]) {
      await hook.answer(502);
      if (pauseMs > 0) await time.until(pauseMs);
      await time.passMs(pauseMs);
    }
    expect(sandbox.pendingUpdateCount()).toBe(0);
    ann.tap('Go');
    expect(await hook.answer()).toBe('go');
  });
});

describe('a method call in the answer', () => {
  test('is executed and recorded', async () => {
    const { sandbox, ann, hook } = await withHook();
    ann.say('hi');
    await hook.answer(200, JSON.stringify({ method: 'sendmessage', chat_id: ann.id, text: 'Yes' }));
    await ann.waitFor((chat) => chat.messages.at(-1)?.text === 'Yes');
    await expect.poll(() => sandbox.calls.list('sendMessage').at(-1)?.status).toBe(200);
  });

  test.each([{ method: 'deleteWebhook' }, { method: 'getMe' }, { ok: true }, []])(
    '%j is none that counts',
    async (reply) => {
      const { sandbox, ann, hook } = await withHook();
      sandbox.calls.clear();
      ann.say('one');
      ann.say('two');
      await hook.answer(200, JSON.stringify(reply));
      expect(await hook.answer()).toBe('two');
      expect(sandbox.calls.list()).toEqual([]);
    },
  );
});

test('deleteWebhook leaves pending updates to getUpdates', async () => {
  const { call, ann, hook } = await withHook();
  ann.say('one');
  const { response } = await hook.next();
  await call('deleteWebhook');
  response.end();
  const updates = z
    .array(z.looseObject({ message: z.looseObject({ text: z.string() }) }))
    .parse((await call('getUpdates')).body.result);
  expect(updates.map(({ message }) => message.text)).toEqual(['one']);
});

test('getWebhookInfo tells a broken connection from a refused one', async () => {
  const { ann, hook, info, call } = await withHook();
  const other = await serve((_request, response) => response.writeHead(403).end());
  ann.say('x');
  const { response } = await hook.next();
  response.destroy();
  await hook.next();
  expect(await info()).toMatchObject({ last_error_message: 'Webhook connection closed' });
  await call('setWebhook', { url: other });
  await expect
    .poll(info)
    .toMatchObject({ last_error_message: 'Wrong response from the webhook: 403 Forbidden' });
});
