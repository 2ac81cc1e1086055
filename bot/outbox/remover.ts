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
    const { api, gate } = this.#deps;
    try {
      await gate.run('ambient', (signal) => api.deleteMessage(chatId, messageId, signal));
      return null;
    } catch (error) {
      if (isPassing(failureOf(error))) return this.#later({ chatId, messageId }, attempt, error);
    }
    return this.#strip({ chatId, messageId }, attempt);
  }

  async #strip(message: MessageFacts, attempt: RemovalTry): Promise<number | null> {
    const { api, gate } = this.#deps;
    const { chatId, messageId } = message;
    try {
      await gate.run('ambient', (signal) =>
        api.editMessageReplyMarkup(chatId, messageId, {}, signal),
      );
      return null;
    } catch (error) {
      const failure = failureOf(error);
      if (harmless.has(failure)) return null;
      return this.#later(
        message,
        { ...attempt, isLast: attempt.isLast || !isPassing(failure) },
        error,
      );
    }
  }

  #later(message: MessageFacts, { failures, isLast }: RemovalTry, error: unknown): number | null {
    if (isLast) {
      this.#deps.log.warn({ ...message, ...factsOf(error) }, 'an old screen could not be removed');
      return null;
    }
    return floodWaitMs(error) ?? FIRST_PAUSE_MS * 2 ** failures;
  }
}

interface MessageFacts {
  readonly chatId: number;
  readonly messageId: number;
}

const harmless: ReadonlySet<string> = new Set(['gone', 'not_modified', 'unreachable']);
