import { type Feature, type Player, feature } from '../core/feature.ts';
import { type Reply, shown } from '../core/reply.ts';
import { type Text, text } from '../core/text.ts';
import { type GuideAction, guideActionSchema } from './account-action.ts';
import { emotesScreen, helpScreen, languageScreen } from './account-screens.ts';
import type { UserChoices } from './hot-user-store.ts';
import type { EmoteSettings } from './user-store.ts';

export interface GuideDeps {
  readonly players: Pick<UserChoices, 'getLanguage' | 'setLanguage'> &
    Pick<EmoteSettings, 'muteEmotes'>;
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
      { name: 'mute', action: { action: 'emotes.mute' }, description: 'bot.command.mute' },
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
    case 'emotes.mute':
    case 'emotes.unmute':
      return setMuted(players, player, action.action === 'emotes.mute');
  }
}

async function setMuted(
  players: GuideDeps['players'],
  player: Player,
  isMuted: boolean,
): Promise<Reply> {
  const isSaved = await players.muteEmotes(player.userId, isMuted);
  return isSaved ? shown(emotesScreen(isMuted)) : player.home(text('account.notice.away'));
}
