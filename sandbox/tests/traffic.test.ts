import { describe, expect, test } from 'vitest';
import type { TrafficOptions } from '../traffic/traffic.ts';
import { keyboard, openSandbox } from './sandbox-fixture.ts';
import { SteppedTime } from './stepped-time.ts';

const SMALL = { intervalMs: 1000, burst: 2, longestHoldMs: 2000 };

/** A chat with a screen, and limits that begin to count when it is there. */
async function withLimits(limits: TrafficOptions) {
  const time = new SteppedTime();
  const fixture = await openSandbox({ now: time.now, wait: time.wait });
  const ann = await fixture.started();
  await fixture.call('sendMessage', { chat_id: ann.id, text: 'screen' });
  fixture.sandbox.traffic.set(limits);
  /** The status, or 0 when the sandbox closes meanwhile. */
  const send = (text: string, chatId = ann.id) =>
    fixture.call('sendMessage', { chat_id: chatId, text }).then(
      ({ status }) => status,
      () => 0,
    );
  const sendAll = (count: number) =>
    Array.from({ length: count }, (_, index) => send(String(index)));
  const said = () => ann.chat().messages.flatMap(({ from, text }) => (from === 'bot' ? text : []));
  const held = () => fixture.sandbox.calls.list('sendMessage').map(({ heldMs }) => heldMs);
  return { ...fixture, ann, time, send, sendAll, said, held };
}

test('calls are not limited by default', async () => {
  const { sandbox, sendAll } = await withLimits(false);
  expect(sandbox.traffic.limits).toBeNull();
  expect(new Set(await Promise.all(sendAll(40)))).toEqual(new Set([200]));
});

test('after a burst one call a second passes, in order', async () => {
  const { send, said, held, time } = await withLimits(true);
  for (let n = 1; n <= 5; n += 1) expect(await send(`burst ${n}`)).toBe(200);
  const slow = [send('sixth')];
  await time.until(1000);
  slow.push(send('seventh'));
  await time.until(1000, 2000);
  expect(said().at(-1)).toBe('burst 5');
  await time.passMs(1000);
  expect(await slow[0]).toBe(200);
  expect(said().at(-1)).toBe('sixth');
  await time.passMs(1000);
  expect(await slow[1]).toBe(200);
  expect(said().at(-1)).toBe('seventh');
  expect(held()).toEqual([0, 0, 0, 0, 0, 0, 1000, 2000]);
});

test('a burst passes again after a pause', async () => {
  const { send, time } = await withLimits(SMALL);
  for (let round = 0; round < 3; round += 1) {
    expect([await send('a'), await send('b')]).toEqual([200, 200]);
    time.nowMs += 2000;
  }
});

describe('a call with too long a delay', () => {
  const flooded = async () => {
    const fixture = await withLimits(SMALL);
    const calls = fixture.sendAll(4);
    await fixture.time.until(1000, 2000);
    const refusal = await fixture.call('sendMessage', { chat_id: fixture.ann.id, text: 'refused' });
    return { ...fixture, calls, refusal };
  };

  test('is refused with the time after which it passes', async () => {
    const { refusal, sandbox } = await flooded();
    expect([refusal.status, refusal.headers.get('retry-after')]).toEqual([429, '3']);
    expect(refusal.body).toMatchObject({
      description: 'Too Many Requests: retry after 3',
      parameters: { retry_after: 3 },
    });
    const record = sandbox.calls.list('sendMessage').at(-1);
    expect(record).toMatchObject({ status: 429, fault: 'traffic', heldMs: 0 });
  });

  test('later calls are refused too, without extending that time', async () => {
    const { call, calls, send, time, ann } = await flooded();
    await time.passMs(2000);
    expect(await Promise.all(calls)).toEqual([200, 200, 200, 200]);
    const early = await call('sendMessage', { chat_id: ann.id, text: 'early' });
    expect(early.body).toMatchObject({ parameters: { retry_after: 1 } });
    await time.passMs(1000);
    expect(await send('in time')).toBe(200);
  });

  test('does not affect other chats', async () => {
    const { started, send } = await flooded();
    const bob = await started('Bob');
    expect(await send('x', bob.id)).toBe(200);
  });
});

describe('limits per chat', () => {
  test.each<[method: string, parameters: object]>([
    ['sendMessage', { text: 'x' }],
    ['editMessageText', { message_id: 2, text: 'x' }],
    ['editMessageReplyMarkup', { message_id: 2, reply_markup: keyboard('Go') }],
    ['deleteMessage', { message_id: 2 }],
    ['setMessageReaction', { message_id: 1, reaction: [{ type: 'emoji', emoji: '👍' }] }],
  ])('%s', async (method, parameters) => {
    const { call, ann, send } = await withLimits({ burst: 1, longestHoldMs: 0 });
    const { status } = await call(method, { chat_id: ann.id, ...parameters });
    expect([status, await send('then')]).toEqual([200, 429]);
  });

  test.each<[method: string, parameters: object]>([
    ['sendChatAction', { action: 'typing' }],
    ['answerCallbackQuery', { callback_query_id: '1' }],
    ['getMe', {}],
  ])('not %s', async (method, parameters) => {
    const { call, ann, send } = await withLimits({ burst: 1, longestHoldMs: 0 });
    const about = method === 'sendChatAction' ? { chat_id: ann.id } : {};
    for (let n = 0; n < 5; n += 1) await call(method, { ...about, ...parameters });
    expect(await send('x')).toBe(200);
  });
});

test('delayed calls pass when limits are switched off', async () => {
  const { sandbox, sendAll, time, said } = await withLimits(SMALL);
  const calls = sendAll(4);
  await time.until(1000, 2000);
  sandbox.traffic.set(false);
  expect(await Promise.all(calls)).toEqual([200, 200, 200, 200]);
  expect(said()).toHaveLength(5);
});

test('a sandbox can start with limits', async () => {
  const { sandbox } = await openSandbox({ traffic: { burst: 3 } });
  expect(sandbox.traffic.limits).toEqual({ intervalMs: 1000, burst: 3, longestHoldMs: 8000 });
});
