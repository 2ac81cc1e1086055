import { PAST_SEASONS } from '../../resources/numbers/rating.ts';
import { type AccountPlayer, withCharacter } from '../account/account-player.ts';
import { type Feature, feature } from '../core/feature.ts';
import { OutageError } from '../core/outage-error.ts';
import { shown } from '../core/reply.ts';
import { text } from '../core/text.ts';
import { type LadderAction, ladderActionSchema } from './ladder-action.ts';
import { type LadderPayload, listScreen, seasonScreen } from './ladder-screens.ts';
import type { LadderService } from './ladder-service.ts';

export interface LadderFeatureDeps {
  readonly ladders: Pick<LadderService, 'look' | 'lookAtSeasons'>;
}

/** Lists of the best, and seasons. */
export function ladderFeature({ ladders }: LadderFeatureDeps): Feature<AccountPlayer> {
  return feature({
    name: 'ladder',
    actions: ladderActionSchema,
    act: (player: AccountPlayer, action) =>
      withCharacter(player, async ({ charId }) => {
        try {
          return shown(await screenFor(ladders, charId, action));
        } catch (error) {
          if (error instanceof OutageError) return player.home(text('ladder.notice.away'));
          throw error;
        }
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
