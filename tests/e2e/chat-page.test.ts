import { expect, onTestFinished, test } from 'vitest';
import { startSandbox } from 'telegram-sandbox';
import { describeInBrowser, openScreen } from './browser.ts';
import { Phone, fight } from './phone.ts';
import { openQuickArena } from './quick-arena.ts';

const TIMEOUT_MS = 150_000;

describeInBrowser('the chat page', () => {
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
