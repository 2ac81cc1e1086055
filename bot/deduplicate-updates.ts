import type { MiddlewareFn } from 'grammy';
import { boundedMap } from '../domains/core/bounded-map.ts';
import type { ArenaContext } from './arena-context.ts';

const MAX_UPDATES = 10_000;

/**
 * Ignores an update that Telegram delivers again. A restart forgets earlier updates: what must never
 * happen twice is guarded in Redis as well.
 */
export function deduplicateUpdates(): MiddlewareFn<ArenaContext> {
  const seen = boundedMap<number, true>(MAX_UPDATES);
  return async (ctx, next) => {
    const { update_id: id } = ctx.update;
    if (seen.has(id)) return;
    seen.set(id, true);
    await next();
  };
}
