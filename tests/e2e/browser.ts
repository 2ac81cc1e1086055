import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, describe, expect, onTestFinished } from 'vitest';
import { findChromium } from '../support/find-program.ts';
import { launchChromium } from '../support/launch-chromium.ts';

const SCREENSHOTS = fileURLToPath(new URL('../../artifacts/', import.meta.url));

const executablePath = findChromium();

/** Tests in a real browser; skipped without Chromium or, if CI=true, failed. */
export function describeInBrowser(title: string, body: () => void): void {
  const isSkipped = executablePath === null && process.env['CI'] !== 'true';
  describe.skipIf(isSkipped)(title, body);
  // Of the file.
  afterAll(closeBrowser);
}

let launched: Promise<Browser> | null = null;

/** One for all tests of a file, as a start takes a second of processor time. */
function browserOfFile(): Promise<Browser> {
  if (executablePath === null) throw new Error('no Chromium on the PATH: install it');
  launched ??= launchChromium(executablePath);
  return launched;
}

async function closeBrowser(): Promise<void> {
  const browser = await launched;
  launched = null;
  await browser?.close();
}

export interface Screen {
  readonly page: Page;
  readonly screenshot: (name: string) => Promise<void>;
}

export interface ScreenOptions {
  readonly width?: number;
  readonly height?: number;
  readonly locale?: string;
  readonly colorScheme?: 'light' | 'dark';
  /** Console lines that the test causes itself. */
  readonly expected?: RegExp;
}

/** Opens an address in a new browser context, closed after the test. Errors on the console fail the test. */
export async function openScreen(url: string, options: ScreenOptions = {}): Promise<Screen> {
  const { width = 1280, height = 860, locale = 'en-GB', colorScheme = 'light' } = options;
  const browser = await browserOfFile();
  const page = await browser.newPage({ viewport: { width, height }, locale, colorScheme });
  const problems: string[] = [];
  page.on('console', (line) => {
    const isExpected = options.expected?.test(line.text()) === true;
    if (['error', 'warning'].includes(line.type()) && !isExpected) problems.push(line.text());
  });
  page.on('pageerror', (error) => problems.push(error.message));
  onTestFinished(async ({ task }) => {
    try {
      if (task.result?.state === 'fail') await printChats(page);
    } finally {
      await page.close();
    }
    expect(problems).toEqual([]);
  });
  page.setDefaultTimeout(30_000);
  await page.goto(url);
  mkdirSync(SCREENSHOTS, { recursive: true });
  return {
    page,
    screenshot: async (name) => {
      await page.screenshot({ path: `${SCREENSHOTS}${name}.png` });
    },
  };
}

async function printChats(page: Page): Promise<void> {
  const chats = await page.locator('section[data-person-id]').allInnerTexts();
  process.stderr.write(`${chats.join('\n——\n')}\n`);
}
