import type { Api } from 'grammy';
import type { Log } from '../../domains/core/log.ts';
import { factsOf, failureOf, floodWaitMs, isTransient } from '../api-errors.ts';
import type { CallLimiter, CallSignal, CallController } from './call-limiter.ts';

export interface RemoverDeps {
  readonly api: Api;
  readonly limiter: CallLimiter;
  readonly log: Log;
}

/** What became of a call about an old message. */
export type Removed =
  | { readonly kind: 'done' }
  /** There is no such message of ours. */
  | { readonly kind: 'absent' }
  /** It may work later: after a flood wait, in ms, or whenever there is time (0). */
  | { readonly kind: 'later'; readonly floodMs: number; readonly error: unknown }
  /** It will never work. */
  | { readonly kind: 'refused'; readonly error: unknown };

export interface OldMessage {
  readonly chatId: number;
  readonly messageId: number;
  /** Breaks the call off, for somebody's screen that must not wait. */
  readonly controller: CallController;
}

/** Takes old screens out of their chats; past 48 h, when one cannot be deleted, its keyboard. */
export class Remover {
  readonly #deps: RemoverDeps;

  constructor(deps: RemoverDeps) {
    this.#deps = deps;
  }

  /** Never rejects. */
  async remove(message: OldMessage): Promise<Removed> {
    const { api } = this.#deps;
    const { chatId, messageId } = message;
    const deleted = await this.#call(message, (signal) =>
      api.deleteMessage(chatId, messageId, signal),
    );
    return deleted.kind === 'refused' ? this.#removeKeyboard(message) : deleted;
  }

  /** Takes the keyboard alone. Other people's messages, which a bot could delete, it cannot edit. */
  async #removeKeyboard(message: OldMessage): Promise<Removed> {
    const { api } = this.#deps;
    const { chatId, messageId } = message;
    return this.#call(message, (signal) =>
      api.editMessageReplyMarkup(chatId, messageId, {}, signal),
    );
  }

  /** Nobody will try again. */
  giveUp({ chatId, messageId }: Omit<OldMessage, 'controller'>, error: unknown): void {
    if (failureOf(error) === 'unreachable') return;
    const facts = { chatId, messageId, ...factsOf(error) };
    this.#deps.log.warn(facts, 'an old screen could not be removed');
  }

  async #call(
    { controller }: OldMessage,
    call: (signal: CallSignal) => Promise<unknown>,
  ): Promise<Removed> {
    try {
      await this.#deps.limiter.run('ambient', call, { controller });
      return { kind: 'done' };
    } catch (error) {
      const failure = failureOf(error);
      if (failure === 'not_modified') return { kind: 'done' };
      if (isTransient(failure)) return { kind: 'later', floodMs: floodWaitMs(error) ?? 0, error };
      return isAbsent(error) ? { kind: 'absent' } : { kind: 'refused', error };
    }
  }
}

/** Not there at all, unlike what is there and cannot be deleted any more. */
function isAbsent(error: unknown): boolean {
  return /not found|MESSAGE_ID_INVALID|can't be edited/i.test(String(error));
}
