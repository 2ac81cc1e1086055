import type { RedisClient } from '../redis-client.ts';
import { LuaScript } from './lua-script.ts';

export type MoveForwardReply = 'moved' | 'later';

const script = new LuaScript<MoveForwardReply>('move-forward', ['moved', 'later']);

/** Several clocks may write one moment: the one that is ahead does. */
export function moveForward(
  client: RedisClient,
  key: string,
  nowMs: number,
): Promise<MoveForwardReply> {
  return script.run(client, { keys: [key], args: [nowMs] });
}
