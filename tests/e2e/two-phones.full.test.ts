import { expect, test } from 'vitest';
import { newDataDir, startBotProcess } from '../support/bot-process.ts';
import { describeInBrowser, openScreen } from './browser.ts';
import { Phone, fight } from './phone.ts';

const TIMEOUT_MS = 600_000;

describeInBrowser('the chat page', () => {
  test(
    'plays a duel in two phones, from the address that npm start prints to the result',
    async () => {
      const bot = startBotProcess({ SANDBOX_PORT: '0', DATA_DIR: await newDataDir() });
      await bot.prints(/open http:\/\/127\.0\.0\.1:\d+\/ in a browser/);
      const [url = ''] = /http:\/\/127\.0\.0\.1:\d+\//.exec(bot.output()) ?? [];
      const { page, screenshot } = await openScreen(url);
      const [ann, boris] = [new Phone(page, 0), new Phone(page, 1)];
      await ann.makeCharacter('Annika', '🤺 Duelist');
      await ann.sees(/Looking for an opponent/);
      await page.getByRole('button', { name: 'Add a player' }).first().click();
      await page.getByRole('button', { name: 'Add', exact: true }).click();
      await boris.makeCharacter('Boris', '🔮 Mystic');
      await Promise.all([ann.sees(/Round 1/), boris.sees(/Round 1/)]);
      await ann.press(/🗡 Head/);
      await ann.sees(/Head: damage ×1\.5/);
      await Promise.all([ann.expectOneKeyboard(), boris.expectOneKeyboard()]);
      await screenshot('two-phones');
      await ann.press(/🛡 Mid/);
      await ann.sees(/Your move is in/);
      await boris.move(1);
      await Promise.all([ann.sees(/Round 2/), boris.sees(/Round 2/)]);
      await screenshot('second-exchange');
      await fight(ann, boris);
      await screenshot('result');
      const cards = [await ann.text(), await boris.text()].join('\n');
      expect(cards).toMatch(/Victory[^]*Defeat|Defeat[^]*Victory|draw[^]*draw/);
      // It would complain about the address that is gone.
      await page.close();
      bot.kill('SIGINT');
      expect(await bot.ended).toBe(0);
    },
    TIMEOUT_MS,
  );
});
