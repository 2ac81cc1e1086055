import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ButtonView, SandboxPerson } from 'telegram-sandbox/testing';
import { withAction, exchangeOf } from '../../tests/support/duel-steps.ts';
import { Latencies } from './latencies.ts';

/** What a crowd of simulated players has lived through. */
export interface DuelStats {
  taps: number;
  duels: number;
  readonly tapToAnswer: Latencies;
  readonly tapToScreen: Latencies;
}

export function emptyStats(): DuelStats {
  return { taps: 0, duels: 0, tapToAnswer: new Latencies(), tapToScreen: new Latencies() };
}

/** A player looks at a screen for so long before he taps. */
const THINKS_MS = { least: 700, most: 2_500 };
/** Nobody waits longer for a button that does not come. */
const PATIENCE_MS = 90_000;

/** Somebody who makes a character and fights one duel after another until it is over. */
export class DuelPlayer {
  readonly #person: SandboxPerson;
  readonly #experience: DuelStats;
  readonly #chance: () => number;
  readonly #over: AbortSignal;

  constructor(
    person: SandboxPerson,
    around: {
      readonly experience: DuelStats;
      readonly chance: () => number;
      readonly over: AbortSignal;
    },
  ) {
    this.#person = person;
    this.#experience = around.experience;
    this.#chance = around.chance;
    this.#over = around.over;
  }

  async play(name: string): Promise<void> {
    await this.#think();
    this.#person.say('/start');
    await this.#tap(withAction('lobby.new'));
    await this.#person.waitFor((chat) => chat.messages.at(-1)?.text.includes('✏️'), PATIENCE_MS);
    this.#person.say(name);
    for (const data of ['onboarding.gender', 'onboarding.archetype', 'onboarding.confirm'])
      await this.#tap(withAction(data));
    await this.#tap(withAction('arena.mode'));
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
    this.#experience.duels += 1;
  }

  /** The exchange that waits for a move, or null: the duel is over. */
  async #nextExchange(last: number): Promise<number | null> {
    const found = await this.#person.waitFor(() => {
      const screen = this.#person.lastScreen();
      const exchange = exchangeOf(screen) ?? 0;
      const isOver = last > 0 && screen?.buttons.flat().some(withAction('arena.join')) === true;
      return (isOver || this.#over.aborted || exchange > last) && { exchange, isOver };
    }, PATIENCE_MS);
    return found.isOver || found.exchange <= last ? null : found.exchange;
  }

  /** Waits for the button, thinks, taps one of its kind, and notes how long the bot took. */
  async #tap(wanted: (button: ButtonView) => boolean): Promise<void> {
    const buttons = () => (this.#person.lastScreen()?.buttons.flat() ?? []).filter(wanted);
    await this.#person.waitFor(() => buttons().length > 0 || this.#over.aborted, PATIENCE_MS);
    await this.#think();
    const offered = buttons();
    const button = offered[Math.floor(this.#chance() * offered.length)];
    if (this.#over.aborted || button === undefined) return;
    const before = this.#person.events().at(-1)?.eventId ?? 0;
    const tappedAt = performance.now();
    const tap = this.#person.tap((one) => one.data === button.data);
    this.#experience.taps += 1;
    const answered = tap.answered(PATIENCE_MS).then(() => {
      this.#experience.tapToAnswer.add(performance.now() - tappedAt);
    });
    await this.#person.waitFor(() => this.#hasChanged(before), PATIENCE_MS);
    this.#experience.tapToScreen.add(performance.now() - tappedAt);
    await answered;
  }

  #hasChanged(since: number): boolean {
    const kinds = this.#person.events(since).map((event) => event.kind);
    return kinds.includes('edited') || kinds.includes('sent');
  }

  async #think(): Promise<void> {
    const { least, most } = THINKS_MS;
    await sleep(least + this.#chance() * (most - least));
  }
}
