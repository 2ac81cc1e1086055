import { z } from 'zod';
import { type BotSettings, CrewMember } from './crew-member.ts';
import { type Pause } from './lasting-redis.ts';
import { inTime } from './patience.ts';

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
export class BotCrew {
  readonly #members: CrewMember[];

  constructor(settings: readonly BotSettings[]) {
    this.#members = settings.map((one) => new CrewMember(one));
    process.once('exit', this.#atExit);
  }

  get size(): number {
    return this.#members.length;
  }

  /** Resolves once all of them are open. */
  async areOpen(): Promise<void> {
    const state = () => this.#members.map((one) => one.lastWords()).join('\n---\n');
    const wait = { what: 'every bot was open', withinMs: OPEN_MS, state };
    await inTime(Promise.all(this.#members.map((one) => one.isOpen())), wait);
  }

  async kill(bot: number, downMs: number): Promise<void> {
    await this.#members[bot]?.restart({ downMs, aheadMs: 0 });
  }

  /** Its clock goes ahead for so long. */
  async shiftClock(bot: number, forMs: number, wait: Pause): Promise<void> {
    const member = this.#members[bot];
    await member?.restart({ downMs: 0, aheadMs: AHEAD_MS });
    await wait(forMs);
    await member?.restart({ downMs: 0, aheadMs: 0 });
  }

  /** Ends all of them in order; answers how each ended. */
  async stop(): Promise<(number | string | null)[]> {
    return Promise.all(this.#members.map((one) => one.stop()));
  }

  async killAll(): Promise<void> {
    await Promise.all(this.#members.map((one) => one.end()));
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
  unaskedEnds(): string[] {
    return this.#members.flatMap((one) => one.unaskedEnds);
  }

  /** All that each process has said. */
  outputs(): string[] {
    return this.#members.flatMap((one) => one.outputs());
  }

  readonly #atExit = () => {
    for (const one of this.#members) one.drop();
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
