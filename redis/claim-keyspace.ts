import { BotIdManager } from './managers/bot-id-manager.ts';
import { UpdateHeartbeatManager } from './managers/update-heartbeat-manager.ts';
import { outageOf } from './outage.ts';
import type { RedisClient } from './redis-client.ts';
import { RedisStartError } from './redis-start-error.ts';
import { CURE, wrongTypeOf } from './wrong-type.ts';

/**
 * Raises a RedisStartError if another bot, or an older release, uses these keys. Returns the renewal,
 * to be called regularly while the bot runs.
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
      throw new RedisStartError(`${wrong.keys.join(', ')} holds another type: ${CURE}.`);
    }
    // A server without memory, or a replica, refuses only writes, and another bot's id was read before.
    if ((outageOf(error) ?? 'no answer') === 'no answer') throw error;
  }
  return () => ids.hold();
}
