import { run } from '@grammyjs/runner';
import { Bot, GrammyError, InlineKeyboard, InputFile } from 'grammy';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { SandboxOptions } from '../../sandbox/start-sandbox.ts';
import { newTraveller } from '../support/person.ts';
import { ManualWaits, openSandbox, TOKEN } from './sandbox-fixture.ts';

async function withBot(options: Partial<SandboxOptions> = {}) {
  const fixture = await openSandbox(options);
  const bot = new Bot(TOKEN, { client: { apiRoot: fixture.url } });
  return { ...fixture, bot, ann: newTraveller(fixture.sandbox, 'Ann') };
}

function duel(bot: Bot): void {
  bot.command('start', (ctx) =>
    ctx.reply(`<b>Arena</b> of ${ctx.me.first_name}`, {
      parse_mode: 'HTML',
      reply_markup: new InlineKeyboard().text('Find a duel', 'find').text('Help', 'help'),
    }),
  );
  bot.callbackQuery('find', async (ctx) => {
    await ctx.editMessageText('Searching…', {
      reply_markup: new InlineKeyboard().text('Cancel', 'cancel'),
    });
    await ctx.answerCallbackQuery('Good luck!');
  });
}

describe("grammY's own bot plays against the sandbox", () => {
  test('by long polling: /start, keyboard, tap, edit, answer', async () => {
    const { bot, ann, sandbox } = await withBot();
    duel(bot);
    const polling = bot.start();
    ann.say('/start');
    const screen = await ann.sees('Arena of Arena');
    expect(screen.html).toBe('<b>Arena</b> of Arena');
    expect((await ann.tap('Find a duel')).text).toBe('Good luck!');
    const edited = await ann.sees('Searching');
    expect(edited).toMatchObject({ messageId: screen.messageId, buttons: [[{ text: 'Cancel' }]] });
    await bot.stop();
    await polling;
    expect(sandbox.pendingUpdateCount()).toBe(0);
  });

  test('by its runner', async () => {
    const { bot, ann } = await withBot();
    duel(bot);
    await bot.init();
    const runner = run(bot);
    onTestFinished(() => (runner.isRunning() ? runner.stop() : undefined));
    ann.say('/start');
    expect((await ann.tap('Find a duel')).text).toBe('Good luck!');
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

  test('its errors carry code, words and waiting time', async () => {
    const { bot, ann, sandbox } = await withBot();
    const failure = await bot.api.sendMessage(ann.id, 'x').catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(GrammyError);
    expect(failure).toMatchObject({ error_code: 403 });
    sandbox.faults.add({ kind: 'flood', method: 'getMe', retryAfterS: 9 });
    const flood = await bot.api.getMe().catch((error: unknown) => error);
    expect(flood).toMatchObject({ error_code: 429, parameters: { retry_after: 9 } });
  });

  test('it uploads a picture', async () => {
    const { bot, ann } = await withBot();
    const png = Buffer.from('89504e470d0a1a0a0000000d494844520000000200000003', 'hex');
    ann.say('/start');
    const sent = await bot.api.sendPhoto(ann.id, new InputFile(png, 'a b.png'), { caption: 'Map' });
    expect(sent.photo).toEqual([expect.objectContaining({ width: 2, height: 3 })]);
    expect((await ann.sees('Map')).kind).toBe('photo');
  });

  test('a second bot with the same token ends the first', async () => {
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
