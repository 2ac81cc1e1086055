import { z } from 'zod';
import type { ChatLockReply, ChatStore } from '../../domains/core/chat-store.ts';
import type { Log } from '../../domains/core/log.ts';
import type { MemoOfUser } from '../../domains/core/memo-store.ts';
import { encode } from '../documents/document-text.ts';
import { keyTable, keys } from '../keys.ts';
import type { RedisClient } from '../redis-client.ts';
import { releaseChat } from '../scripts/release-chat.ts';
import { renewChat } from '../scripts/renew-chat.ts';
import { takeChat } from '../scripts/take-chat.ts';
import { readStoredJson } from './stored-json.ts';

/** The kind of memo in which release 0.1.0 stored screens. */
const OLD_KIND: MemoOfUser = 'screen';

type Lease = Parameters<ChatStore['take']>[1];

/** The screen of each chat (`{chat:<id>}:screen`) and who writes into it (`{chat:<id>}:lock`). */
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

  async eraseScreen(chatId: number): Promise<void> {
    await this.#client.del(keys.chatScreen(chatId));
    await this.#client.del(keys.memo(OLD_KIND, String(chatId)));
  }

  async take(chatId: number, lease: Lease): Promise<ChatLockReply> {
    const text = await takeChat(this.#client, chatId, lease);
    if (text === null) return { kind: 'busy' };
    return { kind: 'taken', screen: await this.#screenIn(chatId, text) };
  }

  async renew(chatId: number, lease: Lease): Promise<void> {
    await renewChat(this.#client, chatId, lease);
  }

  async release(chatId: number, token: string, screen: unknown): Promise<void> {
    const text = screen === null ? '' : encode(screen);
    await releaseChat(this.#client, chatId, { token, screen: text });
  }

  /** Empty text: this release has stored no screen, but release 0.1.0 may have. */
  async #screenIn(chatId: number, stored: string): Promise<unknown> {
    const key = stored === '' ? keys.memo(OLD_KIND, String(chatId)) : keys.chatScreen(chatId);
    const text = stored === '' ? await this.#client.get(key) : stored;
    return readStoredJson({ key, text, schema: z.unknown(), log: this.#log });
  }
}
