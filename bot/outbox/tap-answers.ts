import type { Api } from 'grammy';
import { failureOf, floodWaitMs, isTransient } from '../api-errors.ts';
import type { Timing } from '../timing.ts';
import type { CallLimiter } from './call-limiter.ts';

export interface TapAnswersDeps {
  readonly api: Api;
  readonly limiter: CallLimiter;
  readonly timing: Timing;
}

/** Telegram's limit of a toast. */
const TOAST_LIMIT = 200;
/** Telegram takes an answer for about 15 s. */
const LIFE_MS = 14_000;
const FIRST_PAUSE_MS = 100;

/** Ends the spinner of a tapped button, with or without a toast. */
export class TapAnswers {
  readonly #deps: TapAnswersDeps;

  constructor(deps: TapAnswersDeps) {
    this.#deps = deps;
  }

  /**
   * Tries for as long as Telegram would take the answer: a second answer to the same tap is refused
   * and harms nobody, so a lost one can be repeated. Rejects with the last failure.
   */
  async answer(queryId: string, toast: string | null): Promise<void> {
    const { timing } = this.#deps;
    const startedMs = timing.now();
    for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs *= 2) {
      try {
        await this.#send(queryId, toast);
        return;
      } catch (error) {
        const failure = failureOf(error);
        if (failure === 'too_late') return;
        const waitMs = floodWaitMs(error) ?? pauseMs;
        if (!isTransient(failure) || timing.now() + waitMs - startedMs > LIFE_MS) throw error;
        await timing.wait(waitMs);
      }
    }
  }

  async #send(queryId: string, toast: string | null): Promise<void> {
    const { api, limiter } = this.#deps;
    const options = toast === null ? {} : { text: toast.slice(0, TOAST_LIMIT) };
    await limiter.run('answer', (signal) => api.answerCallbackQuery(queryId, options, signal));
  }
}
