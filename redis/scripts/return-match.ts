import type { RedisClient } from '../redis-client.ts';
import type { Match, QueueRequest } from '../../domains/arena/arena-store.ts';
import { keys } from '../keys.ts';
import { LuaScript } from './lua-script.ts';

export type ReturnReply = 'returned' | 'missing';

const script = new LuaScript<ReturnReply>('return-match', ['returned', 'missing'], 'cards');

/** `leftMs` is what is left of a side's request; 0 frees the side without queueing it. */
export function returnMatch(
  client: RedisClient,
  match: Match,
  leftMs: (side: QueueRequest) => number,
): Promise<ReturnReply> {
  const sides = match.opponent === null ? [match.seeker] : [match.seeker, match.opponent];
  return script.run(client, {
    keys: [
      keys.match(match.id),
      keys.matches(),
      keys.queue(match.mode),
      keys.since(match.mode),
      keys.cards(match.mode),
      keys.line(match.mode),
      ...sides.flatMap(({ charId }) => [
        keys.request(charId),
        keys.seat(charId),
        keys.lastOpponent(charId),
      ]),
    ],
    args: [
      match.id,
      match.mode,
      ...sides.flatMap((side) => [
        side.charId,
        side.userId ?? '',
        side.gs,
        side.startTimeMs,
        leftMs(side),
      ]),
    ],
  });
}
