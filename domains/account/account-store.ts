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

/** A setter found no live session `ac:{char_id}`; getters return null instead. */
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
  /** Opaque; equal stamps mean equal sessions. */
  readonly stamp: string;
}

export type CreateMode = 'replace' | 'if_absent';

/** The store of live sessions and of the lobby's cache. Setters raise `AccountMissingError`. */
export interface AccountStore {
  /** False with `if_absent` if there is a session; raises NewerRecordError for one of a later release. */
  createAccount(charId: number, initialData: AccountContext, mode?: CreateMode): Promise<boolean>;
  accountExists(charId: number): Promise<boolean>;
  getFullAccount(charId: number): Promise<AccountContext | null>;
  deleteAccount(charId: number): Promise<void>;
  /** Atomic: `change` runs again after a concurrent change; null changes nothing. True if written. */
  changeAccount(
    charId: number,
    change: (account: AccountContext) => AccountContext | null,
  ): Promise<boolean>;
  snapshotAccount(charId: number): Promise<AccountSnapshot | null>;
  /** Atomic; false, and nothing deleted, if the session has changed since the snapshot. */
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
  /** Subtracts whole points atomically, down to zero; returns the new value. */
  applyDamage(charId: number, stat: VitalName, points: number): Promise<Vital>;
  /** Adds whole points atomically, up to the maximum; returns the new value. */
  applyHealing(charId: number, stat: VitalName, points: number): Promise<Vital>;

  getAttributes(charId: number): Promise<Attributes | null>;
  updateAttributes(charId: number, attributes: Attributes): Promise<void>;

  getSessions(charId: number): Promise<Sessions | null>;
  setCombatSession(charId: number, sessionId: string | null): Promise<void>;
  setInventorySession(charId: number, sessionId: string | null): Promise<void>;
  /** In the same write, the state becomes SCENARIO, or EXPLORATION after it; no other state changes. */
  setScenarioSession(charId: number, sessionId: string | null): Promise<void>;

  getState(charId: number): Promise<AccountState | null>;
  setState(charId: number, state: AccountState): Promise<void>;

  getLocation(charId: number): Promise<Location | null>;
  /** The former location becomes `prev`. */
  setLocation(charId: number, locationId: string): Promise<void>;

  getLobbyCache(userId: number): Promise<Character[] | null>;
  setLobbyCache(userId: number, characters: readonly Character[]): Promise<void>;
  deleteLobbyCache(userId: number): Promise<void>;
}

/** Changes the live session, if there is one: a lost one is restored from the database. */
export async function ifLive(change: () => Promise<unknown>): Promise<void> {
  try {
    await change();
  } catch (error) {
    if (!(error instanceof AccountMissingError)) throw error;
  }
}
