import { type AccountPlayer, withCharacter } from '../account/account-player.ts';
import { type Feature, feature } from '../core/feature.ts';
import type { Text } from '../core/text.ts';
import { historyActionSchema } from './history-action.ts';
import type { HistoryService } from './history-service.ts';

export interface HistoryFeatureDeps {
  readonly history: HistoryService;
}

export function historyFeature({ history }: HistoryFeatureDeps): Feature<AccountPlayer> {
  return feature({
    name: 'history',
    actions: historyActionSchema,
    act: (player: AccountPlayer, action) =>
      withCharacter(player, ({ charId }) => {
        const home = (notice: Text) => player.home(notice);
        return history.act({ userId: player.userId, charId, home }, action);
      }),
    commands: [
      { name: 'history', action: { action: 'history' }, description: 'bot.command.history' },
    ],
  });
}
