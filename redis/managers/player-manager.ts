import { z } from 'zod';
import {
  type ActiveCharacter,
  type HotUserStore,
  type KnownUser,
  type Language,
  languageSchema,
  languageWordSchema,
  spokenLanguage,
} from '../../domains/account/hot-user-store.ts';
import type { Log } from '../../domains/core/log.ts';
import { execReplies } from '../exec-replies.ts';
import { keys } from '../keys.ts';
import { integerText } from '../number-text.ts';
import type { RedisClient } from '../redis-client.ts';
import { type StoredValue, readStored } from './stored-json.ts';

const characterText = z.union([z.literal('none'), integerText]);

/** Active character and language of a user: hash `player:<user_id>`. */
export class PlayerManager implements HotUserStore {
  readonly #client: RedisClient;
  readonly #log: Log;

  constructor({ client, log }: { readonly client: RedisClient; readonly log: Log }) {
    this.#client = client;
    this.#log = log;
  }

  async read(userId: number): Promise<KnownUser> {
    const key = keys.player(userId);
    const [character, language] = await this.#client.hmget(key, 'character', 'language');
    const word = { key, value: language, schema: languageWordSchema };
    return {
      character: await this.#read('character', { key, value: character, schema: characterText }),
      language: spokenLanguage(await this.#read('language', word)),
    };
  }

  async fill(userId: number, { character, language }: KnownUser): Promise<void> {
    const key = keys.player(userId);
    const batch = this.#client.pipeline();
    if (character !== null) batch.hsetnx(key, 'character', character);
    if (language !== null) batch.hsetnx(key, 'language', language);
    await execReplies(batch);
  }

  async setActiveCharacter(userId: number, character: ActiveCharacter): Promise<void> {
    await this.#client.hset(keys.player(userId), 'character', character);
  }

  async setLanguage(userId: number, language: Language): Promise<void> {
    await this.#client.hset(keys.player(userId), 'language', languageSchema.parse(language));
  }

  /** An unreadable field is deleted, so that `fill` can set it again. */
  async #read<T>(field: string, stored: Omit<StoredValue<T>, 'log'>): Promise<T | null> {
    if (stored.value == null) return null;
    const value = readStored({ ...stored, log: this.#log });
    if (value === null) await this.#client.hdel(stored.key, field);
    return value;
  }
}
