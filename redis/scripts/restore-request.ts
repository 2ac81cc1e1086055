import type { QueueRequest } from '../../domains/arena/arena-store.ts';
import { keys } from '../keys.ts';
import type { RedisClient } from '../redis-client.ts';
import { LuaScript } from './lua-script.ts';

export type RestoreReply = 'restored' | 'freed' | 'not_held';

const script = new LuaScript<RestoreReply>('restore-request', ['restored', 'freed', 'not_held']);

/** `leftMs` is what is left of the request's life; 0 frees the seat without a new wait. */
export function restoreRequest(
  client: RedisClient,
  { charId, userId, mode, gs, startTimeMs }: QueueRequest,
  match: { readonly matchId: string; readonly leftMs: number },
): Promise<RestoreReply> {
  return script.run(client, {
    keys: [keys.queue(mode), keys.since(mode), keys.request(charId), keys.seat(charId)],
    args: [match.matchId, charId, userId ?? '', mode, gs, startTimeMs, match.leftMs],
  });
}
