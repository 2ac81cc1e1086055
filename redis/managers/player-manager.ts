import type { Redis } from 'ioredis';
import type { z } from 'zod';
import {
  type Language,
  type PlayerStore,
  languageSchema,
} from '../../domains/account/player-store.ts';
import type { Log } from '../../domains/core/log.ts';
import { keys } from '../keys.ts';
import { readStored } from './stored-json.ts';
import { integerText } from './number-text.ts';

export interface PlayerManagerDeps {
  readonly client: Redis;
  readonly log: Log;
}

/** What is remembered of a user between taps: hash `player:<user_id>` with character and language. */
export class PlayerManager implements PlayerStore {
  readonly #client: Redis;
  readonly #log: Log;

  constructor({ client, log }: PlayerManagerDeps) {
    this.#client = client;
    this.#log = log;
  }

  async getActiveCharacter(userId: number): Promise<number | null> {
    return this.#read(userId, 'character', integerText);
  }

  async setActiveCharacter(userId: number, charId: number | null): Promise<void> {
    const key = keys.player(userId);
    if (charId === null) await this.#client.hdel(key, 'character');
    else await this.#client.hset(key, 'character', charId);
  }

  async getLanguage(userId: number): Promise<Language | null> {
    return this.#read(userId, 'language', languageSchema);
  }

  async setLanguage(userId: number, language: Language): Promise<void> {
    await this.#client.hset(keys.player(userId), 'language', languageSchema.parse(language));
  }

  async #read<T>(userId: number, field: string, schema: z.ZodType<T>): Promise<T | null> {
    const key = keys.player(userId);
    const value = await this.#client.hget(key, field);
    return value === null ? null : readStored({ key, value, schema, log: this.#log });
  }
}
