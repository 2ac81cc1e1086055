import type { AccountContext, Archetype, Attributes, Gender, Stats } from './account-context.ts';
import type { Character } from './character.ts';

/** `unfinished`: there is a shell already, which is to be gone on with. */
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

/** Characters for good. Names are unique without regard to case (see `nameKey`). */
export interface CharactersRepository {
  /**
   * A nameless shell, unless the user has an unfinished character, or `limit` characters: looked for,
   * counted and made in one step.
   */
  createShell(shell: {
    readonly userId: number;
    readonly createdAt: string;
    readonly limit: number;
  }): Promise<CreateReply>;
  find(charId: number): Promise<Character | null>;
  /** A user's characters, oldest first. */
  listOf(userId: number): Promise<Character[]>;
  /** Takes the name for the character, freeing the one it had; one of two at once gets 'taken'. */
  setName(charId: number, name: string): Promise<RenameReply>;
  /** False, and nothing changed, where there is no such character. */
  update(charId: number, change: CharacterChange): Promise<boolean>;
  /** True if it existed; its name is free again. */
  delete(charId: number): Promise<boolean>;
}
