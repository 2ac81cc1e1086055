import type { MiddlewareFn } from 'grammy';
import type { KnownPlayer } from '../domains/account/player-store.ts';
import type { KnownTap } from '../domains/arena/reception-service.ts';
import type { ArenaContext } from './arena-context.ts';
import { unpackAction } from './callback-data.ts';
import type { Outbox } from './outbox/outbox.ts';

export interface TapContextDeps {
  readonly players: { getPlayer(userId: number): Promise<KnownPlayer> };
  readonly outbox: Pick<Outbox, 'lookUp'>;
  readonly combat: { find(battleId: string): NonNullable<KnownTap['battle']> };
}

/** Sends at once what the tap will have to know; whoever needs a part of it waits for that part. */
export function readTap({ players, outbox, combat }: TapContextDeps): MiddlewareFn<ArenaContext> {
  return (ctx, next) => {
    const query = ctx.callbackQuery;
    if (query === undefined || ctx.chat?.type !== 'private') return next();
    const action = unpackAction(query.data ?? '');
    const battleId = action?.action.startsWith('battle.') === true ? battleIdOf(action) : null;
    ctx.tap = {
      player: quiet(players.getPlayer(query.from.id)),
      present: outbox.lookUp(query.from.id),
      battle: battleId === null ? null : quiet(combat.find(battleId)),
    };
    return next();
  };
}

function battleIdOf(action: object): string | null {
  const value: unknown = 'value' in action ? action.value : null;
  if (typeof value !== 'object' || value === null || !('battleId' in value)) return null;
  return typeof value.battleId === 'string' ? value.battleId : null;
}

/** A part that nobody waits for may fail unheard; whoever waits for it is told. */
function quiet<T>(part: Promise<T>): Promise<T> {
  part.catch(() => undefined);
  return part;
}
