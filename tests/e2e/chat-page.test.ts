import { expect, onTestFinished, test } from 'vitest';
import { startSandbox } from 'telegram-sandbox';
import { startArena } from '../../bot/start-arena.ts';
import { readSettings } from '../../bot/settings.ts';
import { memoryRepositories } from '../support/memory-repositories.ts';
import { quickTiming } from '../support/quick-timing.ts';
import { silentLog } from '../support/silent-log.ts';
import { describeInBrowser, openScreen } from './browser.ts';
import { Phone, fight } from './phone.ts';

const TIMEOUT_MS = 150_000;

/** The bot and its sandbox in this process, with fast timing; answers the address of the page. */
async function openQuickArena(env: Readonly<Record<string, string>> = {}): Promise<string> {
  const settings = readSettings({ SANDBOX_PORT: '0', ...env });
  const repositories = memoryRepositories();
  const arena = await startArena(settings, { log: silentLog, timing: quickTiming(), repositories });
  onTestFinished(() => arena.stop());
  return arena.apiRoot ?? '';
}

describeInBrowser('the chat page', () => {
  test(
    'plays a duel against the Shadow, with a dark theme and in a narrow window',
    async () => {
      const url = await openQuickArena({ ARENA_SHADOW_AFTER_S: '1' });
      const options = { width: 420, height: 860, colorScheme: 'dark' } as const;
      const { page, screenshot } = await openScreen(url, options);
      const ann = new Phone(page, 0);
      await ann.makeCharacter('Annika', '🪓 Warrior');
      await ann.sees(/Your Shadow/);
      await ann.expectOneKeyboard();
      await screenshot('shadow');
      await fight(ann);
      expect(await ann.text()).toContain('Against your Shadow');
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
      await ann.sees(/Your Shadow/);
      await ann.move(1);
      await drawer
        .getByText(/^(?:flood|error|reset)$/)
        .first()
        .waitFor();
      const unanswered = () => drawer.getByText(/^(?:error|reset)$/).count();
      await ann.expectOneKeyboard(await unanswered());
      await screenshot('faults-in-the-drawer');
      await fight(ann);
      expect(await ann.text()).toContain('Against your Shadow');
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
      await ann.sees(/Your Shadow/);
      await page.keyboard.press('Control+Backquote');
      const drawer = page.getByRole('complementary');
      await drawer.getByRole('tab', { name: 'Faults' }).click();
      await drawer.getByRole('button', { name: /Restart now/ }).click();
      await page.getByText(/The sandbox is away/).waitFor();
      await page.getByText(/The sandbox is away/).waitFor({ state: 'hidden' });
      await page.keyboard.press('Control+Backquote');
      await fight(ann);
      expect(await ann.text()).toContain('Against your Shadow');
    },
    TIMEOUT_MS,
  );
});
