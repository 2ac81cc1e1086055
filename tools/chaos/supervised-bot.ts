import { setTimeout as sleep } from 'node:timers/promises';
import { type BotChild, spawnBot } from '../../tests/support/bot-child.ts';
import { withTimeout } from './timeouts.ts';

export type BotSettings = Readonly<Record<string, string>>;

const preload = new URL('./bot-preload.ts', import.meta.url).href;
/** After an unexpected exit, as a supervisor such as systemd or Docker would wait. */
const RESTART_AFTER_MS = 500;
/** Longer than the bot's own shutdown timeout. */
const EXIT_MS = 15_000;

/** One bot process, started again after every exit that was not asked for. */
export class SupervisedBot {
  readonly unexpectedExits: string[] = [];
  readonly #settings: BotSettings;
  readonly #previous: BotChild[] = [];
  #child: BotChild;
  #aheadMs = 0;
  #isStopped = false;

  constructor(settings: BotSettings) {
    this.#settings = settings;
    this.#child = this.#start();
  }

  async waitUntilReady(): Promise<void> {
    // A process that exits meanwhile is replaced by another, which then counts.
    while (!this.#isStopped) {
      const child = this.#child;
      const isOpen = await child.prints(/arena started/).then(
        () => true,
        () => false,
      );
      if (isOpen && child === this.#child) return;
      await sleep(RESTART_AFTER_MS / 5);
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

  /** Stops it by SIGTERM and starts it again; rejects if it ended with an error. */
  async restartInOrder(downMs: number): Promise<void> {
    const child = this.#child;
    this.#previous.push(child);
    child.kill('SIGTERM');
    const timeout = { what: 'exit of the bot on SIGTERM', timeoutMs: EXIT_MS };
    const code = await withTimeout(child.ended, { ...timeout, state: () => lastLines(child) });
    await sleep(downMs);
    this.#replace(child);
    if (typeof code === 'number' && code !== 0) throw new Error(`a bot ended with ${code}`);
  }

  /** Stops it by SIGTERM; answers the exit code, or the error of one that had to be killed. */
  async stop(): Promise<number | string | null> {
    this.#isStopped = true;
    const child = this.#child;
    child.kill('SIGTERM');
    const timeout = { what: 'exit of the bot on SIGTERM', timeoutMs: EXIT_MS };
    try {
      return await withTimeout(child.ended, { ...timeout, state: () => lastLines(child) });
    } catch (error) {
      await this.#kill(child);
      return String(error);
    }
  }

  async kill(): Promise<void> {
    this.#isStopped = true;
    await this.#kill(this.#child);
  }

  /** Without waiting, for the handler of the parent's 'exit'. */
  killNow(): void {
    this.#isStopped = true;
    this.#child.kill('SIGKILL');
  }

  outputs(): string[] {
    return [...new Set([...this.#previous, this.#child])].map((child) => child.output());
  }

  outputTail(): string {
    return lastLines(this.#child);
  }

  async #kill(child: BotChild): Promise<void> {
    child.kill('SIGKILL');
    await withTimeout(child.ended, { what: 'exit of the bot on SIGKILL', timeoutMs: EXIT_MS });
  }

  /** When two faults kill the same process, only the first replaces it. */
  #replace(child: BotChild): void {
    if (child === this.#child && !this.#isStopped) this.#child = this.#start();
  }

  #start(): BotChild {
    const clock = { CLOCK_AHEAD_MS: String(this.#aheadMs) };
    const child = spawnBot({ ...this.#settings, ...clock }, [preload]);
    void child.ended.then(async () => {
      if (this.#isStopped || this.#previous.includes(child)) return;
      this.unexpectedExits.push(child.output().trim().split('\n').at(-1) ?? '');
      this.#previous.push(child);
      await sleep(RESTART_AFTER_MS);
      this.#replace(child);
    });
    return child;
  }
}

function lastLines(child: BotChild): string {
  return child.output().trim().split('\n').slice(-5).join('\n');
}
