import type {
  AccountContext,
  AccountState,
  Attributes,
  Bio,
  Location,
  Sessions,
  Stats,
  Vital,
  VitalName,
} from './account-context.ts';
import type { Character } from './character.ts';

/** A setter found no live session under `ac:{char_id}`. Getters answer null instead. */
export class AccountMissingError extends Error {
  override readonly name = 'AccountMissingError';
  readonly charId: number;
  constructor(charId: number) {
    super(`No live session ac:${charId}: create it with createAccount first`);
    this.charId = charId;
  }
}

export interface AccountSnapshot {
  readonly context: AccountContext;
  /** Opaque: equal only for sessions that are equal. */
  readonly stamp: string;
}

/** Whether a session that is there gives way to the new one. */
export type CreateMode = 'replace' | 'if_absent';

/** What a character's live session needs of its store. Setters raise `AccountMissingError`. */
export interface AccountStore {
  /**
   * Stores a session; false if `how` is `if_absent` and one that can be read is there already.
   * Raises a NewerRecordError then, where a later release has written it.
   */
  createAccount(charId: number, initialData: AccountContext, how?: CreateMode): Promise<boolean>;
  accountExists(charId: number): Promise<boolean>;
  getFullAccount(charId: number): Promise<AccountContext | null>;
  deleteAccount(charId: number): Promise<void>;
  /**
   * Replaces the whole session by what `change` makes of it, as one atomic write; `change` may run
   * again if the session changes meanwhile, and answers null to leave it as it is. True if written.
   */
  changeAccount(
    charId: number,
    change: (account: AccountContext) => AccountContext | null,
  ): Promise<boolean>;
  /** The session as it is now, with a mark by which its next change shows; null as `getFullAccount`. */
  snapshotAccount(charId: number): Promise<AccountSnapshot | null>;
  /** Deletes the session if it is still as it was when the snapshot was taken; one atomic step. */
  deleteIfUnchanged(charId: number, snapshot: AccountSnapshot): Promise<boolean>;

  getBio(charId: number): Promise<Bio | null>;
  updateBio(charId: number, bio: Bio): Promise<void>;
  updateBioField<F extends keyof Bio>(
    charId: number,
    field: F,
    value: NonNullable<Bio[F]> | null,
  ): Promise<void>;

  getStats(charId: number): Promise<Stats | null>;
  updateStat(charId: number, stat: VitalName, value: Vital): Promise<void>;
  updateStatCurrent(charId: number, stat: VitalName, value: number): Promise<void>;
  /** Takes whole points away in one atomic step, never below zero; answers what is left. */
  applyDamage(charId: number, stat: VitalName, points: number): Promise<Vital>;
  /** Gives whole points back in one atomic step, never above the maximum; answers what there is. */
  applyHealing(charId: number, stat: VitalName, points: number): Promise<Vital>;

  getAttributes(charId: number): Promise<Attributes | null>;
  updateAttributes(charId: number, attributes: Attributes): Promise<void>;

  getSessions(charId: number): Promise<Sessions | null>;
  setCombatSession(charId: number, sessionId: string | null): Promise<void>;
  setInventorySession(charId: number, sessionId: string | null): Promise<void>;

  getState(charId: number): Promise<AccountState | null>;
  setState(charId: number, state: AccountState): Promise<void>;

  getLocation(charId: number): Promise<Location | null>;
  /** Moves: the location left behind becomes `prev`. */
  setLocation(charId: number, locationId: string): Promise<void>;

  getLobbyCache(userId: number): Promise<Character[] | null>;
  setLobbyCache(userId: number, characters: readonly Character[]): Promise<void>;
  deleteLobbyCache(userId: number): Promise<void>;
}
