import type { RedisClient } from '../redis-client.ts';
import { z } from 'zod';
import type { Log } from '../../domains/core/log.ts';
import { type Mode, modes } from '../../domains/core/mode.ts';
import { execReplies } from '../exec-replies.ts';
import { keys } from '../keys.ts';
import { dropExpired } from '../scripts/drop-expired.ts';
import { restoreWait } from '../scripts/restore-wait.ts';
import { isId } from './number-text.ts';
import { idsOf } from './waiting-reader.ts';

const AT_ONCE = 1_000;
const cardsReply = z.record(z.string(), z.string());

/**
 * Brings the cards back in step with the queue, where something else than our scripts wrote: an
 * older release, which knows no cards, or whoever deletes keys.
 */
export class CardKeeper {
  readonly #client: RedisClient;
  readonly #log: Log;

  constructor(client: RedisClient, log: Log) {
    this.#client = client;
    this.#log = log;
  }

  /** A request that is made or deleted alone has no card: it is read itself. */
  async forget(charId: number): Promise<void> {
    for (const mode of modes) {
      const card = await this.#client.hget(keys.cards(mode), String(charId));
      if (card === null) continue;
      const batch = this.#client.multi().zrem(keys.line(mode), card);
      await execReplies(batch.hdel(keys.cards(mode), String(charId)));
    }
  }

  /** The line is read before the cards: whoever stands in it has one, or has just left. */
  async mend(mode: Mode, time: { readonly nowMs: number; readonly requestTtlMs: number }) {
    await this.#dropForeign(keys.since(mode));
    const queued = idsOf(await this.#dropForeign(keys.queue(mode)));
    const line = await this.#client.zrange(keys.line(mode), 0, -1);
    const cards = cardsReply.parse(await this.#client.hgetall(keys.cards(mode)));
    await this.#dropFields(keys.cards(mode), Object.keys(cards));
    const known = new Set(Object.values(cards));
    const strays = line.filter((card) => !known.has(card));
    await inParts(strays, (card) => this.#client.zrem(keys.line(mode), card));
    const standing = new Set(line);
    const isWhole = (charId: number) => standing.has(cards[charId] ?? '');
    await inParts(
      queued.filter((charId) => !isWhole(charId)),
      (charId) => restoreWait(this.#client, charId, mode),
    );
    const entries = new Set(queued);
    await inParts(
      idsOf(Object.keys(cards)).filter((charId) => !entries.has(charId)),
      (charId) => dropExpired(this.#client, { charId, mode }, time),
    );
  }

  /** Answers what stays. Counted with the others, one that is no id would hide all cards for ever. */
  async #dropForeign(list: string): Promise<string[]> {
    const members = await this.#client.zrange(list, 0, -1);
    const foreign = members.filter((member) => !isId(member));
    await inParts(foreign, (member) => this.#client.zrem(list, member));
    this.#tell(list, foreign);
    return members.filter(isId);
  }

  async #dropFields(hash: string, fields: readonly string[]): Promise<void> {
    const foreign = fields.filter((field) => !isId(field));
    await inParts(foreign, (field) => this.#client.hdel(hash, field));
    this.#tell(hash, foreign);
  }

  #tell(key: string, foreign: readonly string[]): void {
    if (foreign.length === 0) return;
    const facts = { key, count: foreign.length, first: foreign[0] };
    this.#log.warn(
      facts,
      'what is no id of a character stood in a list of who waits and was dropped',
    );
  }
}

async function inParts<T>(all: readonly T[], act: (one: T) => Promise<unknown>): Promise<void> {
  for (let from = 0; from < all.length; from += AT_ONCE) {
    await Promise.all(all.slice(from, from + AT_ONCE).map(act));
  }
}
