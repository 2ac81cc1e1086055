import type { ButtonView, MessageView, SandboxPerson } from 'telegram-sandbox/testing';
import type { Range } from './fault-plan.ts';
import { abortableSleep } from './timeouts.ts';

export interface PlayerStats {
  taps: number;
  readonly tapsByAction: Map<string, number>;
  /** Taps that were not answered within ANSWER_MS. */
  unanswered: number;
  errorScreens: number;
  /** Monsters that stood in the way on a screen. */
  encounters: number;
}

export function emptyStats(): PlayerStats {
  return { taps: 0, tapsByAction: new Map(), unanswered: 0, errorScreens: 0, encounters: 0 };
}

/** Everybody's Telegram is in English. */
export const CHOSEN_LANGUAGE = 'ru';

export function isInChosenLanguage(text: string): boolean {
  return /[а-яё]/i.test(text);
}

const ANSWER_MS = 4_000;
/** The screen may still be on its way. */
const LANGUAGE_TRIES = 4;
/** After so many steps that changed nothing, a player asks for the menu. */
const STUCK_AFTER = 4;

/** How likely an offered action is chosen; one that is not listed never is. */
const actionWeights: Readonly<Record<string, number>> = {
  'onboarding.gender': 10,
  'onboarding.archetype': 10,
  'onboarding.confirm': 10,
  'onboarding.continue': 10,
  'story.begin': 1,
  'story.choose': 3,
  'story.fight': 10,
  'story.skip': 2,
  'story.pause': 0.3,
  'story.resume': 1,
  'story.accept': 5,
  'story.points': 1,
  'story.raise': 5,
  'lobby.enter': 10,
  'lobby.new': 10,
  'lobby.manage': 0.5,
  'lobby.logout': 0.5,
  lobby: 0.3,
  home: 10,
  history: 0.2,
  character: 1.5,
  bag: 8,
  'bag.close': 1.5,
  'bag.page': 1,
  'bag.item': 2,
  'bag.wear': 3,
  'bag.take_off': 0.5,
  'bag.lock': 0.2,
  'bag.unlock': 0.5,
  'bag.to_chest': 0.3,
  'bag.to_bag': 0.5,
  'bag.ask_sell': 0.3,
  'bag.ask_salvage': 0.3,
  'bag.sell': 0.7,
  'bag.salvage': 0.7,
  'bag.reforge': 0.5,
  'bag.best': 0.5,
  'bag.best_confirmed': 3,
  'bag.plain': 0.3,
  'bag.plain_confirmed': 3,
  shop: 1,
  'shop.buy': 2,
  points: 1,
  'points.spend': 3,
  'points.last': 3,
  techniques: 0.3,
  'techniques.draft': 1,
  'techniques.save': 2,
  'techniques.learning': 0.5,
  'techniques.learn': 2,
  board: 0.5,
  'board.claim': 3,
  'arena.join': 10,
  'arena.menu': 1,
  'arena.shadow': 0.3,
  'arena.training': 1,
  'arena.train': 10,
  'arena.cancel': 1,
  'battle.strike': 10,
  'battle.guard': 10,
  'battle.technique': 1,
  'battle.look': 0.5,
  'battle.opponent': 0.2,
  'battle.surrender': 0.1,
  'battle.surrender_confirmed': 2,
  world: 12,
  'world.go': 25,
  'world.search': 25,
  'world.gather': 10,
  'world.rest': 4,
  'world.heal': 4,
  'world.sell': 8,
  'world.map': 0.5,
  'world.picture': 0.5,
  'world.fight': 10,
  'world.avoid': 3,
  'world.run': 3,
  'world.examine': 3,
};

export function actionOf({ data }: ButtonView): string {
  return data?.split('|')[0] ?? '';
}

/** Taps offered buttons at random until it is aborted, however often taps fail. */
export class SimulatedPlayer {
  readonly person: SandboxPerson;
  hasReachedArena = false;
  /** Whether they have seen a screen in the language that they chose. */
  hasOwnLanguage = false;
  readonly name: string;
  readonly #stats: PlayerStats;
  readonly #draw: () => number;
  readonly #thinkMs: Range;
  readonly #over: AbortSignal;
  readonly #choosesLanguage: boolean;
  readonly #walks: boolean;
  #isMet = false;
  #lastSeen = '';
  #unchangedSteps = 0;

