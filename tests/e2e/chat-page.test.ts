import { onTestFinished, test } from 'vitest';
import { startSandbox } from 'telegram-sandbox';
import { describeInBrowser, openScreen } from './browser.ts';

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
});
