import { z } from 'zod';
import type { JoinTerms, JoinedQueue, QueueRequest } from '../../domains/arena/arena-store.ts';
import { keyTable, keys } from '../keys.ts';
import { integerText, numberText, userIdText } from '../number-text.ts';
import type { RedisClient } from '../redis-client.ts';
import { LuaScript } from './lua-script.ts';

const words = ['queued', 'already_queued', 'seated', 'claimed'] as const;
const script = new LuaScript<JoinedQueue['kind']>('join-queue', words);

const opponentReply = z.tuple([integerText, userIdText, numberText, integerText]);

/** `request.startTimeMs` is also the present. */
export async function joinQueue(
  client: RedisClient,
  request: QueueRequest,
  terms: JoinTerms & { readonly requestTtlMs: number },
): Promise<JoinedQueue> {
  const { word, rest } = await script.ask(client, {
    keys: keysOf(request, terms),
    args: argsOf(request, terms),
  });
  if (word !== 'claimed') return { kind: word };
  const [charId, userId, gs, startTimeMs] = opponentReply.parse(rest);
  return { kind: 'claimed', opponent: { charId, userId, mode: request.mode, gs, startTimeMs } };
}

function keysOf({ charId, mode }: QueueRequest, { matchId }: JoinTerms): string[] {
  return [
    ...[keys.queue(mode), keys.since(mode), keys.matches(), keys.match(matchId)],
    ...[keys.request(charId), keys.seat(charId), keys.lastOpponent(charId)],
  ];
}

function argsOf(
  { charId, userId, mode, gs, startTimeMs }: QueueRequest,
  terms: JoinTerms & { readonly requestTtlMs: number },
): (string | number)[] {
  const { range, excludedIds } = terms;
  const { minGs, maxGs, aroundGs, limit } = range;
  const seconds = [keyTable.seat.lifeS, keyTable.lastOpponent.lifeS];
  return [
    ...[charId, userId ?? '', mode, gs, startTimeMs, terms.requestTtlMs],
    ...seconds.map((lifeS) => lifeS * 1_000),
    terms.matchId,
    ...[Math.floor(aroundGs), Math.floor(minGs), Math.ceil(maxGs), limit],
    wideningText(terms.widening),
    excludedIds.length === 0 ? ',' : `,${excludedIds.join(',')},`,
  ];
}

const wideningTexts = new WeakMap<JoinTerms['widening'], string>();

/** Made once: the steps are rules, the same for every join. */
function wideningText(steps: JoinTerms['widening']): string {
  const text =
    wideningTexts.get(steps) ?? steps.map(({ afterMs, share }) => `${afterMs}:${share}`).join(',');
  wideningTexts.set(steps, text);
  return text;
}
