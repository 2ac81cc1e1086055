import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { ManualWaits, openSandbox } from './sandbox-fixture.ts';
import type { Fixture } from './sandbox-fixture.ts';
import type { SandboxOptions } from '../start-sandbox.ts';

const UPDATES = z.array(
  z.looseObject({ update_id: z.number(), message: z.looseObject({ text: z.string() }).optional() }),
);

/** A sandbox in which Ann has said some words, the first as update 100. */
async function withWords(words: string, options: Partial<SandboxOptions> = {}) {
  const fixture = await openSandbox({ firstUpdateId: 100, ...options });
  const ann = fixture.sandbox.people.add({ firstName: 'Ann', languageCode: 'en' });
  for (const word of words.split(' ').filter(Boolean)) ann.say(word);
  return { ...fixture, ann, heard: (parameters: object = {}) => heard(fixture, parameters) };
}

/** `100:a 101:b`: update ids and texts. */
async function heard({ ok }: Fixture, parameters: object): Promise<string> {
  const updates = await ok('getUpdates', parameters, UPDATES);
  return updates.map(({ update_id: id, message }) => `${id}:${message?.text ?? ''}`).join(' ');
}

describe('offset and limit', () => {
  test.each([
    [{}, '100:a 101:b 102:c', '100:a 101:b 102:c'],
    [{ offset: 101 }, '101:b 102:c', '101:b 102:c'],
    [{ offset: 103 }, '', ''],
    [{ offset: 101, limit: 1 }, '101:b', '101:b 102:c'],
    [{ offset: -1 }, '102:c', '102:c'],
    [{ offset: -2 }, '101:b 102:c', '101:b 102:c'],
    [{ offset: -9 }, '100:a 101:b 102:c', '100:a 101:b 102:c'],
    [{ limit: 0 }, '100:a', '100:a 101:b 102:c'],
    [{ offset: 5000 }, '100:a 101:b 102:c', '100:a 101:b 102:c'],
  ])('getUpdates %j returns %j and leaves %j', async (parameters, given, left) => {
    const { heard } = await withWords('a b c');
    expect([await heard(parameters), await heard()]).toEqual([given, left]);
  });

  test('the first update id is random', async () => {
    const first = async () => {
      const { sandbox, ok } = await openSandbox();
      sandbox.people.add({ firstName: 'Ann' }).say('x');
      return (await ok('getUpdates', {}, UPDATES))[0]?.update_id;
    };
    expect(await first()).not.toBe(await first());
  });

  test('a message has sender, chat and date', async () => {
    const { ok } = await withWords('/start');
    const [update] = await ok('getUpdates', {}, UPDATES);
    expect(update?.message).toEqual({
      message_id: 1,
      from: { id: 5_000_000_001, is_bot: false, first_name: 'Ann', language_code: 'en' },
      chat: { id: 5_000_000_001, first_name: 'Ann', type: 'private' },
      date: 1_700_000_000,
      text: '/start',
      entities: [{ type: 'bot_command', offset: 0, length: 6 }],
    });
  });
});

