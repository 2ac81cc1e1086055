import { expect, onTestFinished } from 'vitest';
import { startSandbox } from 'telegram-sandbox';
import { type TestPlayer, newTestPlayer } from 'telegram-sandbox/testing';
import { ageLock } from './age-lock.ts';
import { startBotProcess } from './bot-process.ts';
import {
  withAction,
  makeCharacter,
  makeMove,
  screenWith,
  search,
  surrender,
} from './duel-steps.ts';

/** The bot waits in real time for Telegram's limits. */
export const RETURN_TIMEOUT_MS = 600_000;

const TOKEN = '4444:token-of-a-process-on-this-machine';

/** Two players fight, the bot is stopped by the signal and restarted: characters and battle are there. */
export async function checkReturn(
  database: Readonly<Record<string, string>>,
  signal: NodeJS.Signals,
): Promise<string> {
  const sandbox = await startSandbox({ token: TOKEN });
  onTestFinished(() => sandbox.close());
  const settings = { BOT_TOKEN: TOKEN, TELEGRAM_API_ROOT: sandbox.url, ...database };
  const first = startBotProcess(settings);
  await first.prints(/arena started/);
  const [ann, bob] = [newTestPlayer(sandbox, 'Ann', 'ru'), newTestPlayer(sandbox, 'Bob', 'en')];
  await makeCharacter(ann, { name: 'Анна', archetype: 'mystic' });
  await makeCharacter(bob, { name: 'Bob' });
  await Promise.all([search(ann), search(bob)]);
  await Promise.all([screenWith(ann, 'battle.strike'), screenWith(bob, 'battle.strike')]);
  await Promise.all([makeMove(ann, 1), makeMove(bob, 2)]);
  await Promise.all([ann.sees(/Раунд 2/), bob.sees(/Round 2/)]);
  await surrender(bob);
  await screenWith(ann, 'arena.join');
  const before = { door: await said(ann, '/menu'), history: await said(ann, '/history') };
  first.kill(signal);
  await first.ended;
  if (signal === 'SIGKILL' && database['DATA_DIR'] !== undefined) ageLock(database['DATA_DIR']);

  const second = startBotProcess(settings);
  await second.prints(/arena started/);
  const door = await said(ann, '/start');
  // A killed bot may lose the damage of the last minutes; a stopped one does not.
  if (signal === 'SIGINT') expect(door).toBe(before.door);
  expect(door).toContain('Анна');
  expect(await said(ann, '/history')).toBe(before.history);
  expect(before.history).toContain('Bob');
  await ann.tap(withAction(/^history\.replay/));
  await ann.sees(/Повтор · раунд 1 из 1[^]*🗡/);
  await ann.tap([0, 3]);
  await ann.sees(/Повтор · конец[^]*🏆/);
  await ann.tap(withAction('history.page'));
  await ann.tap(withAction('home'));
  await ann.tap(withAction('lobby'));
  const lobby = await screenWith(ann, 'lobby.new');
  expect(lobby.text).toContain('Анна');
  expect(lobby.buttons.flat().filter(withAction('lobby.enter'))).toHaveLength(1);
  return second.output();
}

/** The screen that follows this command. */
async function said(who: TestPlayer, command: string): Promise<string> {
  const lastId = who.client.chat().messages.at(-1)?.messageId ?? 0;
  who.say(command);
  const screen = await who.client.waitFor((chat) => {
    const last = chat.messages.at(-1);
    return last?.from === 'bot' && last.messageId > lastId && last;
  });
  return screen.text;
}
