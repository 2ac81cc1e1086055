import type { Api } from 'grammy';
import type { Log } from '../../domains/core/log.ts';
import { factsOf, failureOf, floodWaitMs, isPassing } from '../api-errors.ts';
import type { CallGate } from './call-gate.ts';

export interface RemoverDeps {
  readonly api: Api;
  readonly gate: CallGate;
  readonly log: Log;
}

export interface RemovalTry {
  /** How often it has failed before. */
  readonly failures: number;
  /** Nobody will try again: then a failure is worth a line. */
  readonly isLast: boolean;
}

const FIRST_PAUSE_MS = 500;

/** Takes old screens out of their chats; past 48 h, when one cannot be deleted, its keyboard. */
export class Remover {
  readonly #deps: RemoverDeps;

  constructor(deps: RemoverDeps) {
    this.#deps = deps;
  }

  /** Never rejects; answers in how many ms another try is due, or null: it is done with. */
  async remove(chatId: number, messageId: number, attempt: RemovalTry): Promise<number | null> {
    const { api, gate, log } = this.#deps;
    try {
      await gate.run('ambient', (signal) => api.deleteMessage(chatId, messageId, signal));
      return null;
    } catch (error) {
      const stripped = isPassing(failureOf(error)) ? null : await this.strip(chatId, messageId);
      if (stripped !== null && typeof stripped !== 'number') return null;
      if (!attempt.isLast) return stripped ?? waitMs(error, attempt.failures);
      const facts = { chatId, messageId, ...factsOf(error) };
      log.warn(facts, 'an old screen could not be removed');
      return null;
    }
  }

  /**
   * Takes a message's keyboard: `done` if it is one of ours, `absent` if there is none such, else in
   * how many ms to try again. Other people's messages, which a bot could delete, it cannot edit.
   */
  async strip(chatId: number, messageId: number): Promise<'done' | 'absent' | number> {
    const { api, gate } = this.#deps;
    try {
      await gate.run('ambient', (signal) =>
        api.editMessageReplyMarkup(chatId, messageId, {}, signal),
      );
      return 'done';
    } catch (error) {
      const failure = failureOf(error);
      if (failure === 'not_modified') return 'done';
      return isPassing(failure) ? waitMs(error, 0) : 'absent';
    }
  }
}

function waitMs(error: unknown, failures: number): number {
  return floodWaitMs(error) ?? FIRST_PAUSE_MS * 2 ** failures;
}
