import { autoRetry } from '@grammyjs/auto-retry';
import { run } from '@grammyjs/runner';
import { Bot, GrammyError, InlineKeyboard, InputFile, webhookCallback } from 'grammy';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { SandboxOptions } from '../start-sandbox.ts';
import { newTestPlayer } from '../testing/test-player.ts';
import { PNG } from './photo-fixture.ts';
import { ManualWaits, openSandbox, TOKEN } from './sandbox-fixture.ts';
import { serve } from './webhook-fixture.ts';

async function withBot(options: Partial<SandboxOptions> = {}) {
  const fixture = await openSandbox(options);
  const bot = new Bot(TOKEN, { client: { apiRoot: fixture.url } });
  return { ...fixture, bot, ann: newTestPlayer(fixture.sandbox, 'Ann') };
}

function duel(bot: Bot): void {
  bot.command('start', (ctx) =>
    ctx.reply(`<b>Arena</b> of ${ctx.me.first_name}`, {
      parse_mode: 'HTML',
      reply_markup: new InlineKeyboard().text('Duel 1 on 1', 'find').text('Help', 'help'),
    }),
  );
  bot.callbackQuery('find', async (ctx) => {
    await ctx.editMessageText('Searching…', {
      reply_markup: new InlineKeyboard().text('Cancel', 'cancel'),
    });
    await ctx.answerCallbackQuery('Good luck!');
  });
}

describe('a grammY bot with the sandbox', () => {
  test('long polling handles /start, keyboard, tap, edit and answer', async () => {
    const { bot, ann, sandbox } = await withBot();
    duel(bot);
    const polling = bot.start();
    ann.say('/start');
    const screen = await ann.sees('Arena of Sandbox bot');
    expect(screen.html).toBe('<b>Arena</b> of Sandbox bot');
    expect((await ann.tap('Duel 1 on 1')).text).toBe('Good luck!');
    const edited = await ann.sees('Searching');
    expect(edited).toMatchObject({ messageId: screen.messageId, buttons: [[{ text: 'Cancel' }]] });
    await bot.stop();
    await polling;
    expect(sandbox.pendingUpdateCount()).toBe(0);
  });

  test('the runner handles a message and a tap', async () => {
    const { bot, ann } = await withBot();
    duel(bot);
    await bot.init();
    const runner = run(bot);
    onTestFinished(() => (runner.isRunning() ? runner.stop() : undefined));
    ann.say('/start');
    expect((await ann.tap('Duel 1 on 1')).text).toBe('Good luck!');
    await runner.stop();
  });

  test('a doubled update reaches the handler twice', async () => {
    const { bot, ann, sandbox } = await withBot();
    bot.command('start', (ctx) => ctx.reply(`update ${ctx.update.update_id}`));
    sandbox.doubleNextUpdates(1);
    ann.say('/start');
    const polling = bot.start();
    const texts = await ann.client.waitFor(({ messages }) => {
      const said = messages.flatMap(({ from, text }) => (from === 'bot' ? [text] : []));
      return said.length === 2 && said;
    });
    await bot.stop();
    await polling;
    expect(new Set(texts).size).toBe(1);
  });

  test('errors have code, description and retry_after', async () => {
    const { bot, ann, sandbox } = await withBot();
    const failure = await bot.api.sendMessage(ann.id, 'x').catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(GrammyError);
    expect(failure).toMatchObject({ error_code: 403 });
    sandbox.faults.add({ kind: 'flood', method: 'getMe', retryAfterS: 9 });
    const flood = await bot.api.getMe().catch((error: unknown) => error);
    expect(flood).toMatchObject({ error_code: 429, parameters: { retry_after: 9 } });
  });

  test('a photo is uploaded, sent again by its file id, and downloaded', async () => {
    const { bot, ann, url } = await withBot();
    ann.say('/start');
    const sent = await bot.api.sendPhoto(ann.id, new InputFile(PNG, 'a b.png'), { caption: 'Map' });
    expect(sent.photo).toEqual([expect.objectContaining({ width: 2, height: 3 })]);
    expect((await ann.sees('Map')).kind).toBe('photo');
    const fileId = sent.photo.at(-1)?.file_id ?? '';
    const again = await bot.api.sendPhoto(ann.id, fileId);
    expect(again.photo).toEqual(sent.photo);
    const { file_path } = await bot.api.getFile(fileId);
    const file = await fetch(`${url}/file/bot${TOKEN}/${file_path ?? ''}`);
    expect(Buffer.from(await file.arrayBuffer()).equals(PNG)).toBe(true);
  });

  test('a document is uploaded with its name, sent again by its file id, and downloaded', async () => {
    const { bot, ann, url } = await withBot();
    ann.say('/start');
    const bytes = Buffer.from('{"a":1}');
    const file = new InputFile(bytes, 'data.json');
    const { document } = await bot.api.sendDocument(ann.id, file, { caption: 'Data' });
    expect(document).toMatchObject({ file_name: 'data.json', file_size: bytes.length });
    expect((await ann.sees('Data')).document?.fileName).toBe('data.json');
    expect((await bot.api.sendDocument(ann.id, document.file_id)).document.file_id).toBe(
      document.file_id,
    );
    const { file_path } = await bot.api.getFile(document.file_id);
    const loaded = await fetch(`${url}/file/bot${TOKEN}/${file_path ?? ''}`);
    expect(await loaded.json()).toEqual({ a: 1 });
  });

  test('editMessageMedia uploads a photo into a message', async () => {
    const { bot, ann } = await withBot();
    ann.say('/start');
    const { message_id } = await bot.api.sendMessage(ann.id, 'Map?');
    const media = { type: 'photo' as const, media: new InputFile(PNG), caption: 'Map!' };
    await bot.api.editMessageMedia(ann.id, message_id, media);
    expect(await ann.sees('Map!')).toMatchObject({ kind: 'photo', messageId: message_id });
  });

  test('a keyboard arrives with rows, styles, links and copy texts', async () => {
    const { bot, ann } = await withBot();
    ann.say('/start');
    const reply_markup = new InlineKeyboard()
      .text('Strike', 'hit')
      .danger()
      .row()
      .url('Rules', 'https://example.com/rules')
      .copyText('Invite', 'code');
    await bot.api.sendMessage(ann.id, 'Turn 1', { reply_markup });
    expect((await ann.sees('Turn 1')).buttons).toMatchObject([
      [{ text: 'Strike', data: 'hit', style: 'danger' }],
      [{ action: 'url', url: 'https://example.com/rules' }, { action: 'copy_text' }],
    ]);
  });

  test('auto-retry repeats a call after a 429 and a 502', async () => {
    const { bot, ann, sandbox } = await withBot();
    ann.say('/start');
    bot.api.config.use(autoRetry({ maxDelaySeconds: 10, maxRetryAttempts: 3 }));
    sandbox.faults.add({ kind: 'flood', method: 'sendMessage', retryAfterS: 5 });
    sandbox.faults.add({ kind: 'error', method: 'sendMessage', errorCode: 502 });
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const sent = bot.api.sendMessage(ann.id, 'at last');
    const statuses = () => {
      vi.advanceTimersByTime(1000);
      return sandbox.calls.list('sendMessage').map(({ status }) => status);
    };
    await expect.poll(statuses).toEqual([429, 502, 200]);
    expect((await sent).text).toBe('at last');
  });

  test('a second poll with the same token ends the first with a 409', async () => {
    const waits = new ManualWaits();
    const { bot, url, sandbox } = await withBot({ wait: waits.wait });
    const first = bot.start().catch((error: unknown) => error);
    await waits.begun();
    const second = new Bot(TOKEN, { client: { apiRoot: url } });
    const running = second.start();
    expect(await first).toMatchObject({ error_code: 409 });
    await second.stop();
    await running;
    expect(sandbox.calls.list('getUpdates').some((call) => call.status === 409)).toBe(true);
  });
});

