import { setTimeout } from 'node:timers/promises';
import type { RedisClient } from '../redis-client.ts';
import type { Hearing } from '../../domains/core/hearing.ts';
import { keys, keyTable } from '../keys.ts';
import { RedisStartError } from '../redis-start-error.ts';

/** One more whenever a release and the one before it must not be at work on the same keys. 0.1.0 had 1. */
const FORM = 2;
/** Between two looks at the heartbeat of an older release. */
const LOOK_MS = 200;

/** `bot:hearing`: there while any process has noted lately that it hears Telegram. */
export class HearingManager implements Hearing {
  readonly #client: RedisClient;
  #isNoted = false;

  constructor(client: RedisClient) {
    this.#client = client;
  }

  /** Once only is it taken back: another process may have begun to hear since. */
  async note(isHearing: boolean): Promise<void> {
    if (isHearing) await this.#client.set(keys.hearing(), FORM, 'EX', keyTable.hearing.lifeS);
    else if (this.#isNoted) await this.#client.del(keys.hearing());
    this.#isNoted = isHearing;
  }

  async isHeard(): Promise<boolean> {
    return (await this.#client.exists(keys.hearing())) === 1;
  }

  /**
   * Raises one line if a process of an older release is alive, by its renewing its heartbeat. What one
   * that has stopped left behind is gone in seconds, which are waited for.
   */
  async refuseOlder(): Promise<void> {
    for (let leastMs = Infinity; ;) {
      const leftMs = await this.#olderLeftMs();
      if (leftMs < 0) return;
      if (leftMs > leastMs) {
        throw new RedisStartError(
          'A process of an older release is still running on this Redis: stop it first.',
        );
      }
      leastMs = leftMs;
      await setTimeout(LOOK_MS);
    }
  }

  /** The rest of the life of an older heartbeat; negative without one. */
  async #olderLeftMs(): Promise<number> {
    const form = await this.#client.get(keys.hearing());
    const isOlder = form !== null && /^\d+$/.test(form) && Number(form) < FORM;
    return isOlder ? this.#client.pttl(keys.hearing()) : -1;
  }
}
