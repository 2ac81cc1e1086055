import { InlineKeyboard, type MiddlewareFn } from 'grammy';
import type { Log } from '../domains/core/log.ts';
import { text } from '../domains/core/text.ts';
import { factsOf, failureOf } from './api-errors.ts';
import type { ArenaContext } from './arena-context.ts';
import { packAction } from './callback-data.ts';
import { within } from './deadline.ts';
import type { ScreenOutbox } from './screen-outbox.ts';
import { Translator, languageFor } from './translator.ts';

/** A handler that takes longer is given up, so that the player's next taps do not wait for it. */
const DEADLINE_MS = 20_000;

/** Whatever goes wrong below is logged once with its context, and the player gets an answer. */
export function errorBoundary(
  log: Log,
  outbox: Pick<ScreenOutbox, 'spoil'>,
): MiddlewareFn<ArenaContext> {
  return async (ctx, next) => {
    try {
      await within(next(), DEADLINE_MS);
    } catch (error) {
      const facts = {
        updateId: ctx.update.update_id,
        userId: ctx.from?.id,
        data: ctx.callbackQuery?.data,
      };
      log.error({ ...facts, ...factsOf(error) }, 'an update could not be handled');
      // The screen comes as soon as Telegram takes it: an apology would only add to the flood.
      if (failureOf(error) !== 'busy') await apologise(ctx, log);
      if (ctx.chatId !== undefined) outbox.spoil(ctx.chatId);
    }
  };
}

const APOLOGY_MS = 5_000;

/** Needs nothing that may be broken: neither Redis nor the present screen. */
async function apologise(ctx: ArenaContext, log: Log): Promise<void> {
  const translator = new Translator(languageFor(ctx.from?.language_code), { clientTime: false });
  const retry = packAction({ action: 'home' });
  const keyboard = new InlineKeyboard().text(translator.plain(text('bot.button.retry')), retry);
  const apology = translator.html(text('bot.error'));
  const options = { parse_mode: 'HTML', reply_markup: keyboard } as const;
  try {
    await within(deliver(ctx, apology, options), APOLOGY_MS);
  } catch (error) {
    if (failureOf(error) === 'not_modified') return;
    log.warn({ userId: ctx.from?.id, ...factsOf(error) }, 'the apology could not be delivered');
  }
}

interface ApologyOptions {
  readonly parse_mode: 'HTML';
  readonly reply_markup: InlineKeyboard;
}

async function deliver(ctx: ArenaContext, apology: string, options: ApologyOptions): Promise<void> {
  if (ctx.callbackQuery?.message === undefined) return reply(ctx, apology, options);
  try {
    await ctx.editMessageText(apology, options);
  } catch (error) {
    if (failureOf(error) !== 'gone') throw error;
    await reply(ctx, apology, options);
  }
}

async function reply(ctx: ArenaContext, apology: string, options: ApologyOptions): Promise<void> {
  if (ctx.chat !== undefined) await ctx.reply(apology, options);
}
