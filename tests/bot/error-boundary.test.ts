import { sequentialize } from '@grammyjs/runner';
import { Bot } from 'grammy';
import { expect, test, vi } from 'vitest';
import type { ArenaContext } from '../../bot/arena-context.ts';
import { errorBoundary } from '../../bot/error-boundary.ts';
import { logCausesOnce } from '../../bot/log-causes-once.ts';
import { botInfo } from '../support/bot-info.ts';
import { ManualTiming } from '../support/manual-timing.ts';
import { RecordingLog } from '../support/recording-log.ts';

function textUpdate(updateId: number, text: string) {
  const from = { id: 7, is_bot: false, first_name: 'Ann' };
  const chat = { id: 7, type: 'private', first_name: 'Ann' } as const;
  return { update_id: updateId, message: { message_id: updateId, date: 1, from, chat, text } };
}

/** A bot whose every action is `act`. */
function openBot(act: (text: string) => Promise<void>) {
  const timing = new ManualTiming();
  const log = new RecordingLog();
  const show = vi.fn(() => Promise.resolve());
  const bot = new Bot<ArenaContext>('1:token', { botInfo });
  const failures = {
    isUnavailable: () => false,
    redisOutageOf: () => null,
    wrongTypeOf: () => null,
  };
  bot.use(sequentialize((ctx) => ctx.from?.id.toString()));
  bot.use(
    errorBoundary({ ...failures, outbox: { show }, timing, log: logCausesOnce(log, timing) }),
  );
  bot.on('message:text', (ctx) => act(ctx.message.text));
  return { bot, timing, log, show };
}

test('an action of more than 20 s shows an error, and the next update waits for its end', async () => {
  const done: string[] = [];
  const ends: (() => void)[] = [];
  const { bot, timing, log, show } = openBot(async (text) => {
    if (text === 'slow') await new Promise<void>((resolve) => ends.push(resolve));
    done.push(text);
  });
  const first = bot.handleUpdate(textUpdate(1, 'slow'));
  const second = bot.handleUpdate(textUpdate(2, 'quick'));
  await timing.advance(19_999);
  expect(show).not.toHaveBeenCalled();
  await timing.advance(1);
  expect(show).toHaveBeenCalledTimes(1);
  expect(done).toEqual([]);
  ends[0]?.();
  await Promise.all([first, second]);
  expect(done).toEqual(['slow', 'quick']);
  expect(log.lines).toMatchObject([{ level: 'error', facts: { updateId: 1, userId: 7 } }]);
});

test('a failed action shows one error and does not delay the next update', async () => {
  const { bot, show } = openBot((text) =>
    text === 'fails' ? Promise.reject(new Error('a fault')) : Promise.resolve(),
  );
  await bot.handleUpdate(textUpdate(1, 'fails'));
  await bot.handleUpdate(textUpdate(2, 'works'));
  expect(show).toHaveBeenCalledTimes(1);
});

test('actions that fail by one cause within a minute show an error each and are one line', async () => {
  const { bot, log, show } = openBot(() => Promise.reject(new Error('disk full')));
  await bot.handleUpdate(textUpdate(1, 'fails'));
  await bot.handleUpdate(textUpdate(2, 'fails'));
  expect(show).toHaveBeenCalledTimes(2);
  const facts = { updateId: 1, userId: 7, err: new Error('disk full') };
  expect(log.lines).toMatchObject([{ level: 'error', facts, message: 'update handling failed' }]);
});
