import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { keyboard, openSandbox, SENT } from './sandbox-fixture.ts';
import type { SandboxOptions } from '../start-sandbox.ts';

const TOO_OLD =
  '400 Bad Request: query is too old and response timeout expired or query ID is invalid';

const TAPS = z.array(
  z.looseObject({
    callback_query: z.looseObject({ id: z.string(), data: z.string(), chat_instance: z.string() }),
  }),
);

/** Ann has been sent message 2 with two rows of buttons. */
async function withButtons(options: Partial<SandboxOptions> = {}) {
  const fixture = await openSandbox(options);
  const ann = await fixture.started();
  const parameters = {
    chat_id: ann.id,
    text: 'Your move',
    reply_markup: keyboard('Hit:hit Block:block | Flee:flee'),
  };
  await fixture.ok('sendMessage', parameters, SENT);
  const answer = (id: string, more: object = {}) =>
    fixture.call('answerCallbackQuery', { callback_query_id: id, ...more });
  return { ...fixture, ann, answer };
}

describe('a tap', () => {
  test('is delivered as a callback query with its message', async () => {
    const { ok, ann } = await withButtons();
    const { callbackQueryId } = ann.tap('Block');
    const [update] = await ok('getUpdates', {}, TAPS);
    expect(update?.callback_query).toMatchObject({
      id: callbackQueryId,
      from: { id: ann.id, is_bot: false, first_name: 'Ann', language_code: 'en' },
      message: {
        message_id: 2,
        text: 'Your move',
        reply_markup: { inline_keyboard: expect.any(Array) as unknown },
      },
      data: 'block',
    });
  });

  test('has the message as it was at the tap, after a later edit', async () => {
    const { call, ok, ann } = await withButtons();
    ann.tap('Hit');
    await call('editMessageText', { chat_id: ann.id, message_id: 2, text: 'Later' });
    const [update] = await ok('getUpdates', {}, TAPS);
    expect(update?.callback_query['message']).toMatchObject({ text: 'Your move' });
  });

  test('each query has its own id, and all have the same chat_instance', async () => {
    const { ok, ann } = await withButtons();
    for (const label of ['Hit', 'Hit', 'Flee']) ann.tap(label);
    const queries = (await ok('getUpdates', {}, TAPS)).map((update) => update.callback_query);
    expect(new Set(queries.map((query) => query.id)).size).toBe(3);
    expect(new Set(queries.map((query) => query.chat_instance)).size).toBe(1);
    expect(queries.map((query) => /^\d{15,20}$/.test(query.id))).toEqual([true, true, true]);
  });

  test('expires after 150 s', async () => {
    const { ok, ann, clock } = await withButtons();
    ann.tap('Hit');
    clock.passS(149);
    const before = await ok('getUpdates', {}, TAPS);
    clock.passS(1);
    expect([before.length, await ok('getUpdates', {}, TAPS)]).toEqual([1, []]);
  });
});

describe('answerCallbackQuery', () => {
  test('shows the person a toast or an alert', async () => {
    const { answer, ann } = await withButtons();
    const { callbackQueryId } = ann.tap('Hit');
    const { body } = await answer(callbackQueryId, { text: 'Hit for 7!', show_alert: true });
    expect(body.result).toBe(true);
    expect(ann.toasts()).toEqual([
      expect.objectContaining({ callbackQueryId, text: 'Hit for 7!', isAlert: true }),
    ]);
  });

  test('without a text ends the wait and shows nothing', async () => {
    const { answer, ann } = await withButtons();
    const tap = ann.tap('Hit');
    expect(ann.chat().unansweredTaps).toEqual([tap.callbackQueryId]);
    await answer(tap.callbackQueryId);
    expect([ann.chat().unansweredTaps, ann.toasts()]).toEqual([[], []]);
    expect((await tap.answered()).text).toBe('');
  });

  test('is refused the second time', async () => {
    const { answer, refused, ann } = await withButtons();
    const { callbackQueryId } = ann.tap('Hit');
    await answer(callbackQueryId, { text: 'first' });
    expect(await refused('answerCallbackQuery', { callback_query_id: callbackQueryId })).toBe(
      TOO_OLD,
    );
    expect(ann.toasts()).toHaveLength(1);
  });

  test.each([
    [15, {}, '200'],
    [15.001, {}, TOO_OLD],
    [2, { callbackLifetimeMs: 2000 }, '200'],
    [2.001, { callbackLifetimeMs: 2000 }, TOO_OLD],
  ])('after %d s with %j', async (seconds, options, expected) => {
    const { answer, ann, clock } = await withButtons(options);
    const { callbackQueryId } = ann.tap('Hit');
    clock.passS(seconds);
    const { status, body } = await answer(callbackQueryId);
    expect([status, body.description].filter(Boolean).join(' ')).toBe(expected);
  });

  test.each(['', 'x', '123456'])('is refused for the unknown query %j', async (id) => {
    const { refused } = await withButtons();
    expect(await refused('answerCallbackQuery', { callback_query_id: id })).toBe(TOO_OLD);
  });

  test('is refused with more than 200 characters, and the query stays open', async () => {
    const { answer, refused, ann } = await withButtons();
    const { callbackQueryId } = ann.tap('Hit');
    const long = { callback_query_id: callbackQueryId, text: '😀'.repeat(201) };
    expect(await refused('answerCallbackQuery', long)).toBe('400 Bad Request: MESSAGE_TOO_LONG');
    expect((await answer(callbackQueryId, { text: '😀'.repeat(200) })).status).toBe(200);
  });

  test('is refused with a link that is not of Telegram', async () => {
    const { answer, refused, ann } = await withButtons();
    const { callbackQueryId } = ann.tap('Hit');
    const foreign = { callback_query_id: callbackQueryId, url: 'https://example.com' };
    expect(await refused('answerCallbackQuery', foreign)).toBe('400 Bad Request: URL_INVALID');
    await answer(callbackQueryId, { url: 'https://t.me/arena_bot?start=x' });
    expect(ann.toasts()[0]?.url).toBe('https://t.me/arena_bot?start=x');
  });
});
