import { keys } from '../keys.ts';
import { prefixOf } from '../key-prefix.ts';
import type { RedisClient } from '../redis-client.ts';
import { RedisStartError } from '../redis-start-error.ts';
import { holdBotId } from '../scripts/hold-bot-id.ts';
import { CURE } from '../wrong-type.ts';

/** `bot:id`: whose keys these are. Any number of processes of that bot may be there. */
export class BotIdManager {
  readonly #client: RedisClient;
  readonly #botId: number;

  constructor(client: RedisClient, botId: number) {
    this.#client = client;
    this.#botId = botId;
  }

  /** To be repeated; raises one line if the keys are another bot's. */
  async hold(): Promise<void> {
    const other = await holdBotId(this.#client, this.#botId);
    if (other !== null) throw new RedisStartError(this.#refusalOf(other));
  }

  #refusalOf(other: string): string {
    if (!/^\d{1,20}$/.test(other)) {
      return `Not ours is what stands in ${prefixOf(this.#client)}${keys.botId()}: ${CURE}.`;
    }
    return (
      `Another bot (id ${other}) plays on this Redis: set REDIS_PREFIX to a name of this bot's own, ` +
      'or stop that one and wait for a minute.'
    );
  }
}
