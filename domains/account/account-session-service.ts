import type {
  AccountContext,
  AccountState,
  Attributes,
  Bio,
  Stats,
  Vital,
} from './account-context.ts';
import type { AccountStore } from './account-store.ts';
import type { Character } from './character.ts';
import { vitalsFor } from './vitals.ts';
import { archetypeNumbers } from '../../resources/numbers/archetypes.ts';

/** What everybody has before an archetype is chosen: eight points in each attribute. */
const plainAttributes: Attributes = {
  strength: 8,
  agility: 8,
  endurance: 8,
  intelligence: 8,
  wisdom: 8,
  men: 8,
  perception: 8,
  charisma: 8,
  luck: 8,
};

/** Live sessions of characters (`ac:{char_id}`) and the lobby's cache. */
export class AccountSessionService {
  readonly #accounts: AccountStore;

  constructor({ accounts }: { readonly accounts: AccountStore }) {
    this.#accounts = accounts;
  }

  /** Opens a session from what is known of the character for good. */
  async createSession(character: Character): Promise<AccountContext> {
    const context = contextOf(character);
    await this.#accounts.createAccount(character.character_id, context);
    return context;
  }

  /** Null if there is none, or one that cannot be read: then the caller restores it. */
  async getSession(charId: number): Promise<AccountContext | null> {
    return this.#accounts.getFullAccount(charId);
  }

  async deleteSession(charId: number): Promise<void> {
    await this.#accounts.deleteAccount(charId);
  }

  async updateBio(charId: number, bio: Bio): Promise<void> {
    await this.#accounts.updateBio(charId, bio);
  }

  async updateState(charId: number, state: AccountState): Promise<void> {
    await this.#accounts.setState(charId, state);
  }

  async getLobbyCache(userId: number): Promise<Character[] | null> {
    return this.#accounts.getLobbyCache(userId);
  }

  async setLobbyCache(userId: number, characters: readonly Character[]): Promise<void> {
    await this.#accounts.setLobbyCache(userId, characters);
  }

  async deleteLobbyCache(userId: number): Promise<void> {
    await this.#accounts.deleteLobbyCache(userId);
  }
}

/** A character is a shell until its archetype is known: onboarding has not been finished. */
export function isShell(character: Character): boolean {
  return character.name === null || character.archetype === null;
}

/** The session of a character: a shell goes to onboarding, everybody else where he was. */
export function contextOf(character: Character): AccountContext {
  const { archetype } = character;
  const attributes = archetype === null ? plainAttributes : archetypeNumbers[archetype].attributes;
  return {
    user_id: character.user_id,
    state: isShell(character) ? 'ONBOARDING' : 'EXPLORATION',
    bio: {
      name: character.name,
      gender: character.gender,
      created_at: character.created_at,
      archetype,
    },
    location: { current: character.location_id, prev: null },
    stats: restored(character.vitals_snapshot, vitalsFor(attributes)),
    attributes,
    sessions: { combat_id: null, inventory_id: null },
    skills: archetype === null ? {} : startingSkills(archetype),
  };
}

/** As wounded as when it was saved; what the maxima are is for the attributes to say. */
function restored(saved: Stats | null, rested: Stats): Stats {
  if (saved === null) return rested;
  return {
    hp: capped(saved.hp, rested.hp),
    mp: capped(saved.mp, rested.mp),
    stamina: capped(saved.stamina, rested.stamina),
  };
}

function capped({ cur }: Vital, { max }: Vital): Vital {
  return { cur: Math.min(cur, max), max };
}

/** The techniques of an archetype, each at level 1. */
export function startingSkills(
  archetype: NonNullable<Character['archetype']>,
): AccountContext['skills'] {
  return Object.fromEntries(archetypeNumbers[archetype].techniques.map((id) => [id, 1]));
}