describe('long polling', () => {
  test('returns when an update arrives', async () => {
    const waits = new ManualWaits();
    const { heard, ann } = await withWords('', { wait: waits.wait });
    const poll = heard({ timeout: 30 });
    expect(await waits.begun()).toBe(30_000);
    ann.say('now');
    expect(await poll).toBe('100:now');
  });

  test('returns updates of the same moment together', async () => {
    const waits = new ManualWaits();
    const { heard, ann } = await withWords('', { wait: waits.wait });
    const poll = heard({ timeout: 30 });
    await waits.begun();
    ann.say('a');
    ann.say('b');
    expect(await poll).toBe('100:a 101:b');
  });

  test('returns an empty list after its timeout', async () => {
    const waits = new ManualWaits();
    const { heard } = await withWords('', { wait: waits.wait });
    const poll = heard({ timeout: 30 });
    await waits.begun();
    waits.end();
    expect(await poll).toBe('');
  });

  test('waits at most 50 s, and not at all while updates are pending', async () => {
    const waits = new ManualWaits();
    const { heard, ann } = await withWords('a', { wait: waits.wait });
    expect(await heard({ timeout: 999 })).toBe('100:a');
    const poll = heard({ offset: 101, timeout: 999 });
    expect(await waits.begun()).toBe(50_000);
    ann.say('b');
    expect(await poll).toBe('101:b');
  });

  test('a second poll ends the first with a 409', async () => {
    const waits = new ManualWaits();
    const { call, heard, ann } = await withWords('', { wait: waits.wait });
    const first = call('getUpdates', { timeout: 30 });
    await waits.begun();
    const second = heard({ timeout: 30 });
    const { status, body } = await first;
    ann.say('x');
    expect([status, body.description, await second]).toEqual([
      409,
      'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
      '100:x',
    ]);
  });

  test('a client that disconnects loses no update', async () => {
    const waits = new ManualWaits();
    const { url, sandbox, heard, ann } = await withWords('', { wait: waits.wait });
    const hangUp = new AbortController();
    const left = fetch(`${url}/bot${sandbox.token}/getUpdates?timeout=30`, {
      signal: hangUp.signal,
    });
    await waits.begun();
    hangUp.abort();
    await expect(left).rejects.toThrow();
    ann.say('x');
    expect(await heard()).toBe('100:x');
  });
});

describe('allowed_updates', () => {
  test('holds until it is changed; an empty list means the default kinds', async () => {
    const { heard, ann } = await withWords('');
    await heard({ allowed_updates: ['callback_query'] });
    ann.say('unheard');
    expect(await heard()).toBe('');
    await heard({ allowed_updates: [] });
    ann.say('heard');
    expect(await heard()).toBe('100:heard');
  });

  test.each(['no JSON', '{"a":1}', '[1]'])('%j changes nothing', async (allowed_updates) => {
    const { heard, ann } = await withWords('');
    await heard({ allowed_updates: ['callback_query'] });
    await heard({ allowed_updates });
    ann.say('unheard');
    expect(await heard()).toBe('');
  });

  test('my_chat_member is sent for a block and an unblock', async () => {
    const { ok, ann } = await withWords('a');
    ann.block();
    ann.block();
    ann.unblock();
    const updates = await ok('getUpdates', { offset: 101 }, UPDATES);
    expect(updates.map((update) => update['my_chat_member'])).toMatchObject([
      { old_chat_member: { status: 'member' }, new_chat_member: { status: 'kicked' } },
      { old_chat_member: { status: 'kicked' }, new_chat_member: { status: 'member' } },
    ]);
  });
});

describe('pending updates', () => {
  test('are counted, and dropped on request', async () => {
    const { call } = await withWords('a b');
    const counted = await call('getWebhookInfo');
    const dropped = await call('deleteWebhook', { drop_pending_updates: true });
    const after = await call('getWebhookInfo');
    expect(counted.body.result).toMatchObject({ url: '', pending_update_count: 2 });
    expect(dropped.body).toMatchObject({ result: true, description: 'Webhook is already deleted' });
    expect(after.body.result).toMatchObject({ pending_update_count: 0 });
  });

  test('expire after a day', async () => {
    const { heard, ann, clock } = await withWords('a');
    clock.passS(24 * 3600 - 1);
    ann.say('b');
    expect(await heard()).toBe('100:a 101:b');
    clock.passS(1);
    expect(await heard()).toBe('101:b');
  });

  test('a doubled update is delivered again after it was confirmed', async () => {
    const { sandbox, heard, ann } = await withWords('');
    sandbox.doubleNextUpdates(1);
    ann.say('a');
    ann.say('b');
    const rounds = [await heard(), await heard({ offset: 102 }), await heard({ offset: 102 })];
    expect(rounds).toEqual(['100:a 101:b', '100:a', '']);
  });

  test('all updates are doubled until it is stopped', async () => {
    const { sandbox, heard, ann } = await withWords('');
    sandbox.doubleNextUpdates(null);
    ann.say('a');
    ann.say('b');
    sandbox.doubleNextUpdates(0);
    ann.say('c');
    const rounds = [await heard(), await heard({ offset: 103 }), await heard({ offset: 103 })];
    expect(rounds).toEqual(['100:a 101:b 102:c', '100:a 101:b', '']);
  });
});
