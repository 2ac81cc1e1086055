import { z } from 'zod';
import type { JoinTerms, JoinedQueue, QueueRequest } from '../../domains/arena/arena-store.ts';
import { keyTable, keys } from '../keys.ts';
import { integerText, numberText, userIdText } from '../number-text.ts';
import type { RedisClient } from '../redis-client.ts';
import { LuaScript } from './lua-script.ts';

const script = new LuaScript('join-queue', ['queued', 'already_queued', 'seated', 'claimed']);
const opponentReply = z.tuple([integerText, userIdText, numberText, integerText]);

/** Requests are judged as of `request.startTimeMs`. */
export async function joinQueue(
  client: RedisClient,
  request: QueueRequest,
  terms: JoinTerms & { readonly requestTtlMs: number },
): Promise<JoinedQueue> {
  const { charId, mode } = request;
  const { word, rest } = await script.ask(client, {
    keys: [
      ...[keys.queue(mode), keys.since(mode), keys.matches(), keys.match(terms.matchId)],
      ...[keys.request(charId), keys.seat(charId), keys.lastOpponent(charId)],
      ...[keys.sides(terms.matchId), keys.blocked(charId)],
    ],
    args: argsOf(request, terms),
  });
  if (word !== 'claimed') return { kind: word };
  const [opponentId, userId, gs, startTimeMs] = opponentReply.parse(rest);
  return { kind: 'claimed', opponent: { charId: opponentId, userId, mode, gs, startTimeMs } };
}

function argsOf(
  { charId, userId, mode, gs, startTimeMs }: QueueRequest,
  terms: JoinTerms & { readonly requestTtlMs: number },
): (string | number)[] {
  const { minGs, maxGs, aroundGs, limit } = terms.range;
  return [
    ...[charId, userId ?? '', mode, gs, startTimeMs, terms.requestTtlMs],
    ...[keyTable.seat.lifeS * 1_000, keyTable.lastOpponent.lifeS * 1_000, terms.matchId],
    ...[Math.floor(aroundGs), Math.floor(minGs), Math.ceil(maxGs), limit],
    terms.widening.map(({ afterMs, share }) => `${afterMs}:${share}`).join(','),
    terms.blockedUserIds.length === 0 ? ',' : `,${terms.blockedUserIds.join(',')},`,
  ];
}
