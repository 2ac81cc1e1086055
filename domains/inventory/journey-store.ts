import type { Text } from '../core/text.ts';
import type { ItemKind } from './item.ts';
import type { Change, Earnings, FoughtBattle, Grant, Stacks, WildBattle } from './journey.ts';

/** The answer of a pure rule; `refused` changes nothing. */
export type Decision<Refusal = Text> =
  | { readonly kind: 'change'; readonly change: Change }
  | { readonly kind: 'refused'; readonly reason: Refusal };

export type StepReply<Refusal = Text> =
  | { readonly kind: 'changed'; readonly earnings: Earnings }
  | { readonly kind: 'refused'; readonly reason: Refusal; readonly earnings: Earnings }
  /** There is no such character. */
  | { readonly kind: 'missing' };

/** What characters have earned, in the database. */
export interface JourneyStore {
  read(charId: number): Promise<Earnings | null>;
  /**
   * One transaction under the character's lock. `decide` may run again after a lost connection or a
   * deadlock, so it only computes.
   */
  step<Refusal>(
    charId: number,
    decide: (earnings: Earnings) => Decision<Refusal>,
  ): Promise<StepReply<Refusal>>;
  /** What a grant gave; null: there is no such grant. */
  findGrant(id: string): Promise<GrantContents | null>;
  /** The grants of a time span, the oldest first. */
  grantsBetween(charId: number, span: TimeSpan): Promise<readonly StoredGrant[]>;
}

export interface TimeSpan {
  readonly fromMs: number;
  /** Exclusive. */
  readonly toMs: number;
}

/** As far as tasks count it. */
export interface StoredGrant extends Pick<Grant, 'id' | 'uses'> {
  readonly note: string | null;
  /** Null: it is not the grant of a battle. */
  readonly battle: FoughtBattle | null;
}

export interface GrantContents {
  readonly xp: number;
  readonly gold: number;
  readonly scrap: number;
  readonly items: readonly ItemKind[];
  readonly materials: Stacks;
  /** Null: it is not the grant of a battle against a monster. */
  readonly wild: WildBattle | null;
  readonly note: string | null;
  /** The level that was reached with it; null: none. */
  readonly newLevel: number | null;
}