describe('a grammY webhook with the sandbox', () => {
  async function withWebhook(secretToken: string) {
    const fixture = await withBot();
    const { bot } = fixture;
    duel(bot);
    await bot.init();
    const callback = webhookCallback(bot, 'http', { secretToken });
    const url = await serve((request, response) => void callback(request, response));
    return { ...fixture, url };
  }

  test('handles /start, keyboard, tap, edit and answer', async () => {
    const { bot, ann, url, sandbox } = await withWebhook('sesame');
    await bot.api.setWebhook(url, { secret_token: 'sesame' });
    ann.say('/start');
    await ann.sees('Arena of Sandbox bot');
    expect((await ann.tap('Duel 1 on 1')).text).toBe('Good luck!');
    await ann.sees('Searching');
    await expect.poll(() => sandbox.pendingUpdateCount()).toBe(0);
    expect((await bot.api.getWebhookInfo()).last_error_message).toBeUndefined();
  });

  test('refuses a request without the secret', async () => {
    const { bot, ann, url } = await withWebhook('sesame');
    await bot.api.setWebhook(url, { secret_token: 'guess' });
    ann.say('/start');
    const lastError = async () => (await bot.api.getWebhookInfo()).last_error_message;
    await expect.poll(lastError).toBe('Wrong response from the webhook: 401 Unauthorized');
    expect(ann.client.lastScreen()).toBeNull();
  });

  test('replies with a method call that is executed', async () => {
    const { sandbox, url: apiRoot } = await openSandbox();
    const bot = new Bot(TOKEN, { client: { apiRoot, canUseWebhookReply: () => true } });
    bot.on('message', (ctx) => ctx.reply('By reply'));
    await bot.init();
    const callback = webhookCallback(bot, 'http');
    const url = await serve((request, response) => void callback(request, response));
    await bot.api.setWebhook(url);
    const ann = newTestPlayer(sandbox, 'Ann');
    ann.say('hi');
    await ann.sees('By reply');
    await expect.poll(() => sandbox.calls.list('sendMessage').length).toBe(1);
  });
});
