import type { Look } from '../../domains/combat/battle-store.ts';
import { keys } from '../keys.ts';
import type { RedisClient } from '../redis-client.ts';
import { LuaScript } from './lua-script.ts';

export type NoteBeatReply = 'first' | 'later' | 'moved' | 'back';

const script = new LuaScript<NoteBeatReply>('note-beat', ['first', 'later', 'moved', 'back']);

/** Times in ms; several processes look after the clocks, each when it is its turn. */
export function noteBeat(
  client: RedisClient,
  { nowMs, awayMs, joinMs }: Look,
): Promise<NoteBeatReply> {
  return script.run(client, { keys: [keys.beat()], args: [nowMs, awayMs ?? '', joinMs] });
}
