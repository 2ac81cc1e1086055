import { setTimeout as sleep } from 'node:timers/promises';
import { type BotChild, spawnBot } from '../../tests/support/bot-child.ts';
import { withTimeout } from './timeouts.ts';

export type BotSettings = Readonly<Record<string, string>>;

const preload = new URL('./bot-preload.ts', import.meta.url).href;
/** As a supervisor would: whoever ended by himself is started again after a moment. */
const AGAIN_AFTER_MS = 500;
/** Longer than a bot takes for its end, however much it has to do. */
const END_MS = 15_000;

/** One process of the bot after the other, each of which can be killed at any time. */
export class SupervisedBot {
  /** The last words of those that ended without being told to. */
  readonly unexpectedExits: string[] = [];
  readonly #settings: BotSettings;
  readonly #previous: BotChild[] = [];
  #child: BotChild;
  #aheadMs = 0;
  #isEnded = false;

  constructor(settings: BotSettings) {
    this.#settings = settings;
    this.#child = this.#start();
  }

  async waitUntilReady(): Promise<void> {
    // One that ends by itself, or is killed, has a successor.
    while (!this.#isEnded) {
      const child = this.#child;
      const isOpen = await child.prints(/arena started/).then(
        () => true,
        () => false,
      );
      if (isOpen && child === this.#child) return;
      await sleep(AGAIN_AFTER_MS / 5);
    }
  }

  async restart({ downMs, aheadMs }: { downMs: number; aheadMs: number }): Promise<void> {
    const child = this.#child;
    this.#previous.push(child);
    await this.#kill(child);
    await sleep(downMs);
    this.#aheadMs = aheadMs;
    this.#replace(child);
  }

  /** Ends it in order and starts it again; rejects if it ended with an error. */
  async restartInOrder(downMs: number): Promise<void> {
    const child = this.#child;
    this.#previous.push(child);
    child.kill('SIGTERM');
    const wait = { what: 'the bot ended on SIGTERM', withinMs: END_MS };
    const code = await withTimeout(child.ended, { ...wait, state: () => lastLines(child) });
    await sleep(downMs);
    this.#replace(child);
    if (typeof code === 'number' && code !== 0) throw new Error(`a bot ended with ${code}`);
  }

  /** Ends it in order; answers how it ended, in words where that was not by itself. */
  async stop(): Promise<number | string | null> {
    this.#isEnded = true;
    const child = this.#child;
    child.kill('SIGTERM');
    const wait = { what: 'the bot ended on SIGTERM', withinMs: END_MS };
    try {
      return await withTimeout(child.ended, { ...wait, state: () => lastLines(child) });
    } catch (error) {
      await this.#kill(child);
      return String(error);
    }
  }

  async kill(): Promise<void> {
    this.#isEnded = true;
    await this.#kill(this.#child);
  }

  /** At once, for a process that ends itself. */
  killNow(): void {
    this.#isEnded = true;
    this.#child.kill('SIGKILL');
  }

  outputs(): string[] {
    return [...new Set([...this.#previous, this.#child])].map((child) => child.output());
  }

  /** For whoever waited in vain. */
  outputTail(): string {
    return lastLines(this.#child);
  }

  async #kill(child: BotChild): Promise<void> {
    child.kill('SIGKILL');
    await withTimeout(child.ended, { what: 'the bot ended on SIGKILL', withinMs: END_MS });
  }

  /** Of two who killed it one after the other, the first starts it again. */
  #replace(child: BotChild): void {
    if (child === this.#child && !this.#isEnded) this.#child = this.#start();
  }

  #start(): BotChild {
    const clock = { CLOCK_AHEAD_MS: String(this.#aheadMs) };
    const child = spawnBot({ ...this.#settings, ...clock }, [preload]);
    void child.ended.then(async () => {
      if (this.#isEnded || this.#previous.includes(child)) return;
      this.unexpectedExits.push(child.output().trim().split('\n').at(-1) ?? '');
      this.#previous.push(child);
      await sleep(AGAIN_AFTER_MS);
      this.#replace(child);
    });
    return child;
  }
}

function lastLines(child: BotChild): string {
  return child.output().trim().split('\n').slice(-5).join('\n');
}
