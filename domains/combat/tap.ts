import type { Side } from './battle.ts';
import type { BattleRecord } from './battle-record.ts';
import type { Choice } from './battle-session.ts';

/** A tap of a character in a battle. */
export interface Tap {
  readonly charId: number;
  readonly battleId: string;
  readonly turn: number;
  readonly choice: Choice;
}

export type TapReply =
  | {
      readonly kind: 'accepted' | 'stale' | 'illegal';
      readonly record: BattleRecord;
      readonly side: Side;
    }
  | { readonly kind: 'no_battle' };
