import { withCharacter } from '../account/account-player.ts';
import { type Feature, feature } from '../core/feature.ts';
import type { Reply } from '../core/reply.ts';
import { type ArenaAction, arenaActionSchema } from './arena-action.ts';
import { type ArenaPlayer, placeOf } from './arena-player.ts';
import type { ArenaService } from './arena-service.ts';
import type { ArenaSessionService } from './arena-session-service.ts';

export interface ArenaFeatureDeps {
  readonly arena: ArenaService;
  readonly sessions: Pick<ArenaSessionService, 'isBusy'>;
}

/** Menus, search and match. A finished character in no other feature sees the main menu. */
export function arenaFeature({ arena, sessions }: ArenaFeatureDeps): Feature<ArenaPlayer> {
  return feature({
    name: 'arena',
    actions: arenaActionSchema,
    act: (player: ArenaPlayer, action) =>
      withCharacter(player, ({ charId }) => act(arena, { player, charId }, action)),
    readOnly: ['arena.check'],
    reads: {
      'arena.menu': 'place',
      'arena.mode': 'place',
      'arena.join': 'account',
      'arena.check': 'account',
    },
    occupies: (charId) => sessions.isBusy(charId),
    present: {
      match: async (player) => {
        const at = await placeOf(player);
        if (at?.place.kind !== 'seated') return null;
        return arena.getMatchScreen(at.charId, at.place.battleId);
      },
      queue: async (player) => {
        const at = await placeOf(player);
        return at?.place.kind === 'waiting' ? arena.getSearchScreen(at.place.request) : null;
      },
      main_menu: async (player) => {
        const at = await placeOf(player);
        if (at === null) return null;
        // A battle changes vitals when it ends, so an account that was read in battle is outdated.
        const isCurrent = at.place.kind === 'nowhere' && at.account.state !== 'COMBAT';
        return arena.getMainMenuScreen(at.charId, isCurrent ? at.account : null);
      },
    },
  });
}

async function act(
  arena: ArenaService,
  { player, charId }: { readonly player: ArenaPlayer; readonly charId: number },
  action: ArenaAction,
): Promise<Reply> {
  const currentScreen = () => player.currentScreen();
  switch (action.action) {
    case 'arena.menu':
      return arena.getMainMenu(charId, { currentScreen });
    case 'arena.mode': {
      const place = await player.place(charId);
      return arena.getModeMenu(charId, action.mode, { currentScreen, place });
    }
    case 'arena.join':
      return arena.joinQueue(charId, action.mode);
    case 'arena.check':
      return arena.checkMatch(charId, action.mode, player.userId);
    case 'arena.cancel':
      return arena.cancelQueue(charId, action.mode);
  }
}
