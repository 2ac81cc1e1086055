import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ButtonView, SandboxPerson } from 'telegram-sandbox/testing';
import { withAction, exchangeOf } from '../../tests/support/duel-steps.ts';
import { Latencies } from './latencies.ts';

export interface DuelStats {
  taps: number;
  duels: number;
  readonly tapToAnswer: Latencies;
  readonly tapToScreen: Latencies;
}

export function emptyStats(): DuelStats {
  return { taps: 0, duels: 0, tapToAnswer: new Latencies(), tapToScreen: new Latencies() };
}

const THINK_MS = { min: 700, max: 2_500 };
/** After which a missing button or answer fails the benchmark, if players think as long as usual. */
const TIMEOUT_MS = 90_000;

/** From the name of a character to the result of its first fight, which is surrendered. */
const toTheFirstResult = [
  ...['onboarding.gender', 'onboarding.archetype', 'onboarding.confirm', 'story.skip'],
  ...['battle.opponent', 'battle.surrender|', 'battle.surrender_confirmed'],
];

/** Makes a character and fights one duel after another until it is aborted. */
export class DuelPlayer {
  readonly #person: SandboxPerson;
  readonly #stats: DuelStats;
  readonly #draw: () => number;
  readonly #over: AbortSignal;
  readonly #slowness: number;
  readonly #timeoutMs: number;

  constructor(
    person: SandboxPerson,
    options: {
      readonly stats: DuelStats;
      readonly draw: () => number;
      readonly over: AbortSignal;
      /** How many times as long as usual they think. */
      readonly think?: number;
    },
  ) {
    this.#person = person;
    this.#stats = options.stats;
    this.#draw = options.draw;
    this.#over = options.over;
    this.#slowness = options.think ?? 1;
    this.#timeoutMs = this.#slowness * TIMEOUT_MS;
  }

  async play(name: string): Promise<void> {
    await this.#think();
    this.#person.say('/start');
    await this.#tap(withAction('lobby.new'));
    await this.#person.waitFor(
      (chat) => chat.messages.at(-1)?.text.includes('✏️'),
      this.#timeoutMs,
    );
    this.#person.say(name);
    for (const data of toTheFirstResult) await this.#tap(withAction(data));
    while (!this.#over.aborted) await this.#duel();
  }

  async #duel(): Promise<void> {
    await this.#tap(withAction('arena.join'));
    for (let last = 0; !this.#over.aborted;) {
      const exchange = await this.#nextExchange(last);
      if (exchange === null) break;
      last = exchange;
      await this.#tap(withAction('battle.strike'));
      await this.#tap(withAction('battle.guard'));
    }
    this.#stats.duels += 1;
  }

  /** The exchange that waits for a move; null once the duel is over. */
  async #nextExchange(last: number): Promise<number | null> {
    const found = await this.#person.waitFor(() => {
      const screen = this.#person.lastScreen();
      const exchange = exchangeOf(screen) ?? 0;
      const isOver = last > 0 && screen?.buttons.flat().some(withAction('arena.join')) === true;
      return (isOver || this.#over.aborted || exchange > last) && { exchange, isOver };
    }, this.#timeoutMs);
    return found.isOver || found.exchange <= last ? null : found.exchange;
  }

  /** Waits for such a button, thinks, taps one of them and measures how long the bot takes. */
  async #tap(wanted: (button: ButtonView) => boolean): Promise<void> {
    const buttons = () => (this.#person.lastScreen()?.buttons.flat() ?? []).filter(wanted);
    await this.#person.waitFor(() => buttons().length > 0 || this.#over.aborted, this.#timeoutMs);
    await this.#think();
    const offered = buttons();
    const button = offered[Math.floor(this.#draw() * offered.length)];
    if (this.#over.aborted || button === undefined) return;
    const before = this.#person.events().at(-1)?.eventId ?? 0;
    const tappedAt = performance.now();
    const tap = this.#person.tap((one) => one.data === button.data);
    this.#stats.taps += 1;
    const answered = tap.answered(this.#timeoutMs).then(() => {
      this.#stats.tapToAnswer.add(performance.now() - tappedAt);
    });
    await this.#person.waitFor(() => this.#hasChanged(before), this.#timeoutMs);
    this.#stats.tapToScreen.add(performance.now() - tappedAt);
    await answered;
  }

  #hasChanged(since: number): boolean {
    const kinds = this.#person.events(since).map((event) => event.kind);
    return kinds.includes('edited') || kinds.includes('sent');
  }

  async #think(): Promise<void> {
    const { min, max } = THINK_MS;
    await sleep(this.#slowness * (min + this.#draw() * (max - min)));
  }
}
