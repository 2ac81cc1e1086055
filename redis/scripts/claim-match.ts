import type { RedisClient } from '../redis-client.ts';
import type { ClaimReply, Match, QueueRequest } from '../../domains/arena/arena-store.ts';
import { keys, keyTable } from '../keys.ts';
import { LuaScript } from './lua-script.ts';

const script = new LuaScript<ClaimReply>('claim-match', [
  'claimed',
  'seeker_gone',
  'opponent_gone',
]);

/** `match.claimedAtMs` is also the present. */
export function claimMatch(
  client: RedisClient,
  match: Match,
  life: { readonly requestTtlMs: number },
): Promise<ClaimReply> {
  const sides = match.opponent === null ? [match.seeker] : [match.seeker, match.opponent];
  return script.run(client, {
    keys: [
      keys.queue(match.mode),
      keys.since(match.mode),
      keys.match(match.id),
      keys.matches(),
      ...sides.flatMap(({ charId }) => keysOf(charId)),
    ],
    args: [
      match.id,
      match.mode,
      match.claimedAtMs,
      life.requestTtlMs,
      keyTable.seat.lifeS * 1_000,
      keyTable.lastOpponent.lifeS * 1_000,
      ...sides.flatMap(argsOf),
    ],
  });
}

function keysOf(charId: number): string[] {
  return [keys.request(charId), keys.seat(charId), keys.lastOpponent(charId)];
}

function argsOf({ charId, userId, gs, startTimeMs }: QueueRequest): (string | number)[] {
  return [charId, userId ?? '', gs, startTimeMs];
}
