import type { Locator } from 'playwright-core';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { keyboard, openSandbox, SENT } from '../../sandbox/tests/sandbox-fixture.ts';
import { describeInBrowser, openScreen } from './browser.ts';

const TAPS = z.array(z.looseObject({ callback_query: z.looseObject({ data: z.string() }) }));

/** A chat in a browser with a message of two rows of buttons, which `edit` changes. */
async function openChat() {
  const fixture = await openSandbox();
  const ann = await fixture.started();
  const chat = { chat_id: ann.id };
  const message = { text: 'Your move', reply_markup: keyboard('Hit:hit Block:block | Flee:flee') };
  const sent = await fixture.ok('sendMessage', { ...chat, ...message }, SENT);
  const { page } = await openScreen(fixture.url);
  return {
    fixture,
    page,
    key: (name: string) => page.getByRole('button', { name, exact: true }),
    edit: async (text: string, rows: string) => {
      const message = { ...chat, message_id: sent.message_id, text, reply_markup: keyboard(rows) };
      await fixture.call('editMessageText', message);
      await page.locator('article').getByText(text, { exact: true }).waitFor();
    },
    taps: async () =>
      (await fixture.ok('getUpdates', {}, TAPS)).map((update) => update.callback_query.data),
  };
}

async function middleOf(key: Locator): Promise<readonly [number, number]> {
  const box = await key.boundingBox();
  if (box === null) throw new Error('the button is not visible');
  return [box.x + box.width / 2, box.y + box.height / 2];
}

describeInBrowser('an inline button that is pressed during an edit', () => {
  test.each([
    ['the text', 'Hit:hit Block:block | Flee:flee'],
    ['other buttons', '·Hit·:hit Parry:parry | Flee:flee'],
    ['its own label', 'Hit:hit Block:block | ·Flee·:flee'],
  ])('still sends its tap when the edit changes %s', async (_, rows) => {
    const { page, key, edit, taps } = await openChat();
    await page.mouse.move(...(await middleOf(key('Flee'))));
    await page.mouse.down();
    await edit('Something else', rows);
    await page.mouse.up();
    await expect.poll(taps).toEqual(['flee']);
  });

  test('sends no tap when the edit changes its callback data', async () => {
    const { page, key, edit, taps } = await openChat();
    await page.mouse.move(...(await middleOf(key('Flee'))));
    await page.mouse.down();
    await edit('Something else', 'Hit:hit Block:block | Surrender:surrender');
    await page.mouse.up();
    await key('Hit').click();
    await expect.poll(taps).toEqual(['hit']);
  });
});
