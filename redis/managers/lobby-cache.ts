import { z } from 'zod';
import { type Character, characterSchema } from '../../domains/account/character.ts';
import type { Log } from '../../domains/core/log.ts';
import { keys, keyTable } from '../keys.ts';
import type { RedisClient } from '../redis-client.ts';
import { readStoredJson } from './stored-json.ts';

const lobbySchema = z.array(characterSchema);

/** The characters of a user (`lobby:user:<user_id>`), cache-aside; null for a missing or unreadable list. */
export class LobbyCache {
  readonly #client: RedisClient;
  readonly #log: Log;

  constructor({ client, log }: { readonly client: RedisClient; readonly log: Log }) {
    this.#client = client;
    this.#log = log;
  }

  async get(userId: number): Promise<Character[] | null> {
    const key = keys.lobby(userId);
    const text = await this.#client.get(key);
    return readStoredJson({ key, text, schema: lobbySchema, log: this.#log });
  }

  async set(userId: number, characters: readonly Character[]): Promise<void> {
    const text = JSON.stringify(lobbySchema.parse(characters));
    await this.#client.set(keys.lobby(userId), text, 'EX', keyTable.lobby.lifeS);
  }

  async delete(userId: number): Promise<void> {
    await this.#client.del(keys.lobby(userId));
  }
}
