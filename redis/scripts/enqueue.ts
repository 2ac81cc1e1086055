import type { RedisClient } from '../redis-client.ts';
import type { EnqueueReply, QueueRequest } from '../../domains/arena/arena-store.ts';
import { keys } from '../keys.ts';
import { LuaScript } from './lua-script.ts';

/** Whose cards are wanted with the place: so many each way, within these GearScores. */
export interface Near {
  readonly limit: number;
  readonly minGs: number;
  readonly maxGs: number;
}

export interface Enqueued {
  readonly word: EnqueueReply;
  /** The character's own. */
  readonly card: string;
  readonly up: readonly string[];
  readonly down: readonly string[];
  /** Whether whoever waits has a card. */
  readonly all: boolean;
}

const script = new LuaScript<EnqueueReply>('enqueue', ['queued', 'already_queued', 'seated']);

/** `request.startTimeMs` is also the present. */
export async function enqueue(
  client: RedisClient,
  request: QueueRequest,
  asked: { readonly requestTtlMs: number; readonly near?: Near },
): Promise<Enqueued> {
  const { charId, userId, mode, gs, startTimeMs } = request;
  const { limit, minGs, maxGs } = asked.near ?? { limit: 0, minGs: 0, maxGs: 0 };
  const { word, rest } = await script.ask(client, {
    keys: [
      ...[keys.queue(mode), keys.since(mode), keys.cards(mode), keys.line(mode)],
      ...[keys.request(charId), keys.seat(charId), keys.lastOpponent(charId)],
    ],
    args: [
      ...[charId, userId ?? '', mode, gs, startTimeMs, asked.requestTtlMs],
      ...[limit, Math.floor(minGs), Math.ceil(maxGs)],
    ],
  });
  const [card = '', up = '', down = '', all] = rest.split('|');
  return { word, card, up: cardsIn(up), down: cardsIn(down), all: all === 'all' };
}

function cardsIn(text: string): string[] {
  return text === '' ? [] : text.split(' ');
}
