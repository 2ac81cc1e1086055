import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { type BotChild, spawnBot } from '../support/bot-child.ts';

export type BotSettings = Readonly<Record<string, string>>;

const AHEAD_MS = 30_000;
const shiftedClock = new URL('./shifted-clock.ts', import.meta.url).href;
/** As a supervisor would: whoever ended by himself is started again after a moment. */
const AGAIN_AFTER_MS = 500;
const ERROR_LEVEL = 50;

const errorFacts = z.object({ error: z.string().optional(), detail: z.string().optional() });
const logLine = errorFacts.extend({
  level: z.number(),
  msg: z.string(),
  err: errorFacts.optional(),
});

/** Real processes of the bot, each of which can be killed at any time and is started again. */
export class BotCrew {
  readonly #members: Member[];

  constructor(settings: readonly BotSettings[]) {
    this.#members = settings.map((one) => new Member(one));
  }

  get size(): number {
    return this.#members.length;
  }

  /** Resolves once all of them are open. */
  async areOpen(): Promise<void> {
    await Promise.all(this.#members.map((one) => one.isOpen()));
  }

  async kill(bot: number, downMs: number): Promise<void> {
    await this.#members[bot]?.restart({ downMs, aheadMs: 0 });
  }

  /** Its clock goes ahead for so long. */
  async shiftClock(bot: number, forMs: number, over: AbortSignal): Promise<void> {
    const member = this.#members[bot];
    await member?.restart({ downMs: 0, aheadMs: AHEAD_MS });
    await sleep(forMs, undefined, { signal: over }).catch(() => undefined);
    await member?.restart({ downMs: 0, aheadMs: 0 });
  }

  /** Ends all of them in order; answers how each ended. */
  async stop(): Promise<(number | string | null)[]> {
    return Promise.all(this.#members.map((one) => one.stop()));
  }

  killAll(): void {
    for (const one of this.#members) one.end();
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
  unaskedEnds(): string[] {
    return this.#members.flatMap((one) => one.unaskedEnds);
  }

  /** All that each process has said. */
  outputs(): string[] {
    return this.#members.flatMap((one) => one.outputs());
  }

  #lines(): z.infer<typeof logLine>[] {
    const texts = this.outputs().flatMap((all) => all.split('\n'));
    return texts.flatMap((text) => {
      // What was being written when the process was killed is half a line.
      const parsed = logLine.safeParse(jsonOf(text));
      return parsed.success ? [parsed.data] : [];
    });
  }
}

class Member {
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
    child.kill('SIGKILL');
    await child.ended;
    await sleep(downMs);
    this.#aheadMs = aheadMs;
    this.#succeed(child);
  }

  async stop(): Promise<number | string | null> {
    this.#isEnded = true;
    this.#child.kill('SIGTERM');
    return this.#child.ended;
  }

  end(): void {
    this.#isEnded = true;
    this.#child.kill('SIGKILL');
  }

  outputs(): string[] {
    return [...new Set([...this.#past, this.#child])].map((child) => child.output());
  }

  /** Of two who killed it one after the other, the first starts it again. */
  #succeed(child: BotChild): void {
    if (child === this.#child && !this.#isEnded) this.#child = this.#started();
  }

  #started(): BotChild {
    const clock = { CLOCK_AHEAD_MS: String(this.#aheadMs) };
    const child = spawnBot({ ...this.#settings, ...clock }, [shiftedClock]);
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

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
