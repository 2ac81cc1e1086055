import { characterOf } from '../../database/characters-repository.ts';
import { characters, savedSessions } from '../../database/schema.ts';
import { type AccountContext, accountFormat } from '../../domains/account/account-context.ts';
import { restoredContext } from '../../domains/account/account-session-service.ts';
import { versioned } from '../../domains/core/versioned.ts';
import { keys } from '../../redis/keys.ts';
import type { RedisClient } from '../../redis/redis-client.ts';
import type { BattleHistory } from './battle-history.ts';
import { type OpenStores, type Stores, readSession } from './check-arena.ts';
import { isSame } from './is-same.ts';
import { type Violation, violation } from './violation.ts';

/** Sessions that will be saved. */
export async function dirtySessions({ redis }: Pick<Stores, 'redis'>): Promise<string[]> {
  return [...(await dirtyIds(redis))].map((id) => `session ${id} is not saved yet`);
}

/**
 * Live sessions that differ from what the database has of them, and are not queued. After Redis has lost
 * everything a session may be just what the database gave back: releases before 0.8.3 did not queue that.
 */
export async function findUnsaved(
  stores: OpenStores,
  { hasLostAll }: Pick<BattleHistory, 'hasLostAll'>,
): Promise<Violation[]> {
  const rows = await stores.db.select().from(characters);
  const saved = await stores.db.select().from(savedSessions);
  const dirty = await dirtyIds(stores.redis);
  const found: Violation[] = [];
  for (const row of rows) {
    const live = await readSession(stores, row.id);
    const context = saved.find((one) => one.character_id === row.id)?.context;
    if (live === null || dirty.has(String(row.id)) || isSame(context, live)) continue;
    const kept = context === undefined ? null : versioned(accountFormat).parse(context);
    if (hasLostAll && isSame(restoredContext(characterOf(row), kept), live)) continue;
    const detail = `session ${row.id} is neither saved nor queued: ${difference(kept, live)}`;
    found.push(violation('every session saved', detail));
  }
  return found;
}

/** The members that differ, e.g. `state "COMBAT" is "EXPLORATION"`. */
function difference(kept: AccountContext | null, live: AccountContext): string {
  if (kept === null) return 'never saved';
  const before = new Map<string, unknown>(Object.entries(kept));
  return Object.entries(live)
    .filter(([name, value]) => !isSame(before.get(name), value))
    .map(
      ([name, value]) => `${name} ${JSON.stringify(before.get(name))} is ${JSON.stringify(value)}`,
    )
    .join(', ');
}

async function dirtyIds(redis: RedisClient): Promise<Set<string>> {
  return new Set([
    ...(await redis.zrange(keys.dirty('session'), 0, -1)),
    ...(await redis.zrange(keys.leased('session'), 0, -1)),
  ]);
}
