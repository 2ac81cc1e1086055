import type { SoloMatch } from '../../domains/arena/arena-store.ts';
import { keys, keyTable } from '../keys.ts';
import type { RedisClient } from '../redis-client.ts';
import { LuaScript } from './lua-script.ts';

const script = new LuaScript('claim-training', ['claimed', 'already_queued', 'seated']);

/** Requests are judged as of `match.claimedAtMs`. */
export function claimTraining(
  client: RedisClient,
  match: SoloMatch,
  life: { readonly requestTtlMs: number },
) {
  const { id, mode, claimedAtMs, seeker } = match;
  const { charId, userId, gs } = seeker;
  // To a release that knows no monsters a match with one is unreadable: it frees the character.
  const against = 'monster' in match ? match.monster : match.level;
  return script.run(client, {
    keys: [
      ...[keys.queue(mode), keys.since(mode), keys.match(id), keys.matches()],
      ...[keys.request(charId), keys.seat(charId)],
    ],
    args: [
      ...[id, mode, claimedAtMs, life.requestTtlMs, keyTable.seat.lifeS * 1_000],
      ...[against, charId, userId ?? '', gs],
    ],
  });
}
