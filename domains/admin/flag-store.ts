import type { FlagKind } from '../rating/boosting-review.ts';

export { CARD_FLAGS, FLAGS_ON_A_PAGE } from '../../resources/numbers/admin.ts';

export interface FlaggedUser {
  readonly userId: number;
  readonly firstName: string | null;
}

/** Battles of two users that deserve a look; see `Flag`. */
export interface StoredFlag {
  readonly id: number;
  readonly kind: FlagKind;
  readonly user: FlaggedUser;
  readonly other: FlaggedUser;
  readonly evidence: Readonly<Record<string, number>>;
  readonly atMs: number;
  readonly isReviewed: boolean;
}

export interface OpenFlags {
  /** The oldest first. */
  readonly flags: readonly StoredFlag[];
  /** How many there are in all. */
  readonly count: number;
}

/** What the review of boosting has found. */
export interface FlagStore {
  /** Those that no operator has reviewed. */
  open(): Promise<OpenFlags>;
  countOpen(): Promise<number>;
  /** The latest ones that name the user, the latest first. */
  flagsOf(userId: number): Promise<readonly StoredFlag[]>;
  /** Stored as an action of the operator. False: somebody has reviewed it before, or there is none. */
  close(admin: number, id: number): Promise<boolean>;
}
