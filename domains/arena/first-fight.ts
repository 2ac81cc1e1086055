import type { LobbyService } from '../account/lobby-service.ts';
import type { FirstScreen } from '../account/onboarding-feature.ts';
import type { Log } from '../core/log.ts';
import type { Reply } from '../core/reply.ts';
import type { ArenaService } from './arena-service.ts';

export interface FirstFightDeps {
  readonly arena: Pick<ArenaService, 'train'>;
  readonly lobby: Pick<LobbyService, 'getCharactersList'>;
  /** Whether a character is in a queue or a battle. */
  readonly isBusy: (charId: number) => Promise<boolean>;
  readonly log: Log;
}

/** A new character begins in a training fight against the novice; home if none can start. */
export function firstFight(deps: FirstFightDeps): FirstScreen {
  return async (player, charId) =>
    (await startFight(deps, { userId: player.userId, charId })) ?? player.home();
}

/** null: no fight can start. It must not end onboarding with an error. */
async function startFight(
  { arena, lobby, isBusy, log }: FirstFightDeps,
  { userId, charId }: { readonly userId: number; readonly charId: number },
): Promise<Reply | null> {
  try {
    const characters = await lobby.getCharactersList(userId);
    const busy = await Promise.all(characters.map((one) => isBusy(one.character_id)));
    if (busy.includes(true)) return null;
    const reply = await arena.train(charId, '1v1', 'novice');
    return reply.kind === 'shown' ? reply : null;
  } catch (error) {
    log.warn({ charId, err: error }, 'first fight not started');
    return null;
  }
}
