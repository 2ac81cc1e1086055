import type { Locator } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Fixture, openSandbox, SENT } from '../../sandbox/tests/sandbox-fixture.ts';
import { describeInBrowser, openScreen } from './browser.ts';

const LONG = 'Константин-Александр Константинопольский-Задунайский';

async function addPeople({ started }: Fixture, ...names: readonly string[]): Promise<void> {
  for (const name of names) await started(name);
}

async function boxOf(part: Locator) {
  const box = await part.boundingBox();
  if (box === null) throw new Error('it is not visible');
  return { left: box.x, right: box.x + box.width };
}

describeInBrowser('long names', () => {
  test.each([390, 320])('leave all four chips in view at %i px', async (width) => {
    const fixture = await openSandbox();
    await addPeople(fixture, `A${LONG}`, `B${LONG}`, `C${LONG}`, `D${LONG}`);
    const { page, screenshot } = await openScreen(fixture.url, { width, height: 844 });
    const chips = page.getByRole('navigation').getByRole('button');
    await chips.nth(3).click();
    await expect.poll(() => chips.nth(3).getAttribute('aria-current')).toBe('true');
    await screenshot(`chips-${width}`);
    expect(await chips.count()).toBe(5);
    for (const chip of await chips.all()) {
      expect((await boxOf(chip)).right).toBeLessThanOrEqual(width);
    }
    expect(await chips.first().getAttribute('title')).toBe(`A${LONG}`);
  });

  test('leave the time of a call in its row, and no phone behind the drawer', async () => {
    const fixture = await openSandbox();
    const ann = await fixture.started(`A${LONG}`);
    await addPeople(fixture, 'Boris', 'Chloe', 'Dmitri');
    const { page, screenshot } = await openScreen(fixture.url, { width: 1440, height: 900 });
    await page.getByRole('region', { name: 'Phone of Dmitri' }).waitFor();
    await page.keyboard.press('Control+Backquote');
    const drawer = page.getByRole('complementary');
    await fixture.call('editMessageReplyMarkup', { chat_id: ann.id, message_id: 1 });
    await fixture.call('unpinAllChatMessages', { chat_id: ann.id });
    const times = drawer.locator('.call-time');
    await expect.poll(() => times.count()).toBeGreaterThan(1);
    await screenshot('long-names-in-the-drawer');
    const { left, right } = await boxOf(drawer);
    const name = await boxOf(drawer.getByTitle(`A${LONG}`).first());
    expect(name.right - name.left).toBeGreaterThan(60);
    for (const time of await times.all()) expect((await boxOf(time)).right).toBeLessThan(right);
    for (const phone of await page.locator('.phone').all()) {
      expect((await boxOf(phone)).right).toBeLessThanOrEqual(left);
    }
  });
});

describeInBrowser('"Add a player" with four phones', () => {
  async function openFull() {
    const fixture = await openSandbox();
    await addPeople(fixture, 'Ann', 'Boris', 'Chloe', 'Dmitri');
    const { page, screenshot } = await openScreen(fixture.url, { width: 1440 });
    await page.getByRole('region', { name: 'Phone of Dmitri' }).waitFor();
    const add = page.getByRole('banner').getByRole('button', { name: /^Add a player/ });
    return { fixture, page, add, screenshot };
  }

  test('says why nobody can be added', async () => {
    const { page, add } = await openFull();
    expect(await add.getAttribute('title')).toBe('Add a player: At most four phones are shown.');
    await add.click();
    const item = page.getByRole('menuitem', { name: 'A new player', disabled: true });
    await item.click({ force: true });
    const reason = page.locator(`#${(await item.getAttribute('aria-describedby')) ?? ''}`);
    expect(await reason.textContent()).toContain('Put a phone away to add a new player.');
    expect(await page.getByRole('dialog').count()).toBe(0);
  });

  test('lists people without a phone, who take the place of the one in hand', async () => {
    const { fixture, page, add, screenshot } = await openFull();
    await fixture.started('Eve');
    await page.getByRole('region', { name: 'Phone of Boris' }).getByRole('textbox').click();
    await add.click();
    const eve = page.getByRole('menuitem', { name: 'Eve' });
    await eve.waitFor();
    await screenshot('add-a-player');
    expect(await page.getByRole('menu').innerText()).toContain('takes the place of Boris');
    await eve.click();
    await page.getByRole('region', { name: 'Phone of Eve' }).waitFor();
    expect(await page.locator('.owner-name').allTextContents()).toEqual([
      'Ann',
      'Eve',
      'Chloe',
      'Dmitri',
    ]);
  });
});

