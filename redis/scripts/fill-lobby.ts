import type { RedisClient } from '../redis-client.ts';
import type { FillReply } from '../../domains/account/account-store.ts';
import { keyTable, keys } from '../keys.ts';
import { LuaScript } from './lua-script.ts';

const script = new LuaScript<FillReply>('fill-lobby', ['filled', 'lost']);

export interface LobbyFill {
  /** The lease as it was stored. */
  readonly lease: string;
  /** The characters as a JSON array. */
  readonly characters: string;
}

export function fillLobby(
  client: RedisClient,
  userId: number,
  fill: LobbyFill,
): Promise<FillReply> {
  const { lease, characters } = fill;
  return script.run(client, {
    keys: [keys.lobby(userId)],
    args: [lease, characters, keyTable.lobby.lifeS],
  });
}
