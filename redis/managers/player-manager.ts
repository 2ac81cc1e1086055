import type { RedisClient } from '../redis-client.ts';
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
import { readStored } from './stored-json.ts';
import { integerText } from '../number-text.ts';

export interface PlayerManagerDeps {
  readonly client: RedisClient;
  readonly log: Log;
}

const characterText = z.union([z.literal('none'), integerText]);

/** What is remembered of a user between taps: hash `player:<user_id>` with character and language. */
export class PlayerManager implements HotUserStore {
  readonly #client: RedisClient;
  readonly #log: Log;

  constructor({ client, log }: PlayerManagerDeps) {
    this.#client = client;
    this.#log = log;
  }

  async read(userId: number): Promise<KnownUser> {
    const [character = null, language = null] = await this.#client.hmget(
      keys.player(userId),
      'character',
      'language',
    );
    return {
      character: await this.#readAs(characterText, {
        userId,
        field: 'character',
        value: character,
      }),
      language: spokenLanguage(
        await this.#readAs(languageWordSchema, { userId, field: 'language', value: language }),
      ),
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

  /** What cannot be read gives way, so that it can be filled in again. */
  async #readAs<T>(
    schema: z.ZodType<T>,
    { userId, field, value }: { userId: number; field: string; value: string | null },
  ): Promise<T | null> {
    if (value === null) return null;
    const key = keys.player(userId);
    const read = readStored({ key, value, schema, log: this.#log });
    if (read === null) await this.#client.hdel(key, field);
    return read;
  }
}
