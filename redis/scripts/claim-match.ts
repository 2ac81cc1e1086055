import type { Match, QueueRequest } from '../../domains/arena/arena-store.ts';
import { keys, keyTable } from '../keys.ts';
import type { RedisClient } from '../redis-client.ts';
import { LuaScript } from './lua-script.ts';

const script = new LuaScript('claim-match', ['claimed', 'seeker_gone', 'opponent_gone']);

/** Requests are judged as of `match.claimedAtMs`. */
export function claimMatch(
  client: RedisClient,
  match: Match,
  life: { readonly requestTtlMs: number },
) {
  const sides = match.opponent === null ? [match.seeker] : [match.seeker, match.opponent];
  const { id, mode, claimedAtMs } = match;
  const seatTtlMs = keyTable.seat.lifeS * 1_000;
  const opponentTtlMs = keyTable.lastOpponent.lifeS * 1_000;
  return script.run(client, {
    keys: [
      ...[keys.queue(mode), keys.since(mode), keys.match(id), keys.matches(), keys.sides(id)],
      ...sides.flatMap(keysOf),
    ],
    args: [
      ...[id, mode, claimedAtMs, life.requestTtlMs, seatTtlMs, opponentTtlMs],
      ...sides.flatMap(argsOf),
    ],
  });
}

function keysOf({ charId }: QueueRequest): string[] {
  return [keys.request(charId), keys.seat(charId), keys.lastOpponent(charId)];
}

function argsOf({ charId, userId, gs, startTimeMs }: QueueRequest): (string | number)[] {
  return [charId, userId ?? '', gs, startTimeMs];
}
