import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

export class Phone {
  readonly #phone: Locator;

  constructor(page: Page, index: number) {
    this.#phone = page.locator('section[data-person-id]').nth(index);
  }

  get screen(): Locator {
    return this.#phone.locator('article[data-message-id]').last();
  }

  async start(): Promise<void> {
    await this.#phone.getByRole('button', { name: 'Start', exact: true }).click();
  }

  async type(text: string): Promise<void> {
    const box = this.#phone.getByRole('textbox');
    await box.fill(text);
    await box.press('Enter');
  }

  async press(label: string | RegExp): Promise<void> {
    await this.screen.getByRole('button', { name: label }).first().click();
  }

  async sees(text: string | RegExp): Promise<void> {
    await this.#phone
      .locator('article[data-message-id]')
      .last()
      .filter({ hasText: text })
      .waitFor();
  }

  /** Resolves once the chat has one keyboard, and at most one more for each send without an answer. */
  async expectOneKeyboard(unanswered = 0): Promise<void> {
    const keyboards = this.#phone.locator('.keyboard');
    const extra = async () => (await keyboards.count()) - 1;
    await expect.poll(extra, { timeout: 10_000 }).toBeLessThanOrEqual(unanswered);
    expect(await keyboards.count()).toBeGreaterThan(0);
  }

  async text(): Promise<string> {
    return this.screen.innerText();
  }

  /** From an empty chat into the queue. */
  async makeCharacter(name: string, archetype: string): Promise<void> {
    await this.start();
    await this.press(/New character|Another name/);
    await this.sees(/What is your name/);
    await this.type(name);
    await this.press(/She/);
    await this.press(archetype);
    await this.press(/That’s me/);
    await this.press(/Straight to the arena/);
    // The first fight.
    await this.press(/👤.*🏳️/);
    await this.press(/Surrender/);
    await this.press(/Yes, I surrender/);
    await this.press(/Find an opponent/);
  }

  /** The exchange that waits for a move; null once the result is there. */
  async nextExchange(after: number): Promise<number | null> {
    const wanted = new RegExp(`Victory|Defeat|draw|Round (?!(?:${numbersTo(after)})\\b)\\d+`);
    await this.sees(wanted);
    const [, exchange] = /^Round (\d+) /.exec(await this.text()) ?? [];
    return exchange === undefined ? null : Number(exchange);
  }

  async move(plan: number): Promise<void> {
    await this.press(zones[plan % zones.length] ?? /Head/);
    await this.press(guards[plan % guards.length] ?? /Low/);
  }
}

/** Plays on until the result. */
export async function fight(...phones: readonly Phone[]): Promise<void> {
  const exchanges = phones.map(() => 0);
  for (let over = false; !over;) {
    for (const [index, phone] of phones.entries()) {
      const exchange = await phone.nextExchange(exchanges[index] ?? 0);
      over = exchange === null;
      if (exchange === null) break;
      exchanges[index] = exchange;
      await phone.move(exchange + index);
    }
  }
  for (const phone of phones) await phone.sees(/Victory|Defeat|draw/);
}

const zones = [/🗡 Head/, /🗡 Chest/, /🗡 Belly/, /🗡 Legs/];
const guards = [/🛡 High/, /🛡 Mid/, /🛡 Low/];

function numbersTo(last: number): string {
  return Array.from({ length: last + 1 }, (_, number) => number).join('|');
}
