import type { RedisClient } from '../redis-client.ts';
import { z } from 'zod';
import type {
  CandidateRange,
  QueueRequest,
  Sight,
  Waiting,
} from '../../domains/arena/arena-store.ts';
import type { Clock } from '../../domains/core/clock.ts';
import type { Log } from '../../domains/core/log.ts';
import type { Mode } from '../../domains/core/mode.ts';
import { execReplies } from '../exec-replies.ts';
import { keys } from '../keys.ts';
import { type CardsAround, readCard, sightOf } from '../arena-cards.ts';
import { requestSchemaOf } from './arena-records.ts';
import { integerText, isId, numberText } from './number-text.ts';
import { readStored } from './stored-json.ts';

export interface WaitingReaderDeps {
  readonly client: RedisClient;
  readonly clock: Clock;
  readonly log: Log;
  readonly requestTtlMs: number;
}

const hashReply = z.record(z.string(), z.string());
const cardsReply = z.array(z.string().nullable());
/** Members, or members and scores by turns. */
const membersReply = z.array(z.string());

/** Reads who waits, from the cards where there are some and from the requests where not. */
export class WaitingReader {
  readonly #client: RedisClient;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #requestTtlMs: number;

  constructor({ client, clock, log, requestTtlMs }: WaitingReaderDeps) {
    this.#client = client;
    this.#clock = clock;
    this.#log = log;
    this.#requestTtlMs = requestTtlMs;
  }

  /** What is over by the clock counts as absent, whether or not Redis has dropped it yet. */
  requestFrom(charId: number, reply: unknown): QueueRequest | null {
    const hash = hashReply.parse(reply);
    if (Object.keys(hash).length === 0) return null;
    const schema = requestSchemaOf(charId);
    const key = keys.request(charId);
    const request = readStored({ key, value: hash, schema, log: this.#log });
    return request !== null && this.#lives(request) ? request : null;
  }

  async waiting(charIds: readonly number[]): Promise<Waiting[]> {
    if (charIds.length === 0) return [];
    const batch = this.#client.pipeline();
    for (const id of charIds) batch.hgetall(keys.request(id)).get(keys.lastOpponent(id));
    const replies = await execReplies(batch);
    return charIds.flatMap((charId, index) => {
      const request = this.requestFrom(charId, replies[2 * index]);
      if (request === null) return [];
      return [{ ...request, lastOpponentId: this.#opponentFrom(charId, replies[2 * index + 1]) }];
    });
  }

  async oldest(mode: Mode, limit: number): Promise<Waiting[]> {
    if (limit < 1) return [];
    const entries = entriesOf(
      await this.#client.zrange(keys.since(mode), 0, limit - 1, 'WITHSCORES'),
    );
    if (entries.length === 0) return [];
    const ids = entries.map(({ charId }) => charId);
    const cards = cardsReply.parse(await this.#client.hmget(keys.cards(mode), ...ids.map(String)));
    const found = entries.map(({ charId, score }, index) => {
      const one = readCard(cards[index] ?? '', mode);
      return one?.charId === charId && one.startTimeMs === score ? one : null;
    });
    // Who came by an older release has none, or that of an earlier wait.
    const others = await this.waiting(ids.filter((_, index) => found[index] === null));
    const byId = new Map([...found, ...others].flatMap((one) => (one ? [[one.charId, one]] : [])));
    return ids.flatMap((id) => byId.get(id) ?? []).filter((one) => this.#isIn(one, mode));
  }

  async candidates(mode: Mode, range: CandidateRange): Promise<{ charId: number; gs: number }[]> {
    const { minGs, maxGs, aroundGs, limit } = range;
    const [up, down] = await execReplies(bothWays(this.#client, keys.queue(mode), range));
    const distance = (one: { gs: number }) => Math.abs(one.gs - aroundGs);
    return [...entriesOf(up), ...entriesOf(down)]
      .map(({ charId, score }) => ({ charId, gs: score }))
      .filter(({ gs }) => gs >= minGs && gs <= maxGs)
      .sort((a, b) => distance(a) - distance(b) || a.charId - b.charId)
      .slice(0, limit);
  }

  async look(mode: Mode, range: CandidateRange): Promise<Sight> {
    const [queue, line] = [keys.queue(mode), keys.line(mode)];
    const batch = bothWays(this.#client, line, range).zcard(queue).zcard(line);
    const [up, down, entries, cards] = await execReplies(batch);
    const around = { mode, limit: range.limit, aroundGs: range.aroundGs };
    const cardsOf = (reply: unknown) => membersReply.parse(reply).filter((_, at) => at % 2 === 0);
    const sight =
      entries === cards ? this.sight({ ...around, up: cardsOf(up), down: cardsOf(down) }) : null;
    if (sight !== null) return sight;
    const ids = (await this.candidates(mode, range)).map(({ charId }) => charId);
    return { others: await this.waiting(ids), horizon: null };
  }

  sight(cards: CardsAround): Sight | null {
    const sight = sightOf(cards);
    if (sight === null) return null;
    return { ...sight, others: sight.others.filter((one) => this.#lives(one)) };
  }

  /** Who asks to join, as he would wait; `lastOpponent` as it stands in its key, '' where it is absent. */
  asWaiting(request: QueueRequest, lastOpponent: string): Waiting {
    const { charId } = request;
    const stored = lastOpponent === '' ? null : lastOpponent;
    return { ...request, lastOpponentId: this.#opponentFrom(charId, stored) };
  }

  #isIn(one: Waiting, mode: string): boolean {
    return one.mode === mode && this.#lives(one);
  }

  #lives({ startTimeMs }: QueueRequest): boolean {
    return startTimeMs + this.#requestTtlMs > this.#clock.now();
  }

  #opponentFrom(charId: number, reply: unknown): number | null {
    if (reply === null) return null;
    const key = keys.lastOpponent(charId);
    return readStored({ key, value: reply, schema: integerText, log: this.#log });
  }
}

/** Whole numbers as bounds, outward: the stand-in reads no others. What is too far falls later. */
function bothWays(client: RedisClient, key: string, range: CandidateRange) {
  const { minGs, maxGs, aroundGs, limit } = range;
  const middle = Math.floor(aroundGs);
  return client
    .multi()
    .zrangebyscore(key, middle, Math.ceil(maxGs), 'WITHSCORES', 'LIMIT', 0, limit)
    .zrevrangebyscore(key, `(${middle}`, Math.floor(minGs), 'WITHSCORES', 'LIMIT', 0, limit);
}

function entriesOf(reply: unknown): { charId: number; score: number }[] {
  const flat = membersReply.parse(reply);
  return flat.flatMap((member, index) => {
    if (index % 2 === 1) return [];
    const [charId] = idsOf([member]);
    const score = numberText.safeParse(flat[index + 1]);
    return charId !== undefined && score.success ? [{ charId, score: score.data }] : [];
  });
}

/** What is no id of a character came from elsewhere; it must not keep the others from their duel. */
export function idsOf(reply: unknown): number[] {
  return membersReply.parse(reply).filter(isId).map(Number);
}
