import type { TimerHeartbeat } from '../../domains/combat/battle-store.ts';
import { keys } from '../keys.ts';
import type { RedisClient } from '../redis-client.ts';
import { LuaScript } from './lua-script.ts';

export type TimerHeartbeatReply = 'first' | 'later' | 'moved' | 'back';

const script = new LuaScript<TimerHeartbeatReply>('record-timer-heartbeat', [
  'first',
  'later',
  'moved',
  'back',
]);

/** Times in ms; several processes look after the clocks, each when it is its turn. */
export function recordTimerHeartbeat(
  client: RedisClient,
  { nowMs, maxGapMs, mergeGapMs }: TimerHeartbeat,
): Promise<TimerHeartbeatReply> {
  return script.run(client, {
    keys: [keys.timerHeartbeat()],
    args: [nowMs, maxGapMs ?? '', mergeGapMs],
  });
}
