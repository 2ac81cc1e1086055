import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { ManualWaits, openSandbox } from './sandbox-fixture.ts';
import type { Fixture } from './sandbox-fixture.ts';
import type { SandboxPerson } from '../people/sandbox-person.ts';
import type { SandboxOptions } from '../start-sandbox.ts';

interface WithAnn extends Fixture {
  readonly ann: SandboxPerson;
  /** `200`, `429` … or `broken`, of one sendMessage to Ann. */
  readonly send: (text?: string) => Promise<string>;
  /** What the bot has written to Ann. */
  readonly arrived: () => string[];
}

async function withAnn(options: Partial<SandboxOptions> = {}): Promise<WithAnn> {
  const fixture = await openSandbox(options);
  const ann = await fixture.started();
  return {
    ...fixture,
    ann,
    send: (text = 'x') =>
      fixture.call('sendMessage', { chat_id: ann.id, text }).then(
        ({ status }) => String(status),
        () => 'broken',
      ),
    arrived: () => ann.chat().messages.flatMap(({ from, text }) => (from === 'bot' ? [text] : [])),
  };
}

test('a flood answers 429 with retry_after in body and header, without an effect', async () => {
  const { call, sandbox, ann, arrived } = await withAnn();
  sandbox.faults.add({ kind: 'flood', method: 'sendMessage', retryAfterS: 7 });
  const { status, body, headers } = await call('sendMessage', { chat_id: ann.id, text: 'x' });
  expect([status, headers.get('retry-after'), arrived()]).toEqual([429, '7', []]);
  expect(body).toEqual({
    ok: false,
    error_code: 429,
    description: 'Too Many Requests: retry after 7',
    parameters: { retry_after: 7 },
  });
});

test('an error replaces the effect, with the usual or a given description', async () => {
  const { refused, sandbox, ann, arrived } = await withAnn();
  const message = { chat_id: ann.id, text: 'x' };
  sandbox.faults.add({ kind: 'error', method: 'sendMessage', errorCode: 502 });
  expect(await refused('sendMessage', message)).toBe('502 Bad Gateway');
  sandbox.faults.add({
    kind: 'error',
    method: 'sendMessage',
    errorCode: 400,
    description: 'Bad Request: no',
  });
  expect(await refused('sendMessage', message)).toBe('400 Bad Request: no');
  expect(arrived()).toEqual([]);
});

test('an error with when=after keeps the effect', async () => {
  const { send, sandbox, arrived } = await withAnn();
  sandbox.faults.add({ kind: 'error', method: 'sendMessage', errorCode: 504, when: 'after' });
  expect([await send(), arrived()]).toEqual(['504', ['x']]);
});

test.each([
  ['before', []],
  ['after', ['x']],
] as const)('the connection breaks %s the effect', async (when, expected) => {
  const { send, sandbox, arrived } = await withAnn();
  sandbox.faults.add({ kind: 'reset', method: 'sendMessage', when });
  expect([await send(), arrived()]).toEqual(['broken', expected]);
  expect(sandbox.calls.list('sendMessage')).toEqual([
    expect.objectContaining({ status: 0, answer: null, fault: 'reset' }),
  ]);
  expect(await send('y')).toBe('200');
});

describe('a slow call', () => {
  test.each([
    ['before', []],
    ['after', ['x']],
  ] as const)('is held back %s the effect', async (when, meanwhile) => {
    const waits = new ManualWaits();
    const { send, sandbox, arrived } = await withAnn({ wait: waits.wait });
    sandbox.faults.add({ kind: 'slow', method: 'sendMessage', delayMs: 8000, when });
    const sending = send();
    expect([await waits.begun(), arrived()]).toEqual([8000, meanwhile]);
    waits.end();
    expect([await sending, arrived()]).toEqual(['200', ['x']]);
  });

  test('has its effect when the client has disconnected', async () => {
    const waits = new ManualWaits();
    const { url, sandbox, ann } = await withAnn({ wait: waits.wait });
    sandbox.faults.add({ kind: 'slow', method: 'sendMessage', delayMs: 8000 });
    const giveUp = new AbortController();
    const address = `${url}/bot${sandbox.token}/sendMessage?chat_id=${ann.id}&text=late`;
    const call = fetch(address, { signal: giveUp.signal });
    await waits.begun();
    giveUp.abort();
    await expect(call).rejects.toThrow();
    waits.end();
    expect(await ann.waitFor((chat) => chat.messages.at(-1)?.text === 'late')).toBe(true);
  });
});

