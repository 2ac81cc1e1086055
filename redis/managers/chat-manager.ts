import { z } from 'zod';
import type { ChatStore, ChatLockReply } from '../../domains/core/chat-store.ts';
import type { Log } from '../../domains/core/log.ts';
import { encode } from '../documents/document-text.ts';
import { keyTable, keys } from '../keys.ts';
import type { RedisClient } from '../redis-client.ts';
import { releaseChat } from '../scripts/release-chat.ts';
import { renewChat } from '../scripts/renew-chat.ts';
import { takeChat } from '../scripts/take-chat.ts';
import { readStoredJson } from './stored-json.ts';

/** The kind of memo that release 0.1.0 remembered screens as. */
const OLD_KIND = 'screen';

/**
 * The screen of each chat (`{chat:<id>}:screen`) and who writes into it (`{chat:<id>}:lock`). A chat
 * without a screen may have one that release 0.1.0 remembered.
 */
export class ChatManager implements ChatStore {
  readonly #client: RedisClient;
  readonly #log: Log;

  constructor({ client, log }: { readonly client: RedisClient; readonly log: Log }) {
    this.#client = client;
    this.#log = log;
  }

  async readScreen(chatId: number): Promise<unknown> {
    return this.#screenIn(chatId, (await this.#client.get(keys.chatScreen(chatId))) ?? '');
  }

  async writeScreen(chatId: number, screen: unknown): Promise<void> {
    const { lifeS } = keyTable.chatScreen;
    await this.#client.set(keys.chatScreen(chatId), encode(screen), 'EX', lifeS);
  }

  async take(
    chatId: number,
    lock: { readonly token: string; readonly leaseMs: number },
  ): Promise<ChatLockReply> {
    const text = await takeChat(this.#client, chatId, lock);
    if (text === null) return { kind: 'busy' };
    return { kind: 'taken', screen: await this.#screenIn(chatId, text) };
  }

  async renew(
    chatId: number,
    lock: { readonly token: string; readonly leaseMs: number },
  ): Promise<void> {
    await renewChat(this.#client, chatId, lock);
  }

  async release(chatId: number, token: string, screen: unknown): Promise<void> {
    const text = screen === null ? '' : encode(screen);
    await releaseChat(this.#client, chatId, { token, screen: text });
  }

  /** What the text says; of an empty one nothing is remembered by this release. */
  async #screenIn(chatId: number, text: string): Promise<unknown> {
    if (text !== '') return this.#read(keys.chatScreen(chatId), text);
    const old = keys.memo(OLD_KIND, String(chatId));
    return this.#read(old, await this.#client.get(old));
  }

  #read(key: string, text: string | null): unknown {
    return readStoredJson({ key, text, schema: z.unknown(), log: this.#log });
  }
}
