import { PAST_SEASONS } from '../../resources/numbers/rating.ts';
import { type AccountPlayer, withCharacter } from '../account/account-player.ts';
import { CircuitBreaker } from '../core/circuit-breaker.ts';
import type { Clock } from '../core/clock.ts';
import { type Feature, feature } from '../core/feature.ts';
import type { Log } from '../core/log.ts';
import { shown } from '../core/reply.ts';
import { text } from '../core/text.ts';
import { type LadderAction, ladderActionSchema } from './ladder-action.ts';
import { type LadderPayload, listScreen, seasonScreen } from './ladder-screens.ts';
import type { LadderService } from './ladder-service.ts';

export interface LadderFeatureDeps {
  readonly ladders: Pick<LadderService, 'look' | 'lookAtSeasons'>;
  readonly clock: Clock;
  readonly log: Log;
}

/** Lists of the best, and seasons. */
export function ladderFeature({ ladders, clock, log }: LadderFeatureDeps): Feature<AccountPlayer> {
  const breaker = new CircuitBreaker({
    clock,
    log,
    events: {
      unavailableEvent: 'ladder unavailable',
      availableEvent: 'ladder available again',
    },
  });
  return feature({
    name: 'ladder',
    actions: ladderActionSchema,
    act: (player: AccountPlayer, action) =>
      withCharacter(player, async ({ charId }) => {
        const called = await breaker.call(() => screenFor(ladders, charId, action));
        if (called.kind === 'answered') return shown(called.value);
        return player.home(text('ladder.notice.away'));
      }),
    commands: [
      { name: 'top', action: { action: 'top' }, description: 'bot.command.top' },
      { name: 'season', action: { action: 'season' }, description: 'bot.command.season' },
    ],
    reads: { top: 'account', 'top.list': 'account', season: 'account' },
    readOnly: ['top', 'top.list', 'season'],
  });
}

async function screenFor(
  ladders: LadderFeatureDeps['ladders'],
  charId: number,
  action: LadderAction,
): Promise<LadderPayload> {
  switch (action.action) {
    case 'top':
      return listScreen(await ladders.look(charId, { scope: 'season', of: 'all' }));
    case 'top.list':
      return listScreen(await ladders.look(charId, action.value));
    case 'season':
      return seasonScreen(await ladders.lookAtSeasons(charId, PAST_SEASONS));
  }
}
