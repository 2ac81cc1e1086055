import { setTimeout } from 'node:timers/promises';
import type { RedisClient } from '../redis-client.ts';
import type { UpdateHeartbeat } from '../../domains/core/update-heartbeat.ts';
import { keys, keyTable } from '../keys.ts';
import { RedisStartError } from '../redis-start-error.ts';

/** One more whenever a release and the one before it must not be at work on the same keys. 0.1.0 had 1. */
const FORMAT = 2;
/** Between two looks at the heartbeat of an older release. */
const POLL_MS = 200;

/** `bot:hearing`: there while any process has noted lately that it hears Telegram. */
export class UpdateHeartbeatManager implements UpdateHeartbeat {
  readonly #client: RedisClient;
  #isReported = false;

  constructor(client: RedisClient) {
    this.#client = client;
  }

  /** Once only is it taken back: another process may have begun to hear since. */
  async report(isHearing: boolean): Promise<void> {
    if (isHearing)
      await this.#client.set(keys.updateHeartbeat(), FORMAT, 'EX', keyTable.updateHeartbeat.lifeS);
    else if (this.#isReported) await this.#client.del(keys.updateHeartbeat());
    this.#isReported = isHearing;
  }

  async isReceiving(): Promise<boolean> {
    return (await this.#client.exists(keys.updateHeartbeat())) === 1;
  }

  /**
   * Raises one line if a process of an older release is alive, by its renewing its heartbeat. What one
   * that has stopped left behind is gone in seconds, which are waited for.
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

  /** The rest of the life of an older heartbeat; negative without one. */
  async #olderReleaseLeftMs(): Promise<number> {
    const form = await this.#client.get(keys.updateHeartbeat());
    const isOlder = form !== null && /^\d+$/.test(form) && Number(form) < FORMAT;
    return isOlder ? this.#client.pttl(keys.updateHeartbeat()) : -1;
  }
}