describeInBrowser('a relative time', () => {
  async function openTime(languageCode: string | null) {
    const fixture = await openSandbox();
    const ann = fixture.sandbox.people.add({ firstName: 'Ann', languageCode });
    ann.say('/start');
    const unix = Math.ceil(Date.now() / 1000) + 900;
    const text = `Ends <tg-time unix="${unix}" format="r">soon</tg-time>`;
    await fixture.ok('sendMessage', { chat_id: ann.id, text, parse_mode: 'HTML' }, SENT);
    const { page } = await openScreen(fixture.url, { locale: 'en-GB' });
    return { page, time: page.locator('time'), ann };
  }

  test('is in the language of its player, also after they change it', async () => {
    const { time, ann } = await openTime('ru');
    await expect.poll(() => time.textContent()).toMatch(/^через 1\d минут$/);
    ann.change({ languageCode: 'en' });
    await expect.poll(() => time.textContent()).toMatch(/^in 1\d minutes$/);
  });

  test('is in the language of the page for a player without one', async () => {
    const { page, time } = await openTime(null);
    await expect.poll(() => time.textContent()).toMatch(/^in 1\d minutes$/);
    await page.getByRole('button', { name: 'RU' }).click();
    await expect.poll(() => time.textContent()).toMatch(/^через 1\d минут$/);
  });
});

/** Runs in the page: colours of an element over those of its ancestors, as one pixel of each. */
const COLOURS = `(part) => {
  const canvas = document.createElement('canvas');
  const brush = canvas.getContext('2d', { willReadFrequently: true });
  const pixel = (colours) => {
    for (const colour of colours) {
      brush.fillStyle = colour;
      brush.fillRect(0, 0, 1, 1);
    }
    return [...brush.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const grounds = [];
  for (let at = part; at !== null; at = at.parentElement)
    grounds.unshift(getComputedStyle(at).backgroundColor);
  return { ground: pixel(grounds), ink: pixel([...grounds, getComputedStyle(part).color]) };
}`;

const COLOUR = z.tuple([z.number(), z.number(), z.number()]);

/** As WCAG defines it. */
function luminance(colour: z.infer<typeof COLOUR>): number {
  const [red, green, blue] = colour.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0);
}

describeInBrowser('contrast', () => {
  describe.each(['light', 'dark'] as const)('of %s colours', (colorScheme) => {
    test('of the states of calls is at least 4.5:1, on opened rows too', async () => {
      const fixture = await openSandbox();
      const ann = await fixture.started();
      const { page } = await openScreen(fixture.url, { width: 1440, colorScheme });
      await page.keyboard.press('Control+Backquote');
      await fixture.call('sendMessage', { chat_id: ann.id, text: 'x' });
      const [good, bad] = [page.locator('[data-status=fine]'), page.locator('[data-status=bad]')];
      await fixture.call('sendMessage', { chat_id: ann.id });
      await bad.first().click();
      await good.first().click();
      for (const status of ['fine', 'bad']) {
        const badge = `document.querySelector('[data-status=${status}]')`;
        const colours = await page.evaluate(`(${COLOURS})(${badge})`);
        const { ground, ink } = z.strictObject({ ground: COLOUR, ink: COLOUR }).parse(colours);
        const [dark = 0, light = 0] = [ground, ink]
          .map(luminance)
          .sort((one, other) => one - other);
        expect((light + 0.05) / (dark + 0.05)).toBeGreaterThanOrEqual(4.5);
      }
    });
  });
});