  constructor(
    person: SandboxPerson,
    options: {
      readonly name: string;
      readonly stats: PlayerStats;
      readonly draw: () => number;
      readonly thinkMs: Range;
      readonly over: AbortSignal;
      /** Whether they choose a language other than that of their Telegram. */
      readonly choosesLanguage: boolean;
      /** Whether they leave the arena for the world. */
      readonly walks: boolean;
    },
  ) {
    this.person = person;
    this.name = options.name;
    this.#stats = options.stats;
    this.#draw = options.draw;
    this.#thinkMs = options.thinkMs;
    this.#over = options.over;
    this.#choosesLanguage = options.choosesLanguage;
    this.#walks = options.walks;
  }

  async play(): Promise<void> {
    this.person.say('/start');
    await this.#think();
    if (this.#choosesLanguage) await this.#chooseLanguage();
    while (!this.#over.aborted) {
      await this.#step(this.person.lastScreen());
      await this.#think();
    }
  }

  async #chooseLanguage(): Promise<void> {
    this.person.say('/language');
    for (let tries = 0; tries < LANGUAGE_TRIES; tries += 1) {
      await this.#think();
      const buttons = this.person.lastScreen()?.buttons.flat() ?? [];
      const button = buttons.find(({ data }) => data === `language.set||${CHOSEN_LANGUAGE}`);
      if (button === undefined) continue;
      await this.#tap(button);
      return this.#think();
    }
  }

  async #step(screen: MessageView | null): Promise<void> {
    this.#observe(screen);
    if (screen?.text.includes('✏️') === true && this.#unchangedSteps < STUCK_AFTER) {
      this.person.say(this.name);
      return;
    }
    const button = screen === null ? null : this.#chooseButton(screen.buttons.flat());
    if (button !== null && this.#unchangedSteps < STUCK_AFTER) return this.#tap(button);
    this.#unchangedSteps = 0;
    this.person.say('/menu');
    await this.#think();
  }

  #observe(screen: MessageView | null): void {
    const seen = screen === null ? '' : `${screen.messageId} ${screen.html}`;
    this.#unchangedSteps = seen === this.#lastSeen ? this.#unchangedSteps + 1 : 0;
    this.#lastSeen = seen;
    this.hasOwnLanguage ||= isInChosenLanguage(screen?.text ?? '');
    const offered = screen?.buttons.flat().map(actionOf) ?? [];
    this.hasReachedArena ||= offered.includes('character') || offered.includes('battle.strike');
    if (screen?.text.includes('Your progress is safe') === true) this.#stats.errorScreens += 1;
    const isMet = offered.includes('world.fight');
    if (isMet && !this.#isMet) this.#stats.encounters += 1;
    this.#isMet = isMet;
  }

  #chooseButton(buttons: readonly ButtonView[]): ButtonView | null {
    const hasCharacter = buttons.some((one) => actionOf(one) === 'lobby.enter');
    const names = [...new Set(buttons.map(actionOf))].filter(
      (name) => !(hasCharacter && name === 'lobby.new'),
    );
    const weightOf = (name: string) =>
      name === 'world' && !this.#walks ? 0 : (actionWeights[name] ?? 0);
    let left = this.#draw() * names.reduce((sum, name) => sum + weightOf(name), 0);
    const chosen = names.find((name) => (left -= weightOf(name)) < 0);
    const offered = buttons.filter((one) => actionOf(one) === chosen);
    return offered[Math.floor(this.#draw() * offered.length)] ?? null;
  }

  async #tap(button: ButtonView): Promise<void> {
    const { tapsByAction } = this.#stats;
    this.#stats.taps += 1;
    const action = actionOf(button);
    tapsByAction.set(action, (tapsByAction.get(action) ?? 0) + 1);
    try {
      await this.person.tap((one) => one.data === button.data).answered(ANSWER_MS);
    } catch {
      // Not answered, or the button was replaced before the tap.
      this.#stats.unanswered += 1;
    }
  }

  async #think(): Promise<void> {
    const { min, max } = this.#thinkMs;
    await abortableSleep(min + this.#draw() * (max - min), this.#over);
  }
}
