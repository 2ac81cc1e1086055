import { z } from 'zod';
import type { Log } from '../../domains/core/log.ts';
import type { MemoStore } from '../../domains/core/memo-store.ts';
import { encode } from '../documents/document-text.ts';
import { keys } from '../keys.ts';
import type { RedisClient } from '../redis-client.ts';
import { readStoredJson } from './stored-json.ts';

/** Small JSON values under `memo:<kind>:<id>`, each with its own TTL. */
export class MemoManager implements MemoStore {
  readonly #client: RedisClient;
  readonly #log: Log;

  constructor({ client, log }: { readonly client: RedisClient; readonly log: Log }) {
    this.#client = client;
    this.#log = log;
  }

  async read(kind: string, id: string): Promise<unknown> {
    const key = keys.memo(kind, id);
    const text = await this.#client.get(key);
    return readStoredJson({ key, text, schema: z.unknown(), log: this.#log });
  }

  async write(
    kind: string,
    id: string,
    memo: { readonly value: unknown; readonly ttlS: number },
  ): Promise<void> {
    await this.#client.set(keys.memo(kind, id), encode(memo.value), 'EX', memo.ttlS);
  }

  async erase(kind: string, id: string): Promise<void> {
    await this.#client.del(keys.memo(kind, id));
  }
}
