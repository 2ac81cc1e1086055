import type { QueueRequest } from '../../domains/arena/arena-store.ts';
import { keys } from '../keys.ts';
import type { RedisClient } from '../redis-client.ts';
import { LuaScript } from './lua-script.ts';

const script = new LuaScript('restore-request', ['restored', 'freed', 'not_held']);

/** `leftMs`: the rest of the request's TTL; 0 only frees the seat. */
export function restoreRequest(
  client: RedisClient,
  { charId, userId, mode, gs, startTimeMs }: QueueRequest,
  { matchId, leftMs }: { readonly matchId: string; readonly leftMs: number },
) {
  return script.run(client, {
    keys: [keys.queue(mode), keys.since(mode), keys.request(charId), keys.seat(charId)],
    args: [matchId, charId, userId ?? '', mode, gs, startTimeMs, leftMs],
  });
}
