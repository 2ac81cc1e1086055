import { writeFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { z } from 'zod';
import type { Language } from '../../resources/texts/index.ts';
import type { Game } from './open-game.ts';
import { withPalette } from './palette-png.ts';

export const sizes = {
  desktop: { width: 1440, height: 900 },
  phone: { width: 390, height: 844 },
} as const;
export type Size = keyof typeof sizes;

export interface Picture {
  /** Whose phone is in hand; a narrow window shows only that one. */
  readonly personId: number;
  readonly size: Size;
  readonly path: string;
  /** Whether the calls about this chat are shown beside the phones. */
  readonly hasDrawer: boolean;
}

const locales: Readonly<Record<Language, string>> = { en: 'en-GB', ru: 'ru-RU' };

/** Runs in the page: the newest message of each phone, times as the bot wrote them; null while something moves. */
const SHOWN = `(() => {
  const moving = '[aria-busy], .is-busy, .toast.is-shown, .is-leaving';
  if (document.querySelector(moving) !== null) return null;
  const isAtEnd = (log) => log.scrollHeight - log.scrollTop - log.clientHeight <= 1;
  if (![...document.querySelectorAll('.log')].every(isAtEnd)) return null;
  return JSON.stringify([...document.querySelectorAll('section[data-person-id]')].map((phone) => {
    const text = [...phone.querySelectorAll('.from-bot .text')].at(-1)?.cloneNode(true);
    for (const time of text?.querySelectorAll('time') ?? []) time.textContent = time.dataset.written;
    return text?.textContent ?? '';
  }));
})()`;

/** Runs in the page: what does not fit on the phone in hand. */
const FLAWS = `(() => {
  const article = [...document.querySelectorAll('.phone.is-active article')].at(-1);
  const hidden = article.closest('.log').getBoundingClientRect().top - article.getBoundingClientRect().top;
  const wrapped = [...article.querySelectorAll('.key')].filter(({ offsetHeight }) => offsetHeight > 41);
  return [
    ...(hidden > 0 ? ['scrolls by ' + Math.round(hidden) + ' px'] : []),
    ...wrapped.map((key) => 'wraps: ' + key.textContent),
  ];
})()`;

/** Runs in the page: calls take another time in each run. */
const SAME_DURATIONS = `(() => {
  for (const time of document.querySelectorAll('.call-time')) time.textContent = '0.5 ms';
})()`;

/** The chat page in a browser, with the clock of the game. */
export class Camera {
  readonly #page: Page;
  readonly #game: Game;
  #shownAtMs = 0;

  private constructor(page: Page, game: Game) {
    this.#page = page;
    this.#game = game;
  }

  static async open(
    browser: Browser,
    { game, language }: { game: Game; language: Language },
  ): Promise<Camera> {
    const page = await browser.newPage({
      viewport: sizes.desktop,
      locale: locales[language],
      timezoneId: 'UTC',
      // The page allows no code but its own, and so none that waits.
      colorScheme: 'light',
      reducedMotion: 'reduce',
      bypassCSP: true,
    });
    page.setDefaultTimeout(20_000);
    const camera = new Camera(page, game);
    await camera.#setTime();
    await page.goto(game.sandbox.url);
    return camera;
  }

  /** Answers what does not fit. */
  async take({ personId, size, path, hasDrawer }: Picture): Promise<string[]> {
    await this.#setTime();
    await this.#page.setViewportSize(sizes[size]);
    await this.#page.locator(`section[data-person-id='${personId}']`).dispatchEvent('pointerdown');
    if (hasDrawer) await this.#showCalls(personId);
    await this.#waitUntilShown();
    await this.#page.evaluate(SAME_DURATIONS);
    writeFileSync(path, withPalette(await this.#page.screenshot({ animations: 'disabled' })));
    if (hasDrawer) await this.#page.keyboard.press('Control+Backquote');
    return z.array(z.string()).parse(await this.#page.evaluate(FLAWS));
  }

  async #showCalls(personId: number): Promise<void> {
    await this.#page.keyboard.press('Control+Backquote');
    await this.#page.locator('.filters select').last().selectOption(String(personId));
  }

  async #setTime(): Promise<void> {
    const nowMs = this.#game.clock.now();
    if (nowMs === this.#shownAtMs) return;
    this.#shownAtMs = nowMs;
    await this.#page.clock.setFixedTime(nowMs);
    // The page counts its times on once a second.
    await this.#page.waitForTimeout(1100);
  }

  /** Until the bot has sent everything and the page shows it. */
  async #waitUntilShown(): Promise<void> {
    const { arena, sandbox } = this.#game;
    await arena.idle();
    const texts = sandbox.people.list().map((person) => person.lastScreen()?.text ?? '');
    await this.#page.waitForFunction(`${SHOWN} === ${JSON.stringify(JSON.stringify(texts))}`);
  }
}
