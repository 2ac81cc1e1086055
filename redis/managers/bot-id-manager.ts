import { prefixOf } from '../key-prefix.ts';
import { keys } from '../keys.ts';
import type { RedisClient } from '../redis-client.ts';
import { RedisStartError } from '../redis-start-error.ts';
import { holdBotId } from '../scripts/hold-bot-id.ts';
import { CURE } from '../wrong-type.ts';

/** `bot:id`: which bot uses these keys. Any number of its processes may. */
export class BotIdManager {
  readonly #client: RedisClient;
  readonly #botId: number;

  constructor(client: RedisClient, botId: number) {
    this.#client = client;
    this.#botId = botId;
  }

  /** Claims the keys or renews the claim. Raises a RedisStartError if another bot uses them. */
  async hold(): Promise<void> {
    const other = await holdBotId(this.#client, this.#botId);
    if (other === null) return;
    throw new RedisStartError(
      /^\d{1,20}$/.test(other)
        ? `Another bot (id ${other}) plays on this Redis: set REDIS_PREFIX to a name of this bot's ` +
            'own, or stop that one and wait for a minute.'
        : `${prefixOf(this.#client)}${keys.botId()} does not hold the id of a bot: ${CURE}.`,
    );
  }
}
