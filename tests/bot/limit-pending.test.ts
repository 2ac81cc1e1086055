import { expect, test } from 'vitest';
import { Bot } from 'grammy';
import { limitPending } from '../../bot/limit-pending.ts';
import { botInfo } from '../support/bot-info.ts';
import { ManualTiming } from '../support/manual-timing.ts';

/** Sends texts of one user through the limit; what passes it lasts until it is ended. */
function openLimit() {
  const timing = new ManualTiming();
  const bot = new Bot('1:token', { botInfo });
  let ends: (() => void)[] = [];
  let passed = 0;
  bot.use(limitPending({ answer: () => Promise.resolve() }, timing));
  bot.use(() => {
    passed += 1;
    return new Promise<void>((end) => ends.push(end));
  });
  const send = async (count: number) => {
    for (let sent = 0; sent < count; sent += 1) void bot.handleUpdate(update);
    await timing.advance(0);
  };
  const endAll = async () => {
    for (const end of ends) end();
    ends = [];
    await timing.advance(0);
  };
  return { timing, send, endAll, passed: () => passed };
}

const ann = { id: 7, is_bot: false, first_name: 'Ann' };
const chat = { id: 7, type: 'private', first_name: 'Ann' } as const;
const update = { update_id: 1, message: { message_id: 1, date: 0, chat, from: ann, text: '' } };

test('updates beyond 20 pending ones of a user are dropped, and for a second after them more', async () => {
  const { timing, send, endAll, passed } = openLimit();
  await send(30);
  expect(passed()).toBe(20);
  await endAll();
  await timing.advance(999);
  await send(1);
  expect(passed()).toBe(20);
  await timing.advance(1);
  await send(1);
  expect(passed()).toBe(21);
});

test('a user with 20 pending updates, none of them dropped, is not slowed down', async () => {
  const { send, endAll, passed } = openLimit();
  await send(20);
  await endAll();
  await send(20);
  expect(passed()).toBe(40);
});
