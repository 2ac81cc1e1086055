import { Api } from 'grammy';
import { describe, expect, test } from 'vitest';
import { Outbox } from '../../../bot/outbox/outbox.ts';
import { FixedClock } from '../../support/clock.ts';
import { ManualTiming } from '../../support/manual-timing.ts';
import { MemoryChats } from '../../support/memory-chats.ts';
import { packAction } from '../../support/shipped-codec.ts';
import { silentLog } from '../../support/silent-log.ts';
import { named, screen } from './outbox-fixture.ts';

interface Call {
  readonly method: string;
  readonly chatId: unknown;
  readonly atMs: number;
}

/** An outbox whose calls succeed at once. */
function openOutbox() {
  const timing = new ManualTiming();
  const calls: Call[] = [];
  const api = new Api('79:token-of-an-outbox-without-a-server');
  let messageId = 0;
  api.config.use((_call, method, payload) => {
    const chatId = 'chat_id' in payload ? payload.chat_id : null;
    calls.push({ method, chatId, atMs: timing.now() });
    messageId += 1;
    return Promise.resolve({ ok: true, result: { message_id: messageId } as never });
  });
  const players = { getLanguage: () => Promise.resolve('en' as const) };
  const deps = { api, chats: new MemoryChats(), players, log: silentLog, timing };
  const outbox = new Outbox({
    ...deps,
    clock: new FixedClock(),
    clientTime: true,
    pack: packAction,
  });
  return { outbox, calls, timing };
}

/** The largest number of calls that start within a second. */
function mostInASecond(calls: readonly Call[]): number {
  const within = ({ atMs }: Call) =>
    calls.filter((one) => one.atMs >= atMs && one.atMs < atMs + 1_000).length;
  return Math.max(...calls.map(within));
}

const users = Array.from({ length: 200 }, (_, index) => index + 1);

describe('200 announcements at once', () => {
  test('leave with the removals of the old screens at 25 a second, all of them', async () => {
    const { outbox, calls, timing } = openOutbox();
    for (const userId of users) void outbox.show(userId, screen(named('A')), { mode: 'edit' });
    await timing.advance(10_000);
    calls.splice(0);
    for (const userId of users)
      outbox.announce(userId, screen(named('B')), { delivery: 'notify', cause: 'clock' });
    await timing.advance(9_000);
    expect(calls.filter((one) => one.method === 'sendMessage')).toHaveLength(200);
    await timing.advance(9_000);
    expect(calls).toHaveLength(400);
    expect(mostInASecond(calls)).toBeLessThanOrEqual(30);
  });

  test('do not delay a reply, in another chat or in one that waits for its announcement', async () => {
    const { outbox, calls, timing } = openOutbox();
    for (const userId of users)
      outbox.announce(userId, screen(named('A')), { delivery: 'edit', cause: 'clock' });
    await timing.advance(1_000);
    calls.splice(0);
    for (const userId of [200, 201]) void outbox.show(userId, screen(named('B')), { mode: 'edit' });
    await timing.advance(0);
    expect(calls.map((one) => one.chatId)).toEqual(expect.arrayContaining([200, 201]));
  });

  test('leave at once when they follow from taps', async () => {
    const { outbox, calls, timing } = openOutbox();
    for (const userId of users)
      outbox.announce(userId, screen(named('A')), { delivery: 'edit', cause: 'tap' });
    await timing.advance(0);
    expect(calls).toHaveLength(200);
  });

  test('make animation be skipped', async () => {
    const { outbox, timing } = openOutbox();
    void outbox.show(201, screen(named('A')), { mode: 'edit' });
    await timing.advance(1_000);
    for (const userId of users)
      outbox.announce(userId, screen(named('A')), { delivery: 'edit', cause: 'clock' });
    await timing.advance(100);
    outbox.announce(201, screen(named('B')), { delivery: 'ambient', cause: 'tap' });
    expect(outbox.metrics.skipped).toBe(1);
  });
});
