import type { MiddlewareFn } from 'grammy';
import { LRUCache } from 'lru-cache';
import type { ArenaContext } from './arena-context.ts';

const KEPT = 10_000;

/**
 * Telegram may deliver an update twice; the second one is passed over. A restart forgets what came
 * before it: what must never happen twice is guarded in Redis as well.
 */
export function deduplicateUpdates(): MiddlewareFn<ArenaContext> {
  const seen = new LRUCache<number, true>({ max: KEPT });
  return async (ctx, next) => {
    const { update_id: id } = ctx.update;
    if (seen.has(id)) return;
    seen.set(id, true);
    await next();
  };
}
