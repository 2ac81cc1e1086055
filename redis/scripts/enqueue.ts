import type { RedisClient } from '../redis-client.ts';
import type { EnqueueReply, QueueRequest } from '../../domains/arena/arena-store.ts';
import { keys } from '../keys.ts';
import { LuaScript } from './lua-script.ts';

const script = new LuaScript<EnqueueReply>(
  'enqueue',
  ['queued', 'already_queued', 'seated'],
  'cards',
);

/** `request.startTimeMs` is also the present. */
export function enqueue(
  client: RedisClient,
  request: QueueRequest,
  life: { readonly requestTtlMs: number },
): Promise<EnqueueReply> {
  const { charId, userId, mode, gs, startTimeMs } = request;
  return script.run(client, {
    keys: [
      ...[keys.queue(mode), keys.since(mode), keys.cards(mode), keys.line(mode)],
      ...[keys.request(charId), keys.seat(charId), keys.lastOpponent(charId)],
    ],
    args: [charId, userId ?? '', mode, gs, startTimeMs, life.requestTtlMs],
  });
}
