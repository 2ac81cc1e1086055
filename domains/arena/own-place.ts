import type { AccountStore } from '../account/account-store.ts';
import type { BattleRecord } from '../combat/battle-record.ts';
import { type Fighter, sideOfFighter } from '../combat/battle-session.ts';
import { NewerRecordError } from '../core/newer-record-error.ts';
import type { ArenaStore, Match, Place, QueueRequest } from './arena-store.ts';

export interface OwnPlaceDeps {
  readonly arena: Pick<ArenaStore, 'freeSeat' | 'getMatch' | 'getPlace' | 'removeFromQueue'>;
  readonly accounts: Pick<AccountStore, 'getFullAccount'>;
  readonly findBattle: (battleId: string) => Promise<BattleRecord | null>;
}

/**
 * Where characters are. A database that was replaced may have given the number of another user's character
 * again: what that one has left counts as nowhere.
 */
export class OwnPlaces {
  readonly #deps: OwnPlaceDeps;

  constructor(deps: OwnPlaceDeps) {
    this.#deps = deps;
  }

  /** `userId`: whose it is now; null: its session says so. */
  async find(charId: number, userId: number | null): Promise<Place> {
    const place = await this.#deps.arena.getPlace(charId);
    const isOwn = place.kind === 'nowhere' || (await this.#isOwn(place, charId, userId));
    return isOwn ? place : { kind: 'nowhere' };
  }

  async leave(charId: number, place: Place): Promise<void> {
    const { arena } = this.#deps;
    if (place.kind === 'waiting') await arena.removeFromQueue(charId, place.request.mode);
    if (place.kind === 'seated') await arena.freeSeat(charId, place.battleId);
  }

  /** Enters the arena; a second time if the character was in a place of another user. */
  async enter<T>(
    { charId, userId }: QueueRequest,
    enter: () => Promise<T>,
    kindOf: (reply: T) => string,
  ): Promise<T> {
    const reply = await enter();
    const isElsewhere = ['seated', 'already_queued'].includes(kindOf(reply));
    return isElsewhere && (await this.#leaveForeign(charId, userId)) ? enter() : reply;
  }

  /** For the user whose character it is, as the database says. True if there was such a place. */
  async #leaveForeign(charId: number, userId: number | null): Promise<boolean> {
    const place = await this.#deps.arena.getPlace(charId);
    if (place.kind === 'nowhere' || (await this.#isOwn(place, charId, userId))) return false;
    await this.leave(charId, place);
    return true;
  }

  async #isOwn(
    place: Exclude<Place, { kind: 'nowhere' }>,
    charId: number,
    known: number | null,
  ): Promise<boolean> {
    const { accounts } = this.#deps;
    const userId = known ?? (await accounts.getFullAccount(charId))?.user_id ?? null;
    return userId === null || isOwnPlace(this.#deps, { charId, userId }, place);
  }
}

/** Whether the place was taken for this user's character. A seat names no user: its battle or match does. */
async function isOwnPlace(
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
