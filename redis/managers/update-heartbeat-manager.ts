import { setTimeout } from 'node:timers/promises';
import type { UpdateHeartbeat } from '../../domains/core/update-heartbeat.ts';
import { keyTable, keys } from '../keys.ts';
import type { RedisClient } from '../redis-client.ts';
import { RedisStartError } from '../redis-start-error.ts';

/** Version of the key format; a release that cannot share its keys with the one before increments it. */
const FORMAT = 2;
const POLL_MS = 200;

/** `bot:hearing`: present while any process has recently reported that it receives updates. */
export class UpdateHeartbeatManager implements UpdateHeartbeat {
  readonly #client: RedisClient;
  #isReported = false;

  constructor(client: RedisClient) {
    this.#client = client;
  }

  /** Deletes the key only once after it was set: another process may be reporting since. */
  async report(isReceiving: boolean): Promise<void> {
    const key = keys.updateHeartbeat();
    if (isReceiving) await this.#client.set(key, FORMAT, 'EX', keyTable.updateHeartbeat.lifeS);
    else if (this.#isReported) await this.#client.del(key);
    this.#isReported = isReceiving;
  }

  async isReceiving(): Promise<boolean> {
    return (await this.#client.exists(keys.updateHeartbeat())) === 1;
  }

  /**
   * Raises a RedisStartError if a process of an older release renews its heartbeat. Waits a few seconds
   * for the heartbeat of a stopped one to expire.
   */
  async refuseOlderRelease(): Promise<void> {
    for (let leastMs = Infinity; ;) {
      const leftMs = await this.#olderReleaseLeftMs();
      if (leftMs < 0) return;
      if (leftMs > leastMs) {
        throw new RedisStartError(
          'A process of an older release is still running on this Redis: stop it first.',
        );
      }
      leastMs = leftMs;
      await setTimeout(POLL_MS);
    }
  }

  async #olderReleaseLeftMs(): Promise<number> {
    const format = await this.#client.get(keys.updateHeartbeat());
    const isOlder = format !== null && /^\d+$/.test(format) && Number(format) < FORMAT;
    return isOlder ? this.#client.pttl(keys.updateHeartbeat()) : -1;
  }
}
