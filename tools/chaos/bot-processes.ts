import { z } from 'zod';
import type { Sleep } from './persistent-redis.ts';
import type { OutageLog, Span } from './outages.ts';
import { type BotSettings, SupervisedBot } from './supervised-bot.ts';
import { withTimeout } from './timeouts.ts';

const AHEAD_MS = 30_000;
/** All bots start at once, each of which takes seconds. */
const READY_MS = 60_000;
const ERROR_LEVEL = 50;

const errorFacts = z.object({ error: z.string().optional(), detail: z.string().optional() });
const logLine = errorFacts.extend({
  level: z.number(),
  msg: z.string(),
  err: errorFacts.optional(),
});

/** The first receives updates, and the others, if any, run waves and timers. */
export class BotProcesses {
  readonly #bots: SupervisedBot[];

  constructor(settings: readonly BotSettings[], outages: OutageLog) {
    const kind = settings.length === 1 ? 'only process' : 'receiving process';
    this.#bots = settings.map((one, index) => {
      const onDown = (span: Span) => {
        if (index === 0) outages.add(kind, span);
      };
      return new SupervisedBot({ settings: one, onDown });
    });
    process.once('exit', this.#atExit);
  }

  get size(): number {
    return this.#bots.length;
  }

  async waitUntilReady(): Promise<void> {
    const state = () => this.#bots.map((one) => one.outputTail()).join('\n---\n');
    const timeout = { what: 'start of every bot', timeoutMs: READY_MS, state };
    await withTimeout(Promise.all(this.#bots.map((one) => one.waitUntilReady())), timeout);
  }

  /** The bot is started again after `downMs`. */
  async kill(bot: number, downMs: number): Promise<void> {
    await this.#bots[bot]?.restart({ downMs, aheadMs: 0 });
  }

  async stopOne(bot: number, downMs: number): Promise<void> {
    await this.#bots[bot]?.restartInOrder(downMs);
  }

  /** Side by side where the two can be: they cannot share a port or a folder. */
  async changeRelease(bot: number, folder: string | null, isSideBySide: boolean): Promise<void> {
    const changed = this.#bots[bot];
    if (isSideBySide) await changed?.changeRelease(folder);
    else await changed?.restartAsRelease(folder);
  }

  /** Restarts the bot with a clock that is AHEAD_MS fast, and again with the right one. */
  async shiftClock(bot: number, durationMs: number, sleep: Sleep): Promise<void> {
    const shifted = this.#bots[bot];
    await shifted?.restart({ downMs: 0, aheadMs: AHEAD_MS });
    await sleep(durationMs);
    await shifted?.restart({ downMs: 0, aheadMs: 0 });
  }

  /** Answers each bot's exit code, or the error of one that had to be killed. */
  async stop(): Promise<(number | string | null)[]> {
    return Promise.all(this.#bots.map((one) => one.stop()));
  }

  async killAll(): Promise<void> {
    await Promise.all(this.#bots.map((one) => one.kill()));
    process.off('exit', this.#atExit);
  }

  errors(): Map<string, number> {
    const counts = new Map<string, number>();
    for (const line of this.#logLines().filter(({ level }) => level >= ERROR_LEVEL)) {
      const { error = '', detail = '' } = line.err ?? line;
      // Lines that differ in ids and numbers alone count as one message.
      const message = `${line.msg}: ${error} ${detail}`
        .replaceAll(/\d+|[a-z0-9]{12}\b/g, '#')
        .slice(0, 200);
      counts.set(message, (counts.get(message) ?? 0) + 1);
    }
    return counts;
  }

  unexpectedExits(): string[] {
    return this.#bots.flatMap((one) => one.unexpectedExits);
  }

  /** Of each process, in the order of their starts. */
  outputs(): string[] {
    return this.#bots.flatMap((one) => one.outputs());
  }

  readonly #atExit = () => {
    for (const one of this.#bots) one.killNow();
  };

  #logLines(): z.infer<typeof logLine>[] {
    const texts = this.outputs().flatMap((all) => all.split('\n'));
    return texts.flatMap((text) => {
      // The last line of a killed process may be cut off.
      const parsed = logLine.safeParse(jsonOf(text));
      return parsed.success ? [parsed.data] : [];
    });
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
