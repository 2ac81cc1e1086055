import { expect, onTestFinished, test } from 'vitest';
import { startSandbox } from 'telegram-sandbox';
import { startArena } from '../../bot/start-arena.ts';
import { readSettings } from '../../bot/settings.ts';
import { startBotProcess } from '../support/bot-process.ts';
import { memoryRepositories } from '../support/memory-repositories.ts';
import { quickTiming } from '../support/quick-timing.ts';
import { silentLog } from '../support/silent-log.ts';
import { describeInBrowser, openScreen } from './browser.ts';
import { Phone } from './phone.ts';

const TIMEOUT_MS = 150_000;

/** The bot and its sandbox in this process, with fast timing; answers the address of the page. */
async function openQuickArena(env: Readonly<Record<string, string>> = {}): Promise<string> {
  const settings = readSettings({ SANDBOX_PORT: '0', ...env });
  const repositories = memoryRepositories();
  const arena = await startArena(settings, { log: silentLog, timing: quickTiming(), repositories });
  onTestFinished(() => arena.stop());
  return arena.apiRoot ?? '';
}

async function fight(...phones: readonly Phone[]): Promise<void> {
  const exchanges = phones.map(() => 0);
  for (let over = false; !over;) {
    for (const [index, phone] of phones.entries()) {
      const exchange = await phone.nextExchange(exchanges[index] ?? 0);
      over = exchange === null;
      if (exchange === null) break;
      exchanges[index] = exchange;
      await phone.move(exchange + index);
    }
  }
  for (const phone of phones) await phone.sees(/Victory|Defeat|draw/);
}

describeInBrowser('the chat page', () => {
  test(
    'plays a duel in two phones, from the address that npm start prints to the result',
    async () => {
      const bot = startBotProcess({ SANDBOX_PORT: '0' });
      await bot.prints(/open http:\/\/127\.0\.0\.1:\d+\/ in a browser/);
      const [url = ''] = /http:\/\/127\.0\.0\.1:\d+\//.exec(bot.output()) ?? [];
      const { page, screenshot } = await openScreen(url);
      const [ann, boris] = [new Phone(page, 0), new Phone(page, 1)];
      await ann.makeCharacter('Annika', '🤺 Duelist');
      await ann.sees(/Looking for an opponent/);
      await page.getByRole('button', { name: 'Add a player' }).first().click();
      await page.getByRole('button', { name: 'Add', exact: true }).click();
      await boris.makeCharacter('Boris', '🔮 Mystic');
      await Promise.all([ann.sees(/exchange 1/), boris.sees(/exchange 1/)]);
      await ann.press('🗡 Head');
      await ann.sees(/Strike: Head/);
      await Promise.all([ann.expectOneKeyboard(), boris.expectOneKeyboard()]);
      await screenshot('two-phones');
      await ann.press(/🛡 Chest \+ belly/);
      await ann.sees(/Locked in/);
      await boris.move(1);
      await Promise.all([ann.sees(/exchange 2/), boris.sees(/exchange 2/)]);
      await screenshot('second-exchange');
      await fight(ann, boris);
      await screenshot('result');
      const cards = [await ann.text(), await boris.text()].join('\n');
      expect(cards).toMatch(/Victory[^]*Defeat|Defeat[^]*Victory|draw[^]*draw/);
      bot.kill('SIGINT');
      expect(await bot.ended).toBe(0);
    },
    TIMEOUT_MS,
  );

  test(
    'plays a duel against the Shadow, with a dark theme and in a narrow window',
    async () => {
      const url = await openQuickArena({ ARENA_SHADOW_AFTER_S: '1' });
      const options = { width: 420, height: 860, colorScheme: 'dark' } as const;
      const { page, screenshot } = await openScreen(url, options);
      const ann = new Phone(page, 0);
      await ann.makeCharacter('Annika', '🪓 Warrior');
      await ann.sees(/Shadow of Annika/);
      await ann.expectOneKeyboard();
      await screenshot('shadow');
      await fight(ann);
      expect(await ann.text()).toContain('Against Shadow of Annika');
    },
    TIMEOUT_MS,
  );

  test(
    'shows faults that are switched on in the drawer while the duel goes on',
    async () => {
      const url = await openQuickArena({ ARENA_SHADOW_AFTER_S: '1' });
      const { page, screenshot } = await openScreen(url, {
        width: 1440,
        expected: /Failed to load/,
      });
      const ann = new Phone(page, 0);
      await page.keyboard.press('Control+Backquote');
      const drawer = page.getByRole('complementary');
      await drawer.getByRole('tab', { name: 'Faults' }).click();
      for (const name of [/Flood: 10 %/, /Server errors: 5 %/, /Broken connections: 5 %/])
        await drawer.getByRole('switch', { name }).click();
      await drawer.getByRole('switch', { name: /Every update twice/ }).click();
      await drawer.getByRole('tab', { name: 'Calls' }).click();
      await ann.makeCharacter('Annika', '🛡 Guardian');
      await ann.sees(/Shadow of Annika/);
      await ann.move(1);
      await drawer
        .getByText(/^(?:flood|error|reset)$/)
        .first()
        .waitFor();
      const unanswered = () => drawer.getByText(/^(?:error|reset)$/).count();
      await ann.expectOneKeyboard(await unanswered());
      await screenshot('faults-in-the-drawer');
      await fight(ann);
      expect(await ann.text()).toContain('Against Shadow of Annika');
      expect(await page.getByText(/Something broke/).count()).toBe(0);
      await ann.expectOneKeyboard(await unanswered());
    },
    TIMEOUT_MS,
  );

  test(
    'the page says in its language that the bot is starting, until it asks for updates',
    async () => {
      const sandbox = await startSandbox();
      onTestFinished(() => sandbox.close());
      const { page: english } = await openScreen(sandbox.url);
      const { page: russian } = await openScreen(sandbox.url, { locale: 'ru-RU' });
      const states = [
        english.getByText('Waiting for the bot to start…'),
        russian.getByText('Ждём, пока бот запустится…'),
      ];
      for (const state of states) await state.waitFor();
      await fetch(`${sandbox.url}/bot${sandbox.token}/getUpdates`);
      for (const state of states) await state.waitFor({ state: 'hidden' });
    },
    TIMEOUT_MS,
  );

  test(
    'the page and the bot reconnect after a restart of the sandbox',
    async () => {
      const url = await openQuickArena({ ARENA_SHADOW_AFTER_S: '1' });
      const { page } = await openScreen(url, { expected: /Failed to load|ERR_/ });
      const ann = new Phone(page, 0);
      await ann.makeCharacter('Annika', '🤺 Duelist');
      await ann.sees(/Shadow of Annika/);
      await page.keyboard.press('Control+Backquote');
      const drawer = page.getByRole('complementary');
      await drawer.getByRole('tab', { name: 'Faults' }).click();
      await drawer.getByRole('button', { name: /Restart now/ }).click();
      await page.getByText(/The sandbox is away/).waitFor();
      await page.getByText(/The sandbox is away/).waitFor({ state: 'hidden' });
      await page.keyboard.press('Control+Backquote');
      await fight(ann);
      expect(await ann.text()).toContain('Against Shadow of Annika');
    },
    TIMEOUT_MS,
  );
});
