import type { RedisClient } from '../redis-client.ts';
import type { Mode } from '../../domains/core/mode.ts';
import { keys } from '../keys.ts';
import { LuaScript } from './lua-script.ts';

export type RestoreReply = 'restored' | 'not_waiting';

const script = new LuaScript<RestoreReply>('restore-wait', ['restored', 'not_waiting'], 'cards');

export function restoreWait(
  client: RedisClient,
  charId: number,
  mode: Mode,
): Promise<RestoreReply> {
  return script.run(client, {
    keys: [
      ...[keys.queue(mode), keys.since(mode), keys.cards(mode), keys.line(mode)],
      ...[keys.request(charId), keys.seat(charId), keys.lastOpponent(charId)],
    ],
    args: [charId, mode],
  });
}
