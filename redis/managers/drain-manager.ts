import type { DrainStore } from '../../domains/arena/drain.ts';
import { keys } from '../keys.ts';
import type { RedisClient } from '../redis-client.ts';

/** `{arena}:drain`: present while an operator drains the arena; it outlives every process. */
export class DrainManager implements DrainStore {
  readonly #client: RedisClient;

  constructor(client: RedisClient) {
    this.#client = client;
  }

  async isDraining(): Promise<boolean> {
    return (await this.#client.exists(keys.drain())) === 1;
  }

  async setDraining(isDraining: boolean): Promise<void> {
    if (isDraining) await this.#client.set(keys.drain(), '1');
    else await this.#client.del(keys.drain());
  }
}
