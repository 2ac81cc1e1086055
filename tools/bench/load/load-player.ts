import { performance } from 'node:perf_hooks';
import { z } from 'zod';
import type { Json } from './light-bot-api.ts';
import type { Measured } from './measured.ts';

/** A private chat takes one screen a second. */
const BETWEEN_TAPS_MS = 1_050;
/** A player who sees nothing for so long taps again. */
const TAP_AGAIN_MS = 10_000;
/** The two buttons that lead back and forth between two screens. */
export const tappedActions = ['character', 'home'] as const;

const keyboardSchema = z.object({
  inline_keyboard: z.array(z.array(z.object({ callback_data: z.string().optional() }))),
});

export interface PlayerOptions {
  readonly userId: number;
  readonly deliver: (update: Json) => void;
  readonly measured: () => Measured;
}

/** Goes back and forth between the arena menu and the character screen. */
export class LoadPlayer {
  readonly #options: PlayerOptions;
  #messageId = 0;
  #button: string | null = null;
  #tappedAtMs = 0;
  #isPlaying = false;
  #timer: NodeJS.Timeout | undefined;
  #onScreen: () => void = () => undefined;

  constructor(options: PlayerOptions) {
    this.#options = options;
  }

  /** What leads to the other screen. */
  get button(): string | null {
    return this.#button;
  }

  /** Resolves with the first screen. */
  start(): Promise<void> {
    this.say('/start');
    return new Promise((resolve) => {
      this.#onScreen = resolve;
    });
  }

  play(afterMs: number): void {
    if (this.#isPlaying) return;
    this.#isPlaying = true;
    this.#timer = setTimeout(() => {
      this.#tapOften();
    }, afterMs);
  }

  rest(): void {
    this.#isPlaying = false;
    clearTimeout(this.#timer);
    this.#onScreen = () => undefined;
  }

  say(text: string): void {
    const isCommand = text.startsWith('/');
    const entities = isCommand ? [{ type: 'bot_command', offset: 0, length: text.length }] : [];
    const message = { ...this.#message(0), from: this.#person(), text, entities };
    this.#options.deliver({ message });
  }

  tap(): void {
    const message = { ...this.#message(this.#messageId), text: 'screen' };
    const { measured, deliver } = this.#options;
    const query = { from: this.#person(), chat_instance: '1', data: this.#button ?? '', message };
    deliver({ callback_query: { id: measured().tapped(), ...query } });
  }

  see(messageId: number, markup: unknown): void {
    this.#messageId = messageId;
    const keyboard = keyboardSchema.safeParse(markup).data?.inline_keyboard ?? [];
    const data = keyboard.flat().map((button) => button.callback_data ?? '');
    this.#button = data.find((one) => tappedActions.some((name) => one.startsWith(name))) ?? null;
    this.#onScreen();
  }

  #tapOften(): void {
    this.#tappedAtMs = performance.now();
    this.tap();
    const again = (afterMs: number) => {
      clearTimeout(this.#timer);
      if (!this.#isPlaying) return;
      this.#timer = setTimeout(() => {
        this.#tapOften();
      }, afterMs);
    };
    again(TAP_AGAIN_MS);
    this.#onScreen = () => {
      const tookMs = performance.now() - this.#tappedAtMs;
      this.#options.measured().screens.push(tookMs);
      this.#onScreen = () => undefined;
      again(Math.max(0, BETWEEN_TAPS_MS - tookMs));
    };
  }

  #person() {
    const { userId: id } = this.#options;
    return { id, is_bot: false, first_name: `Player ${id}`, language_code: 'en' };
  }

  #message(messageId: number) {
    const { userId: id } = this.#options;
    return { message_id: messageId, date: 1, chat: { id, type: 'private', first_name: 'P' } };
  }
}
