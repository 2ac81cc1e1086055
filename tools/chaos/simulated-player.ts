import type { ButtonView, MessageView, SandboxPerson } from 'telegram-sandbox/testing';
import type { Range } from './fault-plan.ts';
import { abortableSleep } from './timeouts.ts';

/** What a crowd has lived through. */
export interface PlayerStats {
  taps: number;
  /** Of them, by what they asked for. */
  readonly of: Map<string, number>;
  /** Taps that were not answered while the player cared. */
  unanswered: number;
  /** Screens that told of something broken. */
  apologies: number;
}

export function emptyStats(): PlayerStats {
  return { taps: 0, of: new Map(), unanswered: 0, apologies: 0 };
}

const PATIENCE_MS = 4_000;
/** Steps in a row that changed nothing, after which anybody asks for the menu. */
const STUCK_AFTER = 4;

/** How gladly each thing is done by whoever is offered it; what is not here is never done. */
const actionWeights: Readonly<Record<string, number>> = {
  'onboarding.gender': 10,
  'onboarding.archetype': 10,
  'onboarding.confirm': 10,
  'lobby.enter': 10,
  'lobby.new': 10,
  'lobby.logout': 0.5,
  lobby: 0.3,
  home: 10,
  history: 0.2,
  'arena.mode': 10,
  'arena.join': 10,
  'arena.menu': 1,
  'arena.check': 3,
  'arena.cancel': 1,
  'battle.strike': 10,
  'battle.guard': 10,
  'battle.technique': 1,
  'battle.look': 0.5,
  'battle.surrender': 0.1,
  'battle.surrender_confirmed': 2,
};

/** The action that a button asks for. */
export function actionOf({ data }: ButtonView): string {
  return data?.split('|')[0] ?? '';
}

/** Taps whatever is offered, however often it fails, until it is over. Never gives up, never rejects. */
export class SimulatedPlayer {
  readonly person: SandboxPerson;
  hasReachedArena = false;
  readonly name: string;
  readonly #experience: PlayerStats;
  readonly #chance: () => number;
  readonly #thinksMs: Range;
  readonly #over: AbortSignal;
  #seen = '';
  #stuck = 0;

  constructor(
    person: SandboxPerson,
    around: {
      readonly name: string;
      readonly experience: PlayerStats;
      readonly chance: () => number;
      /** Before each tap. */
      readonly thinksMs: Range;
      readonly over: AbortSignal;
    },
  ) {
    this.person = person;
    this.name = around.name;
    this.#experience = around.experience;
    this.#chance = around.chance;
    this.#thinksMs = around.thinksMs;
    this.#over = around.over;
  }

  async play(): Promise<void> {
    this.person.say('/start');
    while (await this.#thinkAndContinue()) {
      await this.#step(this.person.lastScreen());
    }
  }

  /** After some thought; not once it is over. */
  async #thinkAndContinue(): Promise<boolean> {
    await this.#think();
    return !this.#over.aborted;
  }

  async #step(screen: MessageView | null): Promise<void> {
    this.#noteProgress(screen);
    if (screen?.text.includes('✏️') === true && this.#stuck < STUCK_AFTER) {
      this.person.say(this.name);
      return;
    }
    const button = screen === null ? null : this.#chooseButton(screen.buttons.flat());
    if (button !== null && this.#stuck < STUCK_AFTER) return this.#tap(button);
    this.#stuck = 0;
    this.person.say('/menu');
    await this.#think();
  }

  #noteProgress(screen: MessageView | null): void {
    const looks = screen === null ? '' : `${screen.messageId} ${screen.html}`;
    this.#stuck = looks === this.#seen ? this.#stuck + 1 : 0;
    this.#seen = looks;
    this.hasReachedArena ||=
      screen?.buttons.flat().some((one) => actionOf(one) === 'arena.mode') === true;
    if (screen?.text.includes('Nothing of yours is lost') === true) this.#experience.apologies += 1;
  }

  #chooseButton(buttons: readonly ButtonView[]): ButtonView | null {
    const hasCharacter = buttons.some((one) => actionOf(one) === 'lobby.enter');
    const names = [...new Set(buttons.map(actionOf))].filter(
      (name) => !(hasCharacter && name === 'lobby.new'),
    );
    let left = this.#chance() * names.reduce((sum, name) => sum + (actionWeights[name] ?? 0), 0);
    const chosen = names.find((name) => (left -= actionWeights[name] ?? 0) < 0);
    const offered = buttons.filter((one) => actionOf(one) === chosen);
    return offered[Math.floor(this.#chance() * offered.length)] ?? null;
  }

  async #tap(button: ButtonView): Promise<void> {
    this.#experience.taps += 1;
    const action = actionOf(button);
    this.#experience.of.set(action, (this.#experience.of.get(action) ?? 0) + 1);
    try {
      await this.person.tap((one) => one.data === button.data).answered(PATIENCE_MS);
    } catch {
      // Nobody answered, or the button went away between look and tap.
      this.#experience.unanswered += 1;
    }
  }

  async #think(): Promise<void> {
    const { least, most } = this.#thinksMs;
    await abortableSleep(least + this.#chance() * (most - least), this.#over);
  }
}
