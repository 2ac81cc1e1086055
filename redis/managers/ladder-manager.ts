import { z } from 'zod';
import {
  type CachedSeason,
  type LadderCache,
  type List,
  type ListEntry,
  type ListView,
  type RankedEntry,
  TOP_ROWS,
  groups,
  rowsFrom,
} from '../../domains/rating/ladder.ts';
import { execReplies } from '../exec-replies.ts';
import { keyTable, keys } from '../keys.ts';
import type { RedisClient } from '../redis-client.ts';
import { readList } from '../scripts/read-list.ts';

/** Leaves room below a number for the time at which it was reached. */
const UNIT = 2 ** 20;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const nameSchema = z.string();
const countsSchema = z.array(z.number());

/** The lists of the best as sorted sets, made again at most once a minute; who moves within them is moved at once. */
export class LadderManager implements LadderCache {
  readonly #client: RedisClient;

  constructor(client: RedisClient) {
    this.#client = client;
  }

  async view({ season, of }: List, charId: number): Promise<ListView | null> {
    const scope = scopeOf(season);
    const read = await readList(this.#client, { scope, of, charId, unit: UNIT });
    if (read === null) return null;
    const entries = read.lines.map(entryIn);
    const best = entries.filter(({ index }) => index < TOP_ROWS);
    const around = entries.slice(best.length);
    const index = around[0]?.index ?? 0;
    return {
      best: rowsFrom(best, { index: 0, place: 1 }),
      around: rowsFrom(around, { index, place: read.above + 1 }),
    };
  }

  async move(season: CachedSeason, moved: Omit<RankedEntry, 'name'>): Promise<number | null> {
    const { charId, shown, of } = moved;
    const all = keys.list(scopeOf(season.number), 'all');
    const score = scoreOf(moved, season);
    const batch = this.#client.pipeline().zadd(all, 'XX', score, charId);
    if (of !== null) batch.zadd(keys.list(scopeOf(season.number), of), 'XX', score, charId);
    batch.exists(all).zcount(all, (shown + 1) * UNIT, '+inf');
    const [isThere, above] = countsSchema.parse((await execReplies(batch)).slice(-2));
    return isThere === 1 ? (above ?? null) : null;
  }

  async takeRebuild(): Promise<boolean> {
    const { lifeS } = keyTable.listsMade;
    return (await this.#client.set(keys.listsMade(), '1', 'EX', lifeS, 'NX')) === 'OK';
  }

  /** Readers see the old lists until the new ones take their place. */
  async rebuild(
    season: CachedSeason | null,
    pages: AsyncIterable<readonly RankedEntry[]>,
  ): Promise<void> {
    const scope = scopeOf(season?.number ?? null);
    const next = `next-${scope}`;
    await this.#client.del(...keysOf(next));
    for await (const page of pages) await this.#add(next, season, page);
    const made = keysOf(next);
    const isThere = await Promise.all(made.map((key) => this.#client.exists(key)));
    const batch = this.#client.multi();
    for (const [at, key] of keysOf(scope).entries()) {
      const from = made[at];
      if (from !== undefined && isThere[at] === 1) batch.rename(from, key);
      else batch.del(key);
    }
    await execReplies(batch);
  }

  async #add(
    next: string,
    season: CachedSeason | null,
    page: readonly RankedEntry[],
  ): Promise<void> {
    const batch = this.#client.pipeline();
    const names: string[] = page.flatMap(({ charId, name }) => [
      String(charId),
      JSON.stringify(name),
    ]);
    if (names.length > 0) batch.hset(keys.listNames(next), ...names);
    for (const group of groups) {
      const members = page
        .filter(({ of }) => group === 'all' || of === group)
        .flatMap((entry) => [scoreOf(entry, season), entry.charId]);
      if (members.length > 0) batch.zadd(keys.list(next, group), ...members);
    }
    for (const key of keysOf(next)) batch.expire(key, keyTable.list.lifeS);
    await execReplies(batch);
  }
}

/** All keys of a scope. */
function keysOf(scope: string): string[] {
  return [...groups.map((group) => keys.list(scope, group)), keys.listNames(scope)];
}

function scopeOf(season: number | null): string {
  return season === null ? 'ever' : String(season);
}

/**
 * Of equal numbers the one that was reached in an earlier minute of the season comes first; in the list of all
 * seasons in an earlier hour.
 */
export function scoreOf(
  { shown, reachedAtMs }: Pick<RankedEntry, 'shown' | 'reachedAtMs'>,
  season: CachedSeason | null,
): number {
  const tick =
    season === null
      ? Math.floor(reachedAtMs / HOUR_MS)
      : Math.floor((reachedAtMs - season.startedAtMs) / MINUTE_MS);
  return shown * UNIT + (UNIT - 1 - Math.min(Math.max(tick, 0), UNIT - 1));
}

function entryIn(line: string): ListEntry & { readonly index: number } {
  const [index, charId, score, ...name] = line.split(' ');
  return {
    index: Number(index),
    charId: Number(charId),
    shown: Math.floor(Number(score) / UNIT),
    name: nameSchema.parse(JSON.parse(name.join(' '))),
  };
}
