import type { MiddlewareFn } from 'grammy';
import type { ArenaContext } from './arena-context.ts';

const KEPT = 10_000;

/**
 * Telegram may deliver an update twice; the second one is passed over. A restart forgets what came
 * before it: what must never happen twice is guarded in Redis as well.
 */
export function once(): MiddlewareFn<ArenaContext> {
  const seen = new Set<number>();
  return async (ctx, next) => {
    const { update_id: id } = ctx.update;
    if (seen.has(id)) return;
    seen.add(id);
    const [oldest] = seen;
    if (seen.size > KEPT && oldest !== undefined) seen.delete(oldest);
    await next();
  };
}
