import { Bot } from 'grammy';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startSandbox } from 'telegram-sandbox';
import type { ArenaContext } from '../../bot/arena-context.ts';
import { startPolling } from '../../bot/polling.ts';
import { ManualTiming } from '../support/manual-timing.ts';
import { RecordingLog } from '../support/recording-log.ts';

const TOKEN = '4444:token-of-a-poller-on-this-machine';

async function openPoller(handle: () => Promise<void>) {
  const sandbox = await startSandbox({ token: TOKEN });
  onTestFinished(() => sandbox.close());
  const bot = new Bot<ArenaContext>(TOKEN, { client: { apiRoot: sandbox.url } });
  bot.use(handle);
  const log = new RecordingLog();
  const timing = new ManualTiming();
  return { sandbox, bot, log, timing, open: () => startPolling(bot, log, timing) };
}

describe('polling', () => {
  test('logs an outage once, retries, and logs its end', async () => {
    const { sandbox, log, open } = await openPoller(() => Promise.resolve());
    sandbox.faults.add({ method: 'getUpdates', kind: 'error', errorCode: 502, times: 1 });
    const outage = log.next('telegram unavailable');
    const back = log.next('telegram available again');
    const polling = open();
    await outage;
    expect(polling.isReceiving()).toBe(false);
    sandbox.people.add({ firstName: 'Ann' }).say('/start');
    await back;
    expect(polling.isReceiving()).toBe(true);
    expect(log.lines.map((line) => line.level)).toEqual(['warn', 'info']);
    await polling.stop(1_000);
  });

  test('notices after 10 s that a poll gets no response, and polls again', async () => {
    const { sandbox, log, timing, open } = await openPoller(() => Promise.resolve());
    sandbox.faults.add({ method: 'getUpdates', kind: 'slow', delayMs: 60_000, times: 1 });
    const polling = open();
    onTestFinished(() => polling.stop(1_000));
    await expect.poll(() => sandbox.faults.list()).toEqual([]);
    await timing.advance(9_999);
    expect(polling.isReceiving()).toBe(true);
    await timing.advance(1);
    expect(polling.isReceiving()).toBe(false);
    sandbox.people.add({ firstName: 'Ann' }).say('/start');
    await expect.poll(() => polling.isReceiving(), { timeout: 5_000 }).toBe(true);
    expect(log.lines.map(({ message, facts }) => [message, facts['cause']])).toEqual([
      ['telegram unavailable', 'no poll completed'],
      ['telegram available again', undefined],
    ]);
  });

  test('fetches the update of a player while those of 2,000 new users are running', async () => {
    let handled = 0;
    let endAll = () => {};
    const ended = new Promise<void>((resolve) => (endAll = resolve));
    const { sandbox, open } = await openPoller(() => {
      handled += 1;
      return ended;
    });
    const rush = sandbox.people.add({ firstName: 'Many' });
    for (let sent = 0; sent < 2_000; sent += 1) rush.say('/start');
    sandbox.people.add({ firstName: 'Ann' }).say('/start');
    const polling = open();
    await expect.poll(() => handled, { timeout: 10_000 }).toBe(2_001);
    endAll();
    await polling.stop(1_000);
  });

  test('asks for a response within 8 s', async () => {
    const { sandbox, open } = await openPoller(() => Promise.resolve());
    sandbox.people.add({ firstName: 'Ann' }).say('/start');
    const polling = open();
    await expect.poll(() => sandbox.calls.list('getUpdates').length).toBeGreaterThan(0);
    await polling.stop(1_000);
    expect(sandbox.calls.list('getUpdates')[0]?.parameters).toMatchObject({ timeout: 8 });
  });

  test('rejects `ended` when another poller takes over', async () => {
    const { sandbox, open } = await openPoller(() => Promise.resolve());
    const polling = open();
    const over = new AbortController();
    const ended = expect(polling.ended)
      .rejects.toThrow(/409/)
      .finally(() => {
        over.abort();
      });
    // The later request ends the other's poll; our first one may come before the bot's.
    while (!over.signal.aborted) await fetch(`${sandbox.url}/bot${TOKEN}/getUpdates?timeout=1`);
    await ended;
  });

  test('confirms handled updates when it stops', async () => {
    let handled = () => {};
    const once = new Promise<void>((resolve) => {
      handled = resolve;
    });
    const { sandbox, open } = await openPoller(async () => {
      await Promise.resolve();
      handled();
    });
    const polling = open();
    sandbox.people.add({ firstName: 'Ann' }).say('/start');
    await once;
    await polling.stop(1_000);
    expect(sandbox.pendingUpdateCount()).toBe(0);
  });

  test('does not confirm an update that is still being handled when it stops', async () => {
    let begin = () => {};
    const begun = new Promise<void>((resolve) => {
      begin = resolve;
    });
    const { sandbox, bot, open } = await openPoller(async () => {
      begin();
      await new Promise<void>(() => {});
    });
    let polls = 0;
    // The next poll would confirm it: this one stays on its way until the stop.
    bot.api.config.use((call, ...rest) => {
      const [method, , signal] = rest;
      if (method === 'getUpdates' && signal !== undefined) polls += 1;
      if (polls < 2 || signal === undefined) return call(...rest);
      return new Promise((_, reject) => {
        signal.addEventListener('abort', () => {
          reject(new Error('aborted'));
        });
      });
    });
    sandbox.people.add({ firstName: 'Ann' }).say('/start');
    const polling = open();
    await begun;
    await polling.stop(50);
    expect(sandbox.calls.list('getUpdates')).toHaveLength(2);
    expect(sandbox.pendingUpdateCount()).toBe(1);
  });
});
