import type { Api } from 'grammy';
import { failureOf, floodWaitMs, isTransient } from '../api-errors.ts';
import type { Timing } from '../timing.ts';
import type { CallLimiter } from './call-limiter.ts';

export interface AnswerDeps {
  readonly api: Api;
  readonly limiter: CallLimiter;
  readonly timing: Timing;
}

const MAX_TOAST_LENGTH = 200;
/** Telegram accepts an answer for about 15 s. */
const LIFE_MS = 14_000;
const FIRST_PAUSE_MS = 100;

/**
 * Ends the spinner of a tapped button, with or without a toast. Retries for as long as Telegram
 * accepts an answer: a second answer to the same tap does no harm. Rejects with the last failure.
 */
export async function answerTap(
  { api, limiter, timing }: AnswerDeps,
  queryId: string,
  toast: string | null,
): Promise<void> {
  const options = toast === null ? {} : { text: toast.slice(0, MAX_TOAST_LENGTH) };
  const startedMs = timing.now();
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs *= 2) {
    try {
      await limiter.run('answer', (signal) => api.answerCallbackQuery(queryId, options, signal));
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
