import type { MiddlewareFn } from 'grammy';
import type { Clock } from '../domains/core/clock.ts';
import type { Metrics } from '../domains/core/metrics.ts';
import type { ArenaContext } from './arena-context.ts';
import type { Timing } from './timing.ts';

export interface MeasureUpdatesDeps {
  readonly metrics: Metrics;
  readonly onSeen: (userId: number) => void;
  readonly clock: Clock;
  readonly timing: Pick<Timing, 'now'>;
}

/** Counts updates, and notes when each arrived. */
export function measureUpdates(deps: MeasureUpdatesDeps): MiddlewareFn<ArenaContext> {
  const { metrics, onSeen, clock, timing } = deps;
  return (ctx, next) => {
    ctx.receivedMs = timing.now();
    const { callback_query: tap, message } = ctx.update;
    const kind = tap !== undefined ? 'tap' : message !== undefined ? 'message' : 'other';
    metrics.count('telegram_updates_total', { kind });
    // A tap has no date of its own.
    if (message !== undefined) {
      const lagS = Math.max(0, clock.now() / 1000 - message.date);
      metrics.observe('update_lag_seconds', lagS, {});
    }
    if (ctx.from !== undefined) onSeen(ctx.from.id);
    return next();
  };
}
