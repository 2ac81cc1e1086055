import { setTimeout as sleep } from 'node:timers/promises';
import { type BotChild, spawnBot } from '../../tests/support/bot-child.ts';
import { inTime } from './patience.ts';

export type BotSettings = Readonly<Record<string, string>>;

const inTheOrdeal = new URL('./in-the-ordeal.ts', import.meta.url).href;
/** As a supervisor would: whoever ended by himself is started again after a moment. */
const AGAIN_AFTER_MS = 500;
/** Longer than a bot takes for its end, however much it has to do. */
const END_MS = 15_000;

/** One process of the bot after the other, each of which can be killed at any time. */
export class CrewMember {
  /** The last words of those that ended without being told to. */
  readonly unaskedEnds: string[] = [];
  readonly #settings: BotSettings;
  readonly #past: BotChild[] = [];
  #child: BotChild;
  #aheadMs = 0;
  #isEnded = false;

  constructor(settings: BotSettings) {
    this.#settings = settings;
    this.#child = this.#started();
  }

  async isOpen(): Promise<void> {
    // One that ends by itself, or is killed, has a successor.
    while (!this.#isEnded) {
      const child = this.#child;
      const isOpen = await child.says(/the arena is open/).then(
        () => true,
        () => false,
      );
      if (isOpen && child === this.#child) return;
      await sleep(AGAIN_AFTER_MS / 5);
    }
  }

  async restart({ downMs, aheadMs }: { downMs: number; aheadMs: number }): Promise<void> {
    const child = this.#child;
    this.#past.push(child);
    await this.#kill(child);
    await sleep(downMs);
    this.#aheadMs = aheadMs;
    this.#succeed(child);
  }

  /** Ends it in order; answers how it ended, in words where that was not by itself. */
  async stop(): Promise<number | string | null> {
    this.#isEnded = true;
    const child = this.#child;
    child.kill('SIGTERM');
    const wait = { what: 'the bot ended on SIGTERM', withinMs: END_MS };
    try {
      return await inTime(child.ended, { ...wait, state: () => lastLines(child) });
    } catch (error) {
      await this.#kill(child);
      return String(error);
    }
  }

  async end(): Promise<void> {
    this.#isEnded = true;
    await this.#kill(this.#child);
  }

  /** At once, for a process that ends itself. */
  drop(): void {
    this.#isEnded = true;
    this.#child.kill('SIGKILL');
  }

  outputs(): string[] {
    return [...new Set([...this.#past, this.#child])].map((child) => child.output());
  }

  /** For whoever waited in vain. */
  lastWords(): string {
    return lastLines(this.#child);
  }

  async #kill(child: BotChild): Promise<void> {
    child.kill('SIGKILL');
    await inTime(child.ended, { what: 'the bot ended on SIGKILL', withinMs: END_MS });
  }

  /** Of two who killed it one after the other, the first starts it again. */
  #succeed(child: BotChild): void {
    if (child === this.#child && !this.#isEnded) this.#child = this.#started();
  }

  #started(): BotChild {
    const clock = { CLOCK_AHEAD_MS: String(this.#aheadMs) };
    const child = spawnBot({ ...this.#settings, ...clock }, [inTheOrdeal]);
    void child.ended.then(async () => {
      if (this.#isEnded || this.#past.includes(child)) return;
      this.unaskedEnds.push(child.output().trim().split('\n').at(-1) ?? '');
      this.#past.push(child);
      await sleep(AGAIN_AFTER_MS);
      this.#succeed(child);
    });
    return child;
  }
}

function lastLines(child: BotChild): string {
  return child.output().trim().split('\n').slice(-5).join('\n');
}
