import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Page, chromium } from 'playwright-core';
import { describe, expect, onTestFinished } from 'vitest';
import { findChromium } from '../support/find-program.ts';

/** Pictures of what a test saw, for people to look at. */
const PICTURES = fileURLToPath(new URL('../../artifacts/', import.meta.url));

const executablePath = findChromium();

/** Tests in a real browser: skipped where there is none, a failure there in CI. */
export const describeInBrowser =
  executablePath === null && process.env['CI'] !== 'true' ? describe.skip : describe;

const quiet = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
];

export interface Screen {
  readonly page: Page;
  /** Keeps what is to be seen now as a picture of this name. */
  readonly keep: (name: string) => Promise<void>;
}

export interface ScreenOptions {
  readonly width?: number;
  readonly height?: number;
  readonly locale?: string;
  readonly colorScheme?: 'light' | 'dark';
  /** Console lines that the test brings about itself. */
  readonly expected?: RegExp;
}

/** Opens an address in a browser of its own, closed with the test. No error may reach the console. */
export async function openScreen(url: string, options: ScreenOptions = {}): Promise<Screen> {
  if (executablePath === null) throw new Error('There is no Chromium on the PATH: install it');
  const { width = 1280, height = 860, locale = 'en-GB', colorScheme = 'light' } = options;
  const browser = await chromium.launch({ executablePath, args: quiet });
  const page = await browser.newPage({ viewport: { width, height }, locale, colorScheme });
  const complaints: string[] = [];
  page.on('console', (line) => {
    const isExpected = options.expected?.test(line.text()) === true;
    if (['error', 'warning'].includes(line.type()) && !isExpected) complaints.push(line.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  onTestFinished(async ({ task }) => {
    try {
      if (task.result?.state === 'fail') await tell(page);
    } finally {
      await browser.close();
    }
    expect(complaints).toEqual([]);
  });
  page.setDefaultTimeout(30_000);
  await page.goto(url);
  mkdirSync(PICTURES, { recursive: true });
  return {
    page,
    keep: async (name) => {
      await page.screenshot({ path: `${PICTURES}${name}.png` });
    },
  };
}

/** What the phones showed, for whoever reads why a test failed. */
async function tell(page: Page): Promise<void> {
  const chats = await page.locator('section[data-person-id]').allInnerTexts();
  process.stderr.write(`${chats.join('\n——\n')}\n`);
}
