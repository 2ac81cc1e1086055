import { Bot } from 'grammy';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startSandbox } from 'telegram-sandbox';
import type { ArenaContext } from '../../bot/arena-context.ts';
import { startWebhook } from '../../bot/webhook.ts';
import { ManualTiming } from '../support/manual-timing.ts';
import { RecordingLog } from '../support/recording-log.ts';
import { freePort } from '../support/redis-server.ts';

const TOKEN = '4545:token-of-a-receiver-on-this-machine';
const SECRET = 'a-secret-of-this-test';

async function openReceiver(handle: (ctx: ArenaContext) => Promise<void>) {
  const sandbox = await startSandbox({ token: TOKEN });
  onTestFinished(() => sandbox.close());
  const bot = new Bot<ArenaContext>(TOKEN, { client: { apiRoot: sandbox.url } });
  await bot.init();
  bot.use(handle);
  const log = new RecordingLog();
  const timing = new ManualTiming();
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/hook`;
  const open = async (secret: string | null = SECRET) => {
    const updates = await startWebhook(bot, { url, port, secret, timing }, log);
    onTestFinished(() => updates.stop(100));
    return updates;
  };
  const post = (body: string, secret = SECRET) =>
    fetch(url, { method: 'POST', body, headers: { 'X-Telegram-Bot-Api-Secret-Token': secret } });
  /** Lets the time pass and the next look at the webhook end. */
  const checkAfter = async (ms: number) => {
    const looks = sandbox.calls.list('getWebhookInfo').length;
    await timing.advance(ms);
    await expect.poll(() => sandbox.calls.list('getWebhookInfo').length).toBeGreaterThan(looks);
  };
  const events = () => log.lines.map(({ message, facts }) => [message, facts['cause']]);
  return { sandbox, bot, log, url, port, timing, post, open, checkAfter, events };
}

function signal() {
  let give = () => {};
  const given = new Promise<void>((resolve) => {
    give = resolve;
  });
  return { give, given };
}

describe('a webhook', () => {
  test('is answered before its update has been handled, and stop() waits for the handler', async () => {
    const [begun, release] = [signal(), signal()];
    let isDone = false;
    const { sandbox, open } = await openReceiver(async () => {
      begun.give();
      await release.given;
      isDone = true;
    });
    const updates = await open();
    sandbox.people.add({ firstName: 'Ann' }).say('/start');
    await begun.given;
    await expect.poll(() => sandbox.pendingUpdateCount()).toBe(0);
    expect(isDone).toBe(false);
    const stopped = updates.stop(10_000);
    expect(updates.isReceiving()).toBe(false);
    release.give();
    await stopped;
    expect(isDone).toBe(true);
  });

  test('refuses requests without the secret, and answers 404 on other paths', async () => {
    const seen: number[] = [];
    const { open, post, url } = await openReceiver((ctx) => {
      seen.push(ctx.update.update_id);
      return Promise.resolve();
    });
    await open();
    const update = JSON.stringify({ update_id: 7 });
    expect((await post(update, 'a-guess-of-this-test')).status).toBe(401);
    expect((await fetch(url, { method: 'POST', body: update })).status).toBe(401);
    expect((await fetch(`${url}/elsewhere`, { method: 'POST', body: update })).status).toBe(404);
    expect((await fetch(url)).status).toBe(404);
    expect((await post('no JSON')).status).toBe(400);
    expect(seen).toEqual([]);
    expect((await post(update)).status).toBe(200);
    expect(seen).toEqual([7]);
  });

  test('refuses bodies above 1 MB, with a stated length or without one', async () => {
    const seen: number[] = [];
    const { open, post, url } = await openReceiver((ctx) => {
      seen.push(ctx.update.update_id);
      return Promise.resolve();
    });
    await open();
    const update = (length: number) =>
      JSON.stringify({ update_id: length, of: 'x'.repeat(length - 100) });
    expect((await post(update(1_000_000))).status).toBe(200);
    expect((await post(update(1_100_000))).status).toBe(413);
    const headers = { 'X-Telegram-Bot-Api-Secret-Token': SECRET };
    const body = new Blob([update(1_200_000)]).stream();
    const sent = fetch(url, { method: 'POST', headers, body, duplex: 'half' });
    expect((await sent).status).toBe(413);
    expect((await post(update(500))).status).toBe(200);
    expect(seen).toEqual([1_000_000, 500]);
  });

  test('derives a secret when none is given, and does not log it or the token', async () => {
    const got = signal();
    const { sandbox, open, post, log } = await openReceiver(() => {
      got.give();
      return Promise.resolve();
    });
    await open(null);
    expect((await post(JSON.stringify({ update_id: 7 }))).status).toBe(401);
    sandbox.people.add({ firstName: 'Ann' }).say('/start');
    await got.given;
    expect(JSON.stringify(log.lines)).not.toMatch(/4545:|secret/);
  });

  test('fails with one line when the port is taken', async () => {
    const { open, port } = await openReceiver(() => Promise.resolve());
    await open();
    await expect(open()).rejects.toThrow(
      new RegExp(`^WEBHOOK_PORT ${port} cannot be opened .*choose another$`),
    );
  });

  test('fails with one line when Telegram refuses it', async () => {
    const { sandbox, open, port } = await openReceiver(() => Promise.resolve());
    sandbox.faults.add({ method: 'setWebhook', kind: 'error', errorCode: 400, times: 1 });
    await expect(open()).rejects.toThrow(
      /^WEBHOOK_URL http.* could not be set .*check the address$/,
    );
    await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow('fetch failed');
  });
});

describe('a webhook that is asked about every 10 s', () => {
  const ignore = () => Promise.resolve();

  test('receives while Telegram reports no error, however silent the players are', async () => {
    const { open, checkAfter, events } = await openReceiver(ignore);
    const updates = await open();
    for (let looks = 0; looks < 10; looks += 1) await checkAfter(10_000);
    expect(updates.isReceiving()).toBe(true);
    expect(events()).toEqual([['webhook started', undefined]]);
  });

  test('is set again at once when a poller has removed it, then once a minute', async () => {
    const { sandbox, bot, open, timing, checkAfter, events, url } = await openReceiver(ignore);
    const updates = await open();
    const webhooksSet = () => sandbox.calls.list('setWebhook').length;
    await checkAfter(10_000);
    await bot.api.deleteWebhook();
    await checkAfter(10_000);
    await expect.poll(() => updates.isReceiving()).toBe(false);
    await expect.poll(() => webhooksSet()).toBe(2);
    await expect.poll(async () => (await bot.api.getWebhookInfo()).url).toBe(url);
    await expect.poll(() => advanceUntil(timing, () => updates.isReceiving())).toBe(true);
    expect(events().slice(1)).toEqual([
      ['telegram unavailable', 'webhook removed'],
      ['webhook set again', undefined],
      ['telegram available again', undefined],
    ]);
    await bot.api.deleteWebhook();
    for (let looks = 0; looks < 5; looks += 1) await checkAfter(10_000);
    expect([webhooksSet(), updates.isReceiving()]).toEqual([2, false]);
    await expect.poll(() => advanceUntil(timing, () => webhooksSet() > 2)).toBe(true);
  });

  test('does not receive while Telegram reports errors, until updates arrive', async () => {
    const { sandbox, bot, open, checkAfter, timing, events, url } = await openReceiver(ignore);
    const updates = await open();
    await checkAfter(10_000);
    await bot.api.setWebhook(url, { secret_token: 'a-secret-of-somebody-else' });
    sandbox.people.add({ firstName: 'Ann' }).say('/start');
    await expect.poll(async () => 'last_error_date' in (await bot.api.getWebhookInfo())).toBe(true);
    await checkAfter(10_000);
    await expect.poll(() => updates.isReceiving()).toBe(false);
    await bot.api.setWebhook(url, { secret_token: SECRET });
    await expect.poll(() => sandbox.pendingUpdateCount()).toBe(0);
    await expect.poll(() => advanceUntil(timing, () => updates.isReceiving())).toBe(true);
    expect(events().slice(1)).toEqual([
      ['telegram unavailable', 'Wrong response from the webhook: 401 Unauthorized'],
      ['telegram available again', undefined],
    ]);
  });

  test('does not receive while Telegram is unavailable, or brings updates elsewhere', async () => {
    const { sandbox, bot, open, checkAfter, timing, events } = await openReceiver(ignore);
    const updates = await open();
    await checkAfter(10_000);
    sandbox.faults.add({ method: 'getWebhookInfo', kind: 'reset', when: 'before', times: 1 });
    await checkAfter(10_000);
    await expect.poll(() => updates.isReceiving()).toBe(false);
    await expect.poll(() => advanceUntil(timing, () => updates.isReceiving())).toBe(true);
    await bot.api.setWebhook('https://other.example/secret-path');
    await checkAfter(10_000);
    await expect.poll(() => updates.isReceiving()).toBe(false);
    expect(events().at(-1)).toEqual(['telegram unavailable', 'webhook set to other.example']);
    expect((await bot.api.getWebhookInfo()).url).toMatch(/other/);
  });
});

async function advanceUntil(timing: ManualTiming, isDone: () => boolean): Promise<boolean> {
  await timing.advance(1_000);
  return isDone();
}
