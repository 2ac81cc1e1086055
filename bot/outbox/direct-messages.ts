import { type Api, InputFile } from 'grammy';
import type { Log } from '../../domains/core/log.ts';
import type {
  BulkOutcome,
  FileToSend,
  Messenger,
  NoteToSend,
  PhotoToSend,
} from '../../domains/core/messenger.ts';
import { type ApiFailure, failureOf } from '../api-errors.ts';
import type { Timing } from '../timing.ts';
import { Translator } from '../translator.ts';
import type { BulkBudget } from './bulk-budget.ts';
import type { CallLimiter, CallSignal } from './call-limiter.ts';
import type { ChatMemory } from './chat-memory.ts';
import { privateChatOf } from './delivery-target.ts';

export interface DirectMessagesDeps {
  readonly api: Api;
  readonly limiter: CallLimiter;
  readonly budget: BulkBudget;
  readonly timing: Timing;
  readonly memory: ChatMemory;
  readonly log: Log;
}

/** Longer ones are refused by Telegram. */
const LONGEST_MESSAGE = 4096;

const bulkOutcomes: Readonly<Partial<Record<ApiFailure, BulkOutcome>>> = {
  unknown: 'sent',
  unreachable: 'blocked',
  flood: 'unsent',
  unsent: 'unsent',
};

/** Messages beside the one screen of a chat, in the reader's language. */
export class DirectMessages implements Messenger {
  readonly #deps: DirectMessagesDeps;

  constructor(deps: DirectMessagesDeps) {
    this.#deps = deps;
  }

  async sendFile(userId: number, { name, content, caption }: FileToSend): Promise<boolean> {
    const { chatId } = privateChatOf(userId);
    const translator = await this.#translatorFor(userId);
    const file = new InputFile(Buffer.from(content), name);
    const options = { caption: translator.plain(caption) };
    return this.#send(userId, (signal) =>
      this.#deps.api.sendDocument(chatId, file, options, signal),
    );
  }

  async sendPhoto(userId: number, { picture, caption }: PhotoToSend): Promise<string | null> {
    const { chatId } = privateChatOf(userId);
    const translator = await this.#translatorFor(userId);
    const photo = typeof picture === 'string' ? picture : new InputFile(picture, 'picture.png');
    const options = { caption: translator.plain(caption) };
    let fileId: string | null = null;
    await this.#send(userId, async (signal) => {
      const sent = await this.#deps.api.sendPhoto(chatId, photo, options, signal);
      fileId = sent.photo.at(-1)?.file_id ?? null;
    });
    return fileId;
  }

  /** Without formatting: what somebody typed is shown as it is. */
  async sendNote(userId: number, { lines, quoted }: NoteToSend): Promise<boolean> {
    const { chatId } = privateChatOf(userId);
    const translator = await this.#translatorFor(userId);
    const head = lines.map((line) => translator.plain(line)).join('\n');
    const message = `${head}\n\n${quoted}`.slice(0, LONGEST_MESSAGE);
    return this.#send(userId, (signal) => this.#deps.api.sendMessage(chatId, message, {}, signal));
  }

  async sendBulk(userId: number, message: string): Promise<BulkOutcome> {
    const { api, limiter, budget, timing, log } = this.#deps;
    const { chatId } = privateChatOf(userId);
    const options = { disable_notification: true };
    await timing.wait(budget.reserve() - timing.now());
    try {
      await limiter.run('ambient', (signal) => api.sendMessage(chatId, message, options, signal));
      return 'sent';
    } catch (error) {
      const outcome = bulkOutcomes[failureOf(error)] ?? 'failed';
      if (outcome === 'failed') log.warn({ userId, err: error }, 'direct message failed');
      return outcome;
    }
  }

  async #translatorFor(userId: number): Promise<Translator> {
    const language = await this.#deps.memory.language(userId, null);
    return new Translator(language, { clientTime: false });
  }

  async #send(userId: number, call: (signal: CallSignal) => Promise<unknown>): Promise<boolean> {
    const { limiter, log } = this.#deps;
    try {
      await limiter.run('reply', call);
      return true;
    } catch (error) {
      log.warn({ userId, err: error }, 'direct message failed');
      return false;
    }
  }
}
