import type { TimerHeartbeat } from '../../domains/combat/battle-store.ts';
import { keys } from '../keys.ts';
import type { RedisClient } from '../redis-client.ts';
import { LuaScript } from './lua-script.ts';

const script = new LuaScript('record-timer-heartbeat', ['first', 'stale', 'recorded', 'resumed']);

export function recordTimerHeartbeat(
  client: RedisClient,
  { nowMs, maxGapMs, mergeGapMs }: TimerHeartbeat,
) {
  const args = [nowMs, maxGapMs, mergeGapMs];
  return script.run(client, { keys: [keys.timerHeartbeat()], args });
}
