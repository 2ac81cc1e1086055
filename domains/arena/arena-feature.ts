import { type Played } from '../account/login-service.ts';
import { withCharacter } from '../account/account-player.ts';
import { type Feature, feature } from '../core/feature.ts';
import type { Reply } from '../core/reply.ts';
import type { UiPayload } from '../core/ui-payload.ts';
import { type ArenaAction, arenaActionSchema } from './arena-action.ts';
import { type ArenaPlayer, placeOf } from './arena-player.ts';
import type { ArenaService } from './arena-service.ts';
import type { ArenaSessionService } from './arena-session-service.ts';

export interface ArenaFeatureDeps {
  readonly arena: ArenaService;
  readonly sessions: Pick<ArenaSessionService, 'isBusy'>;
}

/** Menus, search and match; the arena's door is where every finished character comes to. */
export function arenaFeature({ arena, sessions }: ArenaFeatureDeps): Feature<ArenaPlayer> {
  return feature({
    name: 'arena',
    actions: arenaActionSchema,
    act: (player: ArenaPlayer, action) =>
      withCharacter(player, (played) => act(arena, { player, played }, action)),
    readOnly: ['arena.check'],
    reads: {
      'arena.menu': 'place',
      'arena.mode': 'place',
      'arena.join': 'account',
      'arena.check': 'account',
    },
    occupies: (charId) => sessions.isBusy(charId),
    present: {
      match: (player) => matchScreen(arena, player),
      queue: (player) => queueScreen(arena, player),
      main_menu: (player) => mainMenuScreenOf(arena, player),
    },
  });
}

interface Acting {
  readonly player: ArenaPlayer;
  readonly played: Played;
}

async function act(arena: ArenaService, acting: Acting, action: ArenaAction): Promise<Reply> {
  const { player, played } = acting;
  const { charId } = played;
  const look = () => player.currentScreen();
  switch (action.action) {
    case 'arena.menu':
      return arena.getMainMenu(charId, { look });
    case 'arena.mode':
      return arena.getModeMenu(charId, action.mode, { look, place: await player.place(charId) });
    case 'arena.join':
      return arena.joinQueue(charId, action.mode);
    case 'arena.check':
      return arena.checkMatch(charId, action.mode);
    case 'arena.cancel':
      return arena.cancelQueue(charId, action.mode);
  }
}

async function matchScreen(arena: ArenaService, player: ArenaPlayer): Promise<UiPayload | null> {
  const at = await placeOf(player);
  return at?.place.kind === 'seated' ? arena.getMatchScreen(at.charId, at.place.battleId) : null;
}

async function queueScreen(arena: ArenaService, player: ArenaPlayer): Promise<UiPayload | null> {
  const at = await placeOf(player);
  return at?.place.kind === 'waiting' ? arena.getSearchScreen(at.place.request) : null;
}

/** Whoever comes from a battle has other vitals than were read before it ended. */
async function mainMenuScreenOf(
  arena: ArenaService,
  player: ArenaPlayer,
): Promise<UiPayload | null> {
  const at = await placeOf(player);
  if (at === null) return null;
  const isFresh = at.place.kind === 'nowhere' && at.account.state !== 'COMBAT';
  return arena.getMainMenuScreen(at.charId, isFresh ? at.account : null);
}
