import { type Character, START_LOCATION, isShell } from '../../domains/account/character.ts';
import type {
  CharacterChange,
  CharactersRepository,
  CreateReply,
  RenameReply,
} from '../../domains/account/characters-repository.ts';
import { nameKey } from '../../domains/account/name-key.ts';

/** Characters in memory. Every method does its work synchronously, as one transaction. */
export class MemoryCharactersRepository implements CharactersRepository {
  readonly #characters = new Map<number, Character>();
  readonly #owners = new Map<string, number>();
  #nextId = 1;
  #highestId = 0;

  createShell(shell: {
    readonly userId: number;
    readonly createdAt: string;
    readonly limit: number;
  }): Promise<CreateReply> {
    const { userId, createdAt, limit } = shell;
    const known = this.#of(userId);
    const unfinished = known.find(isShell);
    if (unfinished !== undefined)
      return Promise.resolve({ kind: 'unfinished', character: structuredClone(unfinished) });
    if (known.length >= limit) return Promise.resolve({ kind: 'full' });
    const character: Character = {
      character_id: this.#nextId,
      user_id: userId,
      name: null,
      gender: null,
      archetype: null,
      location_id: START_LOCATION,
      vitals_snapshot: null,
      created_at: createdAt,
    };
    this.#highestId = this.#nextId;
    this.#nextId += 1;
    this.#characters.set(character.character_id, character);
    return Promise.resolve({ kind: 'created', character: structuredClone(character) });
  }

  reserveNumbers(above: number): Promise<number> {
    this.#nextId = Math.max(this.#nextId, above + 1);
    return Promise.resolve(this.#highestId);
  }

  find(charId: number): Promise<Character | null> {
    return Promise.resolve(structuredClone(this.#characters.get(charId) ?? null));
  }

  listOf(userId: number): Promise<Character[]> {
    return Promise.resolve(structuredClone(this.#of(userId)));
  }

  isNameFree(name: string): Promise<boolean> {
    return Promise.resolve(!this.#owners.has(nameKey(name)));
  }

  setName(charId: number, name: string): Promise<RenameReply> {
    const character = this.#characters.get(charId);
    if (character === undefined) return Promise.resolve('missing');
    const key = nameKey(name);
    if ((this.#owners.get(key) ?? charId) !== charId) return Promise.resolve('taken');
    this.#freeName(character);
    this.#owners.set(key, charId);
    this.#characters.set(charId, { ...character, name });
    return Promise.resolve('named');
  }

  update(charId: number, change: CharacterChange): Promise<boolean> {
    const character = this.#characters.get(charId);
    if (character === undefined) return Promise.resolve(false);
    this.#characters.set(charId, { ...character, ...structuredClone(change) });
    return Promise.resolve(true);
  }

  delete(charId: number): Promise<boolean> {
    const character = this.#characters.get(charId);
    if (character !== undefined) this.#freeName(character);
    return Promise.resolve(this.#characters.delete(charId));
  }

  #of(userId: number): Character[] {
    return [...this.#characters.values()].filter((one) => one.user_id === userId);
  }

  #freeName({ name }: Character): void {
    if (name !== null) this.#owners.delete(nameKey(name));
  }
}