describe('which calls are hit', () => {
  const flood = { kind: 'flood', retryAfterS: 1 } as const;

  test('times hits that many calls', async () => {
    const { send, sandbox } = await withAnn();
    sandbox.faults.add({ ...flood, method: 'sendmessage', times: 2 });
    expect([await send(), await send(), await send()]).toEqual(['429', '429', '200']);
  });

  test('chatId hits only calls of that chat', async () => {
    const { send, call, started, sandbox } = await withAnn();
    const bob = await started('Bob');
    sandbox.faults.add({ ...flood, method: 'sendMessage', chatId: bob.id });
    const toBob = await call('sendMessage', { chat_id: bob.id, text: 'x' });
    expect([await send(), toBob.status]).toEqual(['200', 429]);
  });

  test('"*" hits every method but getUpdates and those of webhooks', async () => {
    const { call, sandbox } = await withAnn();
    sandbox.faults.add({ ...flood, method: '*' });
    const spared = ['getUpdates', 'setWebhook', 'deleteWebhook', 'getWebhookInfo'];
    for (const method of spared) expect((await call(method)).status).toBe(200);
    expect((await call('getMe')).status).toBe(429);
  });

  test('times=null hits until the fault is removed', async () => {
    const { send, sandbox } = await withAnn();
    const { faultId } = sandbox.faults.add({ ...flood, method: 'sendMessage', times: null });
    sandbox.faults.add({ kind: 'error', method: 'sendMessage', errorCode: 500 });
    expect([await send(), await send(), await send()]).toEqual(['429', '429', '429']);
    expect([sandbox.faults.remove(faultId), sandbox.faults.remove(faultId)]).toEqual([true, false]);
    expect([await send(), await send()]).toEqual(['500', '200']);
  });

  test('share hits part of the calls, the same ones for the same seed', async () => {
    const hits = async (faultSeed: number) => {
      const { send, sandbox } = await withAnn({ faultSeed });
      sandbox.faults.add({ ...flood, method: '*', share: 0.25, times: null });
      const statuses = [];
      for (let n = 0; n < 80; n += 1) statuses.push(await send());
      return statuses.map((status) => (status === '429' ? 'x' : '.')).join('');
    };
    const first = await hits(7);
    expect(first.split('x').length - 1).toBeGreaterThan(10);
    expect(first.split('x').length - 1).toBeLessThan(30);
    expect([(await hits(7)) === first, (await hits(8)) === first]).toEqual([true, false]);
  });

  test('several faults are drawn independently', async () => {
    const { send, sandbox } = await withAnn({ faultSeed: 1 });
    sandbox.faults.add({ ...flood, method: '*', share: 1e-9, times: null });
    sandbox.faults.add({ kind: 'error', method: '*', errorCode: 502, share: 1, times: null });
    expect([await send(), await send()]).toEqual(['502', '502']);
  });

  test.each([0, -1, 1.1, NaN])('a share of %d is refused', async (share) => {
    const { sandbox } = await openSandbox();
    expect(() => sandbox.faults.add({ ...flood, method: '*', share })).toThrow(RangeError);
  });

  test('of two faults the older one hits first', async () => {
    const { send, sandbox } = await withAnn();
    sandbox.faults.add({ kind: 'error', method: 'sendMessage', errorCode: 500 });
    sandbox.faults.add({ ...flood, method: 'sendMessage' });
    expect([await send(), await send(), await send()]).toEqual(['500', '429', '200']);
  });

  test('clear removes all faults', async () => {
    const { send, sandbox } = await withAnn();
    sandbox.faults.add({ ...flood, method: 'sendMessage', times: 5 });
    sandbox.faults.clear();
    expect([await send(), sandbox.faults.list()]).toEqual(['200', []]);
  });
});

test('calls are recorded with method, parameters, status and answer', async () => {
  const { call, sandbox, ann } = await withAnn();
  sandbox.calls.clear();
  await call('SENDMESSAGE', { chat_id: ann.id, text: 'x', reply_markup: { inline_keyboard: [] } });
  await call('sendMessage', { chat_id: ann.id, text: '' });
  await call('noSuchMethod');
  const [sent, refused, unknown] = sandbox.calls.list();
  expect(sent).toMatchObject({
    method: 'sendMessage',
    parameters: { chat_id: ann.id, text: 'x', reply_markup: { inline_keyboard: [] } },
    status: 200,
    answer: { ok: true, result: { text: 'x' } },
    fault: null,
  });
  expect(refused).toMatchObject({ status: 400, answer: { ok: false } });
  expect(unknown).toMatchObject({ method: 'noSuchMethod', status: 404 });
  expect(z.number().nonnegative().parse(sent?.tookMs)).toBeLessThan(5000);
});
