import type { AccountContext, Archetype, Attributes, Gender, Stats } from './account-context.ts';
import type { Character } from './character.ts';

/** `unfinished`: the shell that the user has already. `full`: the user has `limit` characters. */
export type CreateReply =
  | { readonly kind: 'created' | 'unfinished'; readonly character: Character }
  | { readonly kind: 'full' };
export type RenameReply = 'named' | 'taken' | 'missing';

export interface CharacterChange {
  readonly gender?: Gender;
  readonly archetype?: Archetype;
  readonly vitals_snapshot?: Stats;
  readonly location_id?: string;
  readonly attributes?: Attributes;
  readonly skills?: AccountContext['skills'];
}

/** Characters in the database. Names are unique by their `nameKey`. */
export interface CharactersRepository {
  /** Creates a character without a name; atomic, so that taps at once create one. */
  createShell(shell: {
    readonly userId: number;
    readonly createdAt: string;
    readonly limit: number;
  }): Promise<CreateReply>;
  /** Gives later characters numbers above `above`; returns the highest number given so far. */
  reserveNumbers(above: number): Promise<number>;
  find(charId: number): Promise<Character | null>;
  /** A user's characters, oldest first. */
  listOf(userId: number): Promise<Character[]>;
  /** Whether no character has the name or a look-alike of it. */
  isNameFree(name: string): Promise<boolean>;
  /** Reserves the name and frees the former one; of two users at once one gets `taken`. */
  setName(charId: number, name: string): Promise<RenameReply>;
  update(charId: number, change: CharacterChange): Promise<boolean>;
  /** Frees the name; true if the character existed. */
  delete(charId: number): Promise<boolean>;
}
