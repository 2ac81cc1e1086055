import { setTimeout as sleep } from 'node:timers/promises';
import { type BotChild, spawnBot } from '../../tests/support/bot-child.ts';
import type { Span } from './outages.ts';
import { withTimeout } from './timeouts.ts';

export type BotSettings = Readonly<Record<string, string>>;

const preload = new URL('./bot-preload.ts', import.meta.url).href;
const STARTED = /arena started/;
/** After an unexpected exit, as a supervisor such as systemd or Docker would wait. */
const RESTART_AFTER_MS = 500;
/** Longer than the bot's own shutdown timeout. */
const EXIT_MS = 15_000;

export interface BotOptions {
  readonly settings: BotSettings;
  /** Called with every time in which no process of this bot ran. */
  readonly onDown: (span: Span) => void;
}

/** One bot process, started again after every exit that was not asked for. */
export class SupervisedBot {
  readonly unexpectedExits: string[] = [];
  readonly #options: BotOptions;
  readonly #previous: BotChild[] = [];
  #child: BotChild;
  #aheadMs = 0;
  /** Of another release; null: of this one. */
  #folder: string | null = null;
  #downSinceMs: number | null = null;
  #isChanging = false;
  #isStopped = false;

  constructor(options: BotOptions) {
    this.#options = options;
    this.#child = this.#start();
  }

  async waitUntilReady(): Promise<void> {
    // A process that exits meanwhile is replaced by another, which then counts.
    while (!this.#isStopped) {
      const child = this.#child;
      if ((await isStarted(child)) && child === this.#child) return;
      await sleep(RESTART_AFTER_MS / 5);
    }
  }

  async restart({ downMs, aheadMs }: { downMs: number; aheadMs: number }): Promise<void> {
    const child = this.#child;
    await this.#kill(child);
    await sleep(downMs);
    this.#aheadMs = aheadMs;
    this.#replace(child);
  }

  /** Stops it by SIGTERM and starts it again; rejects if it ended with an error. */
  async restartInOrder(downMs: number): Promise<void> {
    const child = this.#child;
    await this.#terminate(child);
    await sleep(downMs);
    this.#replace(child);
  }

  /** Starts a process of the release in that folder, null: of this one, and then stops the present one. */
  async changeRelease(folder: string | null): Promise<void> {
    const old = this.#child;
    this.#folder = folder;
    this.#isChanging = true;
    const next = this.#start();
    const hasStarted = await isStarted(next);
    this.#isChanging = false;
    if (this.#isStopped) return this.#kill(next);
    // An old one that has ended meanwhile was not replaced; one that did not start is.
    this.#child = next;
    if (!hasStarted) this.#replaceLater(next);
    await this.#terminate(old);
  }

  async restartAsRelease(folder: string | null): Promise<void> {
    this.#folder = folder;
    await this.restartInOrder(0);
  }

  /** Stops it by SIGTERM; answers the exit code, or the error of one that had to be killed. */
  async stop(): Promise<number | string | null> {
    this.#isStopped = true;
    const child = this.#child;
    try {
      return await this.#exit(child);
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
    this.#expectEnd(child);
    child.kill('SIGKILL');
    await withTimeout(child.ended, { what: 'exit of the bot on SIGKILL', timeoutMs: EXIT_MS });
  }

  async #terminate(child: BotChild): Promise<void> {
    const hadEnded = this.#previous.includes(child);
    const code = await this.#exit(child);
    if (!hadEnded && typeof code === 'number' && code !== 0)
      throw new Error(`a bot ended with ${code}`);
  }

  async #exit(child: BotChild): Promise<number | string | null> {
    this.#expectEnd(child);
    child.kill('SIGTERM');
    const timeout = { what: 'exit of the bot on SIGTERM', timeoutMs: EXIT_MS };
    return withTimeout(child.ended, { ...timeout, state: () => lastLines(child) });
  }

  #expectEnd(child: BotChild): void {
    this.#previous.push(child);
    this.#noteDown(child);
  }

  #noteDown(child: BotChild): void {
    if (child === this.#child) this.#downSinceMs ??= Date.now();
  }

  /** When two faults kill the same process, only the first replaces it. */
  #replace(child: BotChild): void {
    if (child === this.#child && !this.#isStopped && !this.#isChanging) this.#child = this.#start();
  }

  #replaceLater(child: BotChild): void {
    void sleep(RESTART_AFTER_MS).then(() => {
      this.#replace(child);
    });
  }

  #start(): BotChild {
    const clock = { CLOCK_AHEAD_MS: String(this.#aheadMs) };
    const settings = { ...this.#options.settings, ...clock };
    const folder = this.#folder === null ? {} : { folder: this.#folder };
    const child = spawnBot(settings, { imports: [preload], ...folder });
    void isStarted(child).then((hasStarted) => {
      if (hasStarted) this.#noteUp();
    });
    void child.ended.then(() => {
      if (this.#isStopped || this.#previous.includes(child)) return;
      this.unexpectedExits.push(reasonOf(child));
      this.#expectEnd(child);
      this.#replaceLater(child);
    });
    return child;
  }

  #noteUp(): void {
    if (this.#downSinceMs === null) return;
    this.#options.onDown({ fromMs: this.#downSinceMs, toMs: Date.now() });
    this.#downSinceMs = null;
  }
}

/** False if it ends before. */
async function isStarted(child: BotChild): Promise<boolean> {
  return child.prints(STARTED).then(
    () => true,
    () => false,
  );
}

/** Its last line that names a failure, else its last one. */
function reasonOf(child: BotChild): string {
  const lines = child.output().trim().split('\n');
  return lines.findLast((line) => /"level":[56]0/.test(line)) ?? lines.at(-1) ?? '';
}

function lastLines(child: BotChild): string {
  return child.output().trim().split('\n').slice(-5).join('\n');
}
