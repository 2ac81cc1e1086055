import { expect, test } from 'vitest';
import { ChatMemory } from '../../../bot/outbox/chat-memory.ts';
import { ManualTiming } from '../../support/manual-timing.ts';
import { MemoryChats } from '../../support/memory-chats.ts';
import { silentLog } from '../../support/silent-log.ts';

const ANN = 7;

/** A memory whose stores fail, and how often they were asked. */
function openMemory({ isStoreOutage }: { readonly isStoreOutage: () => boolean }) {
  const timing = new ManualTiming();
  const chats = new MemoryChats(timing);
  chats.isDown = true;
  let asked = 0;
  const read = chats.readScreen.bind(chats);
  chats.readScreen = (chatId) => {
    asked += 1;
    return read(chatId);
  };
  const take = chats.take.bind(chats);
  chats.take = (chatId, lease) => {
    asked += 1;
    return take(chatId, lease);
  };
  const getLanguage = () => {
    asked += 1;
    return Promise.reject(new Error('the store is down'));
  };
  const deps = { chats, players: { getLanguage }, log: silentLog, isStoreOutage };
  const memory = new ChatMemory(deps, timing);
  const prepareScreen = async () => {
    await memory.currentScreen(ANN);
    await memory.take(ANN, { token: 'one', leaseMs: 3_000 });
    await memory.language(ANN, 'ru');
  };
  return { timing, chats, memory, prepareScreen, asked: () => asked };
}

test('stores that are unavailable are asked once in two seconds', async () => {
  const { timing, memory, prepareScreen, asked } = openMemory({ isStoreOutage: () => true });
  await prepareScreen();
  expect(asked()).toBe(1);
  expect(await memory.language(ANN, 'ru')).toBe('ru');
  await timing.advance(2_000);
  await prepareScreen();
  expect(asked()).toBe(2);
});

test('stores that refuse one request are asked for the next', async () => {
  const { chats, memory, prepareScreen, asked } = openMemory({ isStoreOutage: () => false });
  await prepareScreen();
  expect(asked()).toBe(3);
  chats.isDown = false;
  expect(await memory.take(ANN, { token: 'one', leaseMs: 3_000 })).toBe('taken');
});
