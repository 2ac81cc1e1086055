import type { MiddlewareFn } from 'grammy';
import type { TapReader } from '../domains/arena/tap-reader.ts';
import type { ArenaContext } from './arena-context.ts';
import { unpackAction } from './callback-data.ts';
import type { Outbox } from './outbox/outbox.ts';

export interface TapContextDeps {
  readonly taps: Pick<TapReader, 'read'>;
  readonly outbox: Pick<Outbox, 'lookUp'>;
}

/** Sends at once what a tap in a private chat will have to know. */
export function readTap({ taps, outbox }: TapContextDeps): MiddlewareFn<ArenaContext> {
  return (ctx, next) => {
    const query = ctx.callbackQuery;
    if (query === undefined || ctx.chat?.type !== 'private') return next();
    const action = unpackAction(query.data ?? '') ?? { action: 'home' as const };
    const present = outbox.lookUp(query.from.id);
    ctx.tap = { ...taps.read(query.from.id, action), present };
    return next();
  };
}
