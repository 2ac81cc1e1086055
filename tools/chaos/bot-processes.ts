import { z } from 'zod';
import { type BotSettings, SupervisedBot } from './supervised-bot.ts';
import { type Sleep } from './persistent-redis.ts';
import { withTimeout } from './timeouts.ts';

const AHEAD_MS = 30_000;
/** Starts take seconds, and on a busy machine all of them at once many. */
const OPEN_MS = 60_000;
const ERROR_LEVEL = 50;

const errorFacts = z.object({ error: z.string().optional(), detail: z.string().optional() });
const logLine = errorFacts.extend({
  level: z.number(),
  msg: z.string(),
  err: errorFacts.optional(),
});

/** Real processes of the bot, each of which can be killed at any time and is started again. */
export class BotProcesses {
  readonly #bots: SupervisedBot[];

  constructor(settings: readonly BotSettings[]) {
    this.#bots = settings.map((one) => new SupervisedBot(one));
    process.once('exit', this.#atExit);
  }

  get size(): number {
    return this.#bots.length;
  }

  /** Resolves once all of them are open. */
  async waitUntilReady(): Promise<void> {
    const state = () => this.#bots.map((one) => one.outputTail()).join('\n---\n');
    const wait = { what: 'every bot was open', withinMs: OPEN_MS, state };
    await withTimeout(Promise.all(this.#bots.map((one) => one.waitUntilReady())), wait);
  }

  async kill(bot: number, downMs: number): Promise<void> {
    await this.#bots[bot]?.restart({ downMs, aheadMs: 0 });
  }

  async stopOne(bot: number, downMs: number): Promise<void> {
    await this.#bots[bot]?.restartInOrder(downMs);
  }

  /** Its clock goes ahead for so long. */
  async shiftClock(bot: number, forMs: number, wait: Sleep): Promise<void> {
    const member = this.#bots[bot];
    await member?.restart({ downMs: 0, aheadMs: AHEAD_MS });
    await wait(forMs);
    await member?.restart({ downMs: 0, aheadMs: 0 });
  }

  /** Ends all of them in order; answers how each ended. */
  async stop(): Promise<(number | string | null)[]> {
    return Promise.all(this.#bots.map((one) => one.stop()));
  }

  async killAll(): Promise<void> {
    await Promise.all(this.#bots.map((one) => one.kill()));
    process.off('exit', this.#atExit);
  }

  /** What they said at level error, with how often. */
  errors(): Map<string, number> {
    const counts = new Map<string, number>();
    for (const line of this.#lines().filter(({ level }) => level >= ERROR_LEVEL)) {
      const { error = '', detail = '' } = line.err ?? line;
      // Of lines that tell of two players or two battles, one will do.
      const said = `${line.msg}: ${error} ${detail}`
        .replaceAll(/\d+|[a-z0-9]{12}\b/g, '#')
        .slice(0, 200);
      counts.set(said, (counts.get(said) ?? 0) + 1);
    }
    return counts;
  }

  /** The last words of those that ended without being told to. */
  unexpectedExits(): string[] {
    return this.#bots.flatMap((one) => one.unexpectedExits);
  }

  /** All that each process has said. */
  outputs(): string[] {
    return this.#bots.flatMap((one) => one.outputs());
  }

  readonly #atExit = () => {
    for (const one of this.#bots) one.killNow();
  };

  #lines(): z.infer<typeof logLine>[] {
    const texts = this.outputs().flatMap((all) => all.split('\n'));
    return texts.flatMap((text) => {
      // What was being written when the process was killed is half a line.
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
