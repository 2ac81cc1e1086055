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

  test('hears nobody before its first poll is completed, which is answered at once', async () => {
    const { sandbox, open } = await openPoller(() => Promise.resolve());
    sandbox.faults.add({ method: 'getUpdates', kind: 'error', errorCode: 502, times: 1 });
    const polling = open();
    onTestFinished(() => polling.stop(1_000));
    expect(polling.isReceiving()).toBe(false);
    // Nobody writes, and a long poll would last 8 s.
    await expect.poll(() => polling.isReceiving(), { timeout: 4_000 }).toBe(true);
  });

  test('notices after 10 s that a poll gets no response, and polls again', async () => {
    const { sandbox, log, timing, open } = await openPoller(() => Promise.resolve());
    const polling = open();
    onTestFinished(() => polling.stop(1_000));
    await expect.poll(() => polling.isReceiving()).toBe(true);
    sandbox.faults.add({ method: 'getUpdates', kind: 'slow', delayMs: 60_000, times: 1 });
    sandbox.people.add({ firstName: 'Bob' }).say('/start');
    await expect.poll(() => sandbox.faults.list()).toEqual([]);
    await timing.advance(9_999);
    expect(polling.isReceiving()).toBe(true);
    await timing.advance(1);
    expect(polling.isReceiving()).toBe(false);
    sandbox.people.add({ firstName: 'Ann' }).say('/start');
    await expect.poll(() => polling.isReceiving()).toBe(true);
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
    await expect.poll(() => handled).toBe(2_001);
    endAll();
    await polling.stop(1_000);
  });

  test('asks for a response within 8 s', async () => {
    const { sandbox, open } = await openPoller(() => Promise.resolve());
    const polling = open();
    await expect.poll(() => polling.isReceiving()).toBe(true);
    sandbox.people.add({ firstName: 'Ann' }).say('/start');
    await expect.poll(() => sandbox.calls.list('getUpdates').length).toBeGreaterThan(1);
    await polling.stop(1_000);
    const asked = sandbox.calls.list('getUpdates').map(({ parameters }) => parameters['timeout']);
    expect(new Set(asked)).toEqual(new Set([0, 8]));
  });

  test('retries after the poll of a process that is stopping, and logs the conflict once', async () => {
    const { sandbox, log, open } = await openPoller(() => Promise.resolve());
    sandbox.faults.add({ method: 'getUpdates', kind: 'error', errorCode: 409, times: 2 });
    const back = log.next('telegram available again');
    const polling = open();
    onTestFinished(() => polling.stop(1_000));
    sandbox.people.add({ firstName: 'Ann' }).say('/start');
    await back;
    expect(log.lines.map(({ level, message }) => [level, message])).toEqual([
      ['warn', 'polling conflict'],
      ['info', 'telegram available again'],
    ]);
  });

  test('rejects `ended` when another process still polls after 30 s', async () => {
    const { sandbox, log, timing, open } = await openPoller(() => Promise.resolve());
    const conflict = log.next('polling conflict');
    sandbox.faults.add({ method: 'getUpdates', kind: 'error', errorCode: 409, times: null });
    const { ended } = open();
    await conflict;
    await timing.advance(30_000);
    await expect(ended).rejects.toThrow(/409/);
    expect(log.lines.map(({ message }) => message)).toEqual(['polling conflict']);
  });

  test('retries a conflict more than 30 s after the previous one', async () => {
    const { sandbox, log, timing, open } = await openPoller(() => Promise.resolve());
    const conflict = log.next('polling conflict');
    sandbox.faults.add({ method: 'getUpdates', kind: 'error', errorCode: 409, times: 2 });
    const polling = open();
    onTestFinished(() => polling.stop(1_000));
    await conflict;
    await timing.advance(30_001);
    sandbox.people.add({ firstName: 'Ann' }).say('/start');
    await expect.poll(() => polling.isReceiving()).toBe(true);
    expect(sandbox.faults.list()).toEqual([]);
  });

  test('makes no further poll when it is stopped before a retry', async () => {
    const { sandbox, log, open } = await openPoller(() => Promise.resolve());
    sandbox.faults.add({ method: 'getUpdates', kind: 'error', errorCode: 409, times: 1 });
    const conflict = log.next('polling conflict');
    const polling = open();
    await conflict;
    await polling.stop(5_000);
    expect(sandbox.calls.list('getUpdates')).toHaveLength(1);
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
