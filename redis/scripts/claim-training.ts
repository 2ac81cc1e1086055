import type { TrainingMatch } from '../../domains/arena/arena-store.ts';
import { keys, keyTable } from '../keys.ts';
import type { RedisClient } from '../redis-client.ts';
import { LuaScript } from './lua-script.ts';

const script = new LuaScript('claim-training', ['claimed', 'already_queued', 'seated']);

/** Requests are judged as of `match.claimedAtMs`. */
export function claimTraining(
  client: RedisClient,
  { id, mode, claimedAtMs, level, seeker }: TrainingMatch,
  life: { readonly requestTtlMs: number },
) {
  const { charId, userId, gs } = seeker;
  return script.run(client, {
    keys: [
      ...[keys.queue(mode), keys.since(mode), keys.match(id), keys.matches()],
      ...[keys.request(charId), keys.seat(charId)],
    ],
    args: [
      ...[id, mode, claimedAtMs, life.requestTtlMs, keyTable.seat.lifeS * 1_000],
      ...[level, charId, userId ?? '', gs],
    ],
  });
}
