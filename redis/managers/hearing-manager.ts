import type { RedisClient } from '../redis-client.ts';
import type { Hearing } from '../../domains/core/hearing.ts';
import { keys, keyTable } from '../keys.ts';

/** `bot:hearing`: there while any process has noted lately that it hears Telegram. */
export class HearingManager implements Hearing {
  readonly #client: RedisClient;
  #isNoted = false;

  constructor(client: RedisClient) {
    this.#client = client;
  }

  /** Once only is it taken back: another process may have begun to hear since. */
  async note(isHearing: boolean): Promise<void> {
    if (isHearing) await this.#client.set(keys.hearing(), '1', 'EX', keyTable.hearing.lifeS);
    else if (this.#isNoted) await this.#client.del(keys.hearing());
    this.#isNoted = isHearing;
  }

  async isHeard(): Promise<boolean> {
    return (await this.#client.exists(keys.hearing())) === 1;
  }
}
