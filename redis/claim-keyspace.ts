import { BotIdManager } from './managers/bot-id-manager.ts';
import { UpdateHeartbeatManager } from './managers/update-heartbeat-manager.ts';
import { outageOf } from './outage.ts';
import type { RedisClient } from './redis-client.ts';
import { RedisStartError } from './redis-start-error.ts';
import { CURE, wrongTypeOf } from './wrong-type.ts';

/**
 * Makes sure that whoever else is at work on these keys is a process of this bot and of this release;
 * raises one line if not. Answers what is to be repeated for as long as the bot runs.
 */
export async function claimKeyspace(
  client: RedisClient,
  botId: number,
): Promise<() => Promise<void>> {
  const ids = new BotIdManager(client, botId);
  try {
    await new UpdateHeartbeatManager(client).refuseOlderRelease();
    await ids.hold();
  } catch (error) {
    const wrong = wrongTypeOf(error);
    if (wrong !== null) {
      throw new RedisStartError(`${wrong.keys.join(', ')} holds another type than ours: ${CURE}.`);
    }
    // Of a server that is full or a replica the writes alone are refused, after another's id is met.
    if ((outageOf(error) ?? 'no answer') === 'no answer') throw error;
  }
  return () => ids.hold();
}
