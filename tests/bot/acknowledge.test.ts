import { sequentialize } from '@grammyjs/runner';
import { Bot } from 'grammy';
import { beforeEach, describe, expect, test } from 'vitest';
import { acknowledge } from '../../bot/acknowledge.ts';
import type { ArenaContext } from '../../bot/arena-context.ts';
import { Translator } from '../../bot/translator.ts';
import { text } from '../../domains/core/text.ts';
import { botInfo } from '../support/bot-info.ts';
import { ManualTiming } from '../support/manual-timing.ts';

interface Answer {
  readonly id: string;
  readonly toast: string | null;
  readonly atMs: number;
}

const looking = text('arena.notice.looking');

let timing: ManualTiming;
let answers: Answer[];
let acted: string[];
beforeEach(() => {
  timing = new ManualTiming();
  answers = [];
  acted = [];
});

/** A bot whose every action is `act`. */
function botThat(
  act: (ctx: ArenaContext) => Promise<void>,
  translatorFor = () => Promise.resolve(new Translator('en', { clientTime: false })),
): Bot<ArenaContext> {
  const bot = new Bot<ArenaContext>('1:token', { botInfo });
  const answer = ({ queryId }: { queryId: string }, toast: string | null) => {
    answers.push({ id: queryId, toast, atMs: timing.now() });
    return Promise.resolve();
  };
  bot.use(acknowledge({ timing, outbox: { answer }, translatorFor }));
  bot.use(sequentialize((ctx) => ctx.from?.id.toString()));
  bot.use(async (ctx) => {
    acted.push(ctx.callbackQuery?.data ?? '');
    await act(ctx);
  });
  return bot;
}

let updates = 0;

function tap(bot: Bot<ArenaContext>, data: string, messageId = 7): Promise<void> {
  updates += 1;
  const from = { id: 11, is_bot: false, first_name: 'Ann', language_code: 'en' };
  const chat = { id: 11, type: 'private', first_name: 'Ann' } as const;
  const message = { message_id: messageId, date: 0, chat } as const;
  const query = { id: data, from, chat_instance: '1', data, message };
  return bot.handleUpdate({ update_id: updates, callback_query: { ...query, message } });
}

describe('acknowledge', () => {
  test('answers five taps within 600 ms although their actions take 2 s each', async () => {
    const bot = botThat(() => timing.wait(2_000));
    const taps = ['a', 'b', 'c', 'd', 'e'].map((data) => tap(bot, data));
    await timing.advance(600);
    expect(answers.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(answers.every(({ toast, atMs }) => toast === null && atMs <= 600)).toBe(true);
    expect(acted).toEqual(['a']);
    await timing.advance(10_000);
    await Promise.all(taps);
    expect(acted).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(answers).toHaveLength(5);
  });

  test('answers with the action’s toast when the action ends in time', async () => {
    const shown: boolean[] = [];
    const bot = botThat((ctx) => {
      shown.push(ctx.tapAnswer?.showToast(looking) !== true);
      return Promise.resolve();
    });
    await tap(bot, 'a');
    await timing.advance(1_000);
    expect(answers.map(({ toast }) => toast)).toEqual([expect.stringMatching(/^Still looking/)]);
    expect(shown).toEqual([false]);
  });

  test('answers without a toast and leaves the notice to the screen when the action ends late', async () => {
    const shown: boolean[] = [];
    const bot = botThat(async (ctx) => {
      await timing.wait(501);
      shown.push(ctx.tapAnswer?.showToast(looking) !== true);
    });
    const tapped = tap(bot, 'a');
    await timing.advance(1_000);
    await tapped;
    expect(answers).toEqual([{ id: 'a', toast: null, atMs: 500 }]);
    expect(shown).toEqual([true]);
  });

  test('answers without a toast as soon as an action without a notice ends', async () => {
    await tap(
      botThat(() => Promise.resolve()),
      'a',
    );
    expect(answers).toEqual([{ id: 'a', toast: null, atMs: 0 }]);
  });

  test('answers a tap whose action throws', async () => {
    const bot = botThat(() => Promise.reject(new Error('broken')));
    await expect(tap(bot, 'a')).rejects.toThrow('broken');
    expect(answers).toEqual([{ id: 'a', toast: null, atMs: 0 }]);
  });

  test('shows the toast in Telegram’s language when the user’s cannot be read', async () => {
    const bot = botThat(
      (ctx) => {
        ctx.tapAnswer?.showToast(looking);
        return Promise.resolve();
      },
      () => Promise.reject(new Error('unavailable')),
    );
    await tap(bot, 'a');
    expect(answers.map(({ toast }) => toast)).toEqual([expect.stringMatching(/^Still looking/)]);
  });
});

describe('a second tap on the same button', () => {
  test('is refused with a toast while the first is being handled', async () => {
    const bot = botThat(() => timing.wait(2_000));
    const first = tap(bot, 'a');
    await timing.advance(0);
    await tap(bot, 'a');
    expect(answers).toEqual([{ id: 'a', toast: 'Already on it!', atMs: 0 }]);
    await timing.advance(5_000);
    await first;
    expect(acted).toEqual(['a']);
    expect(answers).toHaveLength(2);
  });

  test('is handled after the first has ended', async () => {
    const bot = botThat(() => Promise.resolve());
    await tap(bot, 'a');
    await tap(bot, 'a');
    expect(acted).toEqual(['a', 'a']);
  });

  test('is handled when the button is on another message', async () => {
    const bot = botThat(() => timing.wait(100));
    const both = [tap(bot, 'a', 7), tap(bot, 'a', 8)];
    await timing.advance(1_000);
    await Promise.all(both);
    expect(acted).toEqual(['a', 'a']);
  });
});
