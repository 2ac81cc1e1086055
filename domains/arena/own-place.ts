import type { BattleRecord } from '../combat/battle-record.ts';
import { type Fighter, sideOfFighter } from '../combat/battle-session.ts';
import { NewerRecordError } from '../core/newer-record-error.ts';
import type { ArenaStore, Match, Place } from './arena-store.ts';

export interface OwnPlaceDeps {
  readonly arena: Pick<ArenaStore, 'getMatch'>;
  readonly findBattle: (battleId: string) => Promise<BattleRecord | null>;
}

/**
 * Whether the place was taken for this user's character. A database that was replaced may have given the
 * number of another user's character again. A seat names no user: its battle or match does.
 */
export async function isOwnPlace(
  deps: OwnPlaceDeps,
  fighter: Fighter,
  place: Exclude<Place, { kind: 'nowhere' }>,
): Promise<boolean> {
  if (place.kind === 'waiting') return isSameUser(place.request.userId, fighter);
  const battle = await readableBattle(deps, place.battleId);
  if (battle === 'newer') return true;
  if (battle !== null) return sideOfFighter(battle, fighter) !== null;
  const match = await deps.arena.getMatch(place.battleId);
  // Of a seat without match and battle nobody knows whose it was.
  return match === null || isSideOf(match, fighter);
}

async function readableBattle({ findBattle }: OwnPlaceDeps, battleId: string) {
  try {
    return await findBattle(battleId);
  } catch (error) {
    // The release that wrote it knows; showing it here says that the game is being updated.
    if (error instanceof NewerRecordError) return 'newer';
    throw error;
  }
}

function isSideOf({ seeker, opponent }: Match, fighter: Fighter): boolean {
  const side = [seeker, opponent].find((one) => one?.charId === fighter.charId);
  return side != null && isSameUser(side.userId, fighter);
}

/** Old records may name no user. */
export function isSameUser(userId: number | null, fighter: Pick<Fighter, 'userId'>): boolean {
  return userId === null || userId === fighter.userId;
}
