import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { keyboard, openSandbox, SENT } from '../../sandbox/tests/sandbox-fixture.ts';
import { describeInBrowser, openScreen } from './browser.ts';

/** A chat with one message of two lines, which `edit` changes. */
async function openChat() {
  const fixture = await openSandbox();
  const ann = await fixture.started();
  const reply_markup = keyboard('Head:h Legs:l');
  const message = { chat_id: ann.id, text: 'Round 1\nYour move', reply_markup };
  const sent = await fixture.ok('sendMessage', message, SENT);
  const { page } = await openScreen(fixture.url);
  await page.getByText('Your move').waitFor();
  const edit = async (text: string, rows: string) => {
    const changed = { text, reply_markup: keyboard(rows), parse_mode: 'HTML' };
    await fixture.ok(
      'editMessageText',
      { chat_id: ann.id, message_id: sent.message_id, ...changed },
      SENT,
    );
  };
  return { ...fixture, page, edit, ann };
}

/** What a screen reader reads out as soon as it changes. */
const heard = (page: Page) => page.locator('.screen > [aria-live=polite].only-heard');

/** The text of what has the focus. */
const focused = (page: Page) => page.locator(':focus').textContent();

describeInBrowser('a screen reader', () => {
  test('hears the lines that an edit brings, and nothing when only buttons change', async () => {
    const { page, edit } = await openChat();
    await edit('Round 1\nYour move', 'Head:x Legs:l');
    await page.locator('[data-tap=x]').waitFor();
    expect(await heard(page).textContent()).toBe('');
    const soon = Math.ceil(Date.now() / 1000) + 90;
    const time = `<tg-time unix="${soon}" format="r">soon</tg-time>`;
    await edit(`Round 1\nHead: −9\n\nEnds ${time}`, 'Head:h');
    await expect.poll(() => heard(page).textContent()).toMatch(/^Head: −9\nEnds in \d+ seconds$/);
    await expect.poll(() => page.locator('[role=log]').getAttribute('aria-live')).toBe('off');
  });

  test('hears a new message of the bot once, and no message from before', async () => {
    const { page, ok, ann } = await openChat();
    expect(await heard(page).textContent()).toBe('');
    await ok('sendMessage', { chat_id: ann.id, text: 'A match!' }, SENT);
    await expect.poll(() => heard(page).textContent()).toBe('A match!');
  });

  test('hears only the chat in hand', async () => {
    const fixture = await openSandbox();
    const [, boris] = [await fixture.started('Ann'), await fixture.started('Boris')];
    const { page } = await openScreen(fixture.url);
    await fixture.ok('sendMessage', { chat_id: boris.id, text: 'For Boris' }, SENT);
    await page.getByText('For Boris').waitFor();
    expect(await heard(page).allTextContents()).toEqual(['', '']);
  });
});

describeInBrowser('by keyboard', () => {
  test('the first stop of the page, and Alt+K from anywhere, lead to the newest buttons', async () => {
    const { page } = await openChat();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect.poll(() => focused(page)).toBe('Head');
    await page.getByRole('textbox').focus();
    await page.keyboard.press('Alt+k');
    expect(await focused(page)).toBe('Head');
  });

  test('the chip that was pressed keeps the focus', async () => {
    const fixture = await openSandbox();
    for (const name of ['Ann', 'Boris']) await fixture.started(name);
    const { page } = await openScreen(fixture.url, { width: 390, height: 844 });
    const chip = page.getByRole('navigation').getByRole('button', { name: 'Boris' });
    await chip.press('Enter');
    await expect.poll(() => chip.getAttribute('aria-current')).toBe('true');
    expect(await page.locator(':focus').getAttribute('title')).toBe('Boris');
  });
});
