import { expect, test } from 'vitest';
import { describeInBrowser, openScreen } from './browser.ts';
import { Phone, fight } from './phone.ts';
import { openQuickArena } from './quick-arena.ts';

const TIMEOUT_MS = 150_000;

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
