import { Bot } from 'grammy';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startSandbox } from 'telegram-sandbox';
import type { ArenaContext } from '../../bot/arena-context.ts';
import { startWebhook } from '../../bot/webhook.ts';
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
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/hook`;
  const open = async (secret: string | null = SECRET) => {
    const updates = await startWebhook(bot, { url, port, secret }, log);
    onTestFinished(() => updates.stop(100));
    return updates;
  };
  const post = (body: string, secret = SECRET) =>
    fetch(url, { method: 'POST', body, headers: { 'X-Telegram-Bot-Api-Secret-Token': secret } });
  return { sandbox, log, url, port, post, open };
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
