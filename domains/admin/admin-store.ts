import type { BanStore } from './bans.ts';

export { CARD_BATTLES } from '../../resources/numbers/admin.ts';

/** What happened since a moment, as the database knows it. */
export interface StoredFigures {
  /** Users who fought. */
  readonly players: number;
  readonly battles: number;
  /** Battles of two people. */
  readonly duels: number;
  readonly newUsers: number;
}

export interface PeriodFigures extends StoredFigures {
  /** Requests that left the queue because their time was over. */
  readonly expired: number;
}

export interface FoundCharacter {
  readonly charId: number;
  readonly name: string | null;
  readonly level: number;
  readonly gold: number;
  readonly scrap: number;
}

export interface CardBattle {
  readonly battleId: string;
  readonly endedAtMs: number;
  readonly names: readonly [string, string];
  /** Of the player. */
  readonly result: 'won' | 'lost' | 'drawn';
  /** Whether it has changed ratings. */
  readonly isRated: boolean;
}

export interface PlayerCard {
  readonly userId: number;
  readonly firstName: string | null;
  readonly username: string | null;
  readonly language: string | null;
  readonly createdAtMs: number;
  /** The character that they play; null: none. */
  readonly activeCharId: number | null;
  readonly characters: readonly FoundCharacter[];
  /** The latest first. */
  readonly battles: readonly CardBattle[];
}

/** What an operator did; kept with its target, e.g. `user:<id>`. */
export interface AdminAction {
  readonly admin: number;
  readonly action: string;
  readonly target: string | null;
  readonly details: Readonly<Record<string, unknown>>;
}

export interface GoldGift {
  readonly userId: number;
  readonly charId: number;
  /** Below zero: it is taken. */
  readonly gold: number;
  readonly reason: string;
}

/** `unrated`: it changed no rating, or an operator has taken it back before. `old`: of an earlier season. */
export type VoidReply = 'voided' | 'unrated' | 'old';
/** `poor`: the character has less. `full`: it cannot hold so much. */
export type GoldReply = 'given' | 'missing' | 'poor' | 'full';

/** What operators read and do in the database. Everything they do is stored as an `AdminAction` with it. */
export interface AdminStore extends BanStore {
  figuresSince(ms: number): Promise<StoredFigures>;
  /** By id, @name or the name of a character; null: there is no such player. */
  findUser(query: string): Promise<number | null>;
  card(userId: number): Promise<PlayerCard | null>;
  /** Takes both changes of a rated battle back, once. */
  voidBattle(admin: number, battleId: string): Promise<VoidReply>;
  giveGold(admin: number, gift: GoldGift): Promise<GoldReply>;
  /** What changes nothing in the database. */
  record(action: AdminAction): Promise<void>;
}
