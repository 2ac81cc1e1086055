import type { MiddlewareFn } from 'grammy';
import type { TapReader } from '../domains/arena/tap-reader.ts';
import { home } from '../domains/core/home-feature.ts';
import type { ArenaContext } from './arena-context.ts';
import type { CallbackCodec } from './callback-data.ts';
import type { Outbox } from './outbox/outbox.ts';

export interface TapContextDeps {
  readonly taps: Pick<TapReader, 'read'>;
  readonly outbox: Pick<Outbox, 'currentScreen'>;
  readonly codec: Pick<CallbackCodec, 'unpack'>;
}

/** Starts reading everything that a tap in a private chat needs. */
export function readTap({ taps, outbox, codec }: TapContextDeps): MiddlewareFn<ArenaContext> {
  return (ctx, next) => {
    const query = ctx.callbackQuery;
    if (query === undefined || ctx.chat?.type !== 'private') return next();
    const action = codec.unpack(query.data ?? '');
    const currentScreen = outbox.currentScreen(query.from.id);
    ctx.tap = { ...taps.read(query.from.id, action ?? home), action, currentScreen };
    return next();
  };
}
