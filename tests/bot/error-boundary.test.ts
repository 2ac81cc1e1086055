import { sequentialize } from '@grammyjs/runner';
import { Bot } from 'grammy';
import { expect, test, vi } from 'vitest';
import type { ArenaContext } from '../../bot/arena-context.ts';
import { errorBoundary } from '../../bot/error-boundary.ts';
import { botInfo } from '../support/bot-info.ts';
import { ManualTiming } from '../support/manual-timing.ts';
import { RecordingLog } from '../support/recording-log.ts';

function textUpdate(updateId: number, text: string) {
  const from = { id: 7, is_bot: false, first_name: 'Ann' };
  const chat = { id: 7, type: 'private', first_name: 'Ann' } as const;
  return { update_id: updateId, message: { message_id: updateId, date: 1, from, chat, text } };
}

/** A bot whose action takes as long as `act`. */
function openBot(act: (text: string) => Promise<void>) {
  const timing = new ManualTiming();
  const log = new RecordingLog();
  const showError = vi.fn(() => Promise.resolve());
  const bot = new Bot<ArenaContext>('1:token', { botInfo });
  const outages = {
    isUnavailable: () => false,
    redisOutageOf: () => null,
    wrongTypeOf: () => null,
  };
  bot.use(sequentialize((ctx) => ctx.from?.id.toString()));
  bot.use(
    errorBoundary({ ...outages, outbox: { showError }, now: () => timing.now(), timing, log }),
  );
  bot.on('message:text', (ctx) => act(ctx.message.text));
  return { bot, timing, log, apologise: showError };
}

test('an action that takes longer than 20 s is apologised for, and the next update waits for its end', async () => {
  const done: string[] = [];
  const ends: (() => void)[] = [];
  const { bot, timing, log, apologise } = openBot(async (text) => {
    if (text === 'slow') await new Promise<void>((resolve) => ends.push(resolve));
    done.push(text);
  });
  const first = bot.handleUpdate(textUpdate(1, 'slow'));
  const second = bot.handleUpdate(textUpdate(2, 'quick'));
  await timing.advance(19_999);
  expect(apologise).not.toHaveBeenCalled();
  await timing.advance(1);
  expect(apologise).toHaveBeenCalledTimes(1);
  expect(done).toEqual([]);
  ends[0]?.();
  await Promise.all([first, second]);
  expect(done).toEqual(['slow', 'quick']);
  expect(log.lines).toMatchObject([{ level: 'error', facts: { updateId: 1, userId: 7 } }]);
});

test('an action that fails is apologised for once and does not hold up the next update', async () => {
  const { bot, apologise } = openBot((text) =>
    text === 'broken' ? Promise.reject(new Error('a fault')) : Promise.resolve(),
  );
  await bot.handleUpdate(textUpdate(1, 'broken'));
  await bot.handleUpdate(textUpdate(2, 'whole'));
  expect(apologise).toHaveBeenCalledTimes(1);
});
