import { readFileSync } from 'node:fs';
import type { Redis } from 'ioredis';
import type { QueueRequest } from '../../domains/arena/arena-store.ts';
import { keys, keyTable } from '../../redis/keys.ts';

/** The key without the character id at its end. */
const prefixOf = (keyOf: (charId: number) => string) => keyOf(0).slice(0, -1);
const prefixes = [prefixOf(keys.request), prefixOf(keys.seat), prefixOf(keys.lastOpponent)];
const livesMs = [keyTable.request, keyTable.seat, keyTable.lastOpponent].map(
  ({ lifeS }) => lifeS * 1_000,
);
const text = readFileSync(new URL('./bare-join.lua', import.meta.url), 'utf8');

/** Loads bare-join.lua; each call of the result joins by one EVALSHA and answers the opponent's id. */
export async function loadBareJoin(client: Redis, how: 'first' | 'nearest') {
  const digest = String(await client.script('LOAD', text));
  return async (request: QueueRequest, matchId: string): Promise<number | null> => {
    const { charId, userId, mode, gs, startTimeMs } = request;
    const keyList = [
      keys.queue(mode),
      keys.since(mode),
      keys.matches(),
      keys.match(matchId),
      keys.request(charId),
      keys.seat(charId),
    ];
    const range = [Math.floor(gs * 0.85), Math.ceil(gs * 1.15)];
    const who = [how, charId, userId ?? '', mode, gs, startTimeMs];
    const args = [...who, ...range, matchId, ...livesMs, ...prefixes];
    const reply = await client.evalsha(digest, keyList.length, ...keyList, ...args);
    return reply === 'queued' ? null : Number(reply);
  };
}
