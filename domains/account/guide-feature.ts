import { type Feature, type Player, feature } from '../core/feature.ts';
import { type Reply, shown } from '../core/reply.ts';
import type { Text } from '../core/text.ts';
import { type GuideAction, guideActionSchema } from './account-action.ts';
import { helpScreen, languageScreen } from './account-screens.ts';
import type { UserChoices } from './hot-user-store.ts';

export interface GuideDeps {
  readonly players: Pick<UserChoices, 'getLanguage' | 'setLanguage'>;
  /** Missed rounds in a row that lose a battle. */
  readonly maxIdleTurns: number;
  /** Paragraphs of the help that other domains add. */
  readonly help: readonly (Text | null)[];
}

export function guideFeature(deps: GuideDeps): Feature {
  return feature({
    name: 'guide',
    actions: guideActionSchema,
    act: (player: Player, action) => act(deps, player, action),
    changesPlayer: ['language.set'],
    commands: [
      { name: 'help', action: { action: 'help' }, description: 'bot.command.help' },
      { name: 'language', action: { action: 'language' }, description: 'bot.command.language' },
    ],
  });
}

async function act(
  { players, maxIdleTurns, help }: GuideDeps,
  player: Player,
  action: GuideAction,
): Promise<Reply> {
  switch (action.action) {
    case 'help':
      return shown(helpScreen(maxIdleTurns, help));
    case 'language':
      return shown(languageScreen((await players.getLanguage(player.userId)) ?? 'en'));
    case 'language.set':
      await players.setLanguage(player.userId, action.value);
      return player.home();
  }
}
